from django.apps import AppConfig

from essor.web.plain_errors import speak_plainly


class WebConfig(AppConfig):
    name = "essor.web"
    label = "web"

    def ready(self) -> None:
        """Forms say what to do, whoever wrote them."""
        speak_plainly()
