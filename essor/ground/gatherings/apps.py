from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "essor.ground.gatherings"
    label = "gatherings"
