from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "essor.console"
    label = "console"
