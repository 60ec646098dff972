from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    name = "essor.chain.challenges"
    label = "challenges"
