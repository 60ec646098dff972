from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "essor.ground.territories"
    label = "territories"
