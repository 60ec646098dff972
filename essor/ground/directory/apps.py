from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "essor.ground.directory"
    label = "directory"
