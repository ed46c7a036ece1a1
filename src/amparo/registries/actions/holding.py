"""Legal holds on records, for whoever answers for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.registries.actions.erasing import require_own
from amparo.vault import holds
from amparo.vault.holds import Lifting

CAPABILITY = "legal_hold"


def place(*, actor: Actor, records: Collection[UUID], reason: str, article: str, at: datetime) -> int:
    """Put records under a hold (see :func:`amparo.vault.holds.place`); only those of the actor's own institution."""
    actor.require(CAPABILITY)
    require_own(actor, records)
    return holds.place(author=actor.author, subjects=records, reason=reason, article=article, at=at)


def lift(*, actor: Actor, records: Collection[UUID], why: str, at: datetime, only: int | None = None) -> Lifting:
    """Ask for holds to end, or end them (see :func:`amparo.vault.holds.lift`); only on records of one's own.

    The officers are told each time, from whichever door it is done.
    """
    actor.require(CAPABILITY)
    require_own(actor, records)
    with transaction.atomic():
        done = holds.lift(author=actor.author, subjects=records, why=why, at=at, only=only)
        alerts.tell_officer(kind="hold_lifting", subjects=records, username=actor.name, at=at)
    return done


def keep(*, actor: Actor, records: Collection[UUID], at: datetime, only: int | None = None) -> None:
    """Let a hold stand although somebody asked to lift it; only on records of the own institution."""
    actor.require(CAPABILITY)
    require_own(actor, records)
    holds.keep(author=actor.author, subjects=records, at=at, only=only)
