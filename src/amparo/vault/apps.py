"""Django's entry for the room."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The room ``vault``."""

    name = "amparo.vault"
    label = "vault"
