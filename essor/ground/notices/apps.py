from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "essor.ground.notices"
    label = "notices"
