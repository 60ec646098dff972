from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "essor.chain.needs"
    label = "needs"
