from django.apps import AppConfig


class MatchesConfig(AppConfig):
    name = "essor.chain.matches"
    label = "matches"
