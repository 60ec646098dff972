from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "essor.ground.people"
    label = "people"
