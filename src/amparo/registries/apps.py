"""Django's entry for the room."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """The room ``registries``."""

    name = "amparo.registries"
    label = "registries"

    def ready(self) -> None:
        """Have the ledger tell of every opening of a bait."""
        from amparo.ledger import actions as ledger  # noqa: PLC0415
        from amparo.registries.actions import baits  # noqa: PLC0415

        ledger.watch(baits.watch)
