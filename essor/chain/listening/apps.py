from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "essor.chain.listening"
    label = "listening"
