from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "essor.chain.projects"
    label = "projects"
