from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "essor.chain.governance"
    label = "governance"
