"""An empty installation for a proof: its databases made, its pack read."""

from __future__ import annotations


def empty() -> None:
    """Set Amparo up in the data folder that the environment names."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)
    from amparo.pack.current import pack

    pack()
