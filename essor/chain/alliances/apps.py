from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "essor.chain.alliances"
    label = "alliances"
