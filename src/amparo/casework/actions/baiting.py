"""Records of nobody with the persons that come of them, so that they are found and opened as any others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild
from amparo.registries.actions import baits
from amparo.registries.actions.baits import Invented


def plant(*, actor: Actor, invented: Collection[Invented], at: datetime) -> int:
    """Write them; returns how many."""
    with transaction.atomic():
        made = baits.plant(actor=actor, invented=invented, at=at)
        rebuild.around(touched=made, at=at)
    return len(made)
