"""Django's entry for the room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The room ``casework``."""

    name = "amparo.casework"
    label = "casework"
