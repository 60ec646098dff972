from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "essor.ground.ledger"
    label = "ledger"
