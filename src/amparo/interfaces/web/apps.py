"""Django's entry for the web door; it has templates and static files but no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room ``interfaces.web``."""

    name = "amparo.interfaces.web"
    label = "web"

    def ready(self) -> None:
        """Watch what users change of their own way in."""
        from amparo.interfaces.web import own_ways_in  # noqa: PLC0415

        own_ways_in.watch()
