from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "essor.ground.documents"
    label = "documents"
