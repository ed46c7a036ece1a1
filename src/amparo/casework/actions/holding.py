"""Legal holds on records of one's own institution, from the page on which erasures are asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.casework.queries import keeping, persons
from amparo.kernel.errors import NotFound
from amparo.registries.actions import holding


def place(*, actor: Actor, records: Collection[UUID], reason: str, article: str, at: datetime) -> int:
    """Put records under a hold (see :func:`amparo.vault.holds.place`); ``NotFound`` for one shut to the actor."""
    if not persons.everything_shut_to(actor).isdisjoint(records):
        raise NotFound("event.no_such_record")
    return holding.place(actor=actor, records=records, reason=reason, article=article, at=at)


def lift(*, actor: Actor, number: int, why: str, at: datetime) -> bool:
    """Ask for a hold to be lifted, or lift it where somebody else has asked; returns whether it is lifted.

    Raises as :func:`amparo.vault.holds.lift`.
    """
    hold = keeping.hold_of(actor=actor, number=number)
    return bool(holding.lift(actor=actor, records=[hold.subject], why=why, at=at, only=number).lifted)


def keep(*, actor: Actor, number: int, at: datetime) -> None:
    """Let a hold stand although somebody asked to lift it."""
    hold = keeping.hold_of(actor=actor, number=number)
    holding.keep(actor=actor, records=[hold.subject], at=at, only=number)
