"""Django's entry for the room."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """The room ``registries``."""

    name = "amparo.registries"
    label = "registries"
