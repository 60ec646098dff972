from django.apps import AppConfig


class HoldersConfig(AppConfig):
    name = "essor.chain.holders"
    label = "holders"
