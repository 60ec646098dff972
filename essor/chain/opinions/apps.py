from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "essor.chain.opinions"
    label = "opinions"
