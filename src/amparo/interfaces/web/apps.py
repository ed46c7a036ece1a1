"""Django's entry for the web door; it has templates and static files but no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room ``interfaces.web``."""

    name = "amparo.interfaces.web"
    label = "web"
