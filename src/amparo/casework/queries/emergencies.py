"""Emergencies as their reviewer reads them: who, when, for which person, and the words why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import emergencies
from amparo.access.actors import Actor
from amparo.access.rules.emergencies import Emergency, may_review
from amparo.casework.queries import persons
from amparo.casework.queries.shapes import Person
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.vault import queries as vault

COMPARTMENT = "emergency"


@dataclass(frozen=True, slots=True)
class Line:
    """One emergency; the person only where the reader may know her, and ``mine`` where she may review it."""

    emergency: Emergency
    people: tuple[Person, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One emergency with the words that were given."""

    line: Line
    words: str


def listing(*, actor: Actor, at: datetime) -> list[Line]:
    """All of them, those that wait first; that somebody reads the list is in the ledger."""
    found = emergencies.all_of_them(actor)
    with transaction.atomic():
        ledger.record(author=actor.author, act="emergency.list", at=at, purpose="oversight", basis="role")
    return [_line(actor, each) for each in found]


def read(*, actor: Actor, emergency_id: UUID, at: datetime) -> Opened:
    """One with its words; the ledger has it before they are opened. Raises ``Denied`` and ``NotFound``."""
    found = emergencies.get(actor, emergency_id)
    if not persons.everything_shut_to(actor).isdisjoint(found.records):
        raise NotFound("emergency.unknown")
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="emergency.read", at=at, purpose="oversight", basis="role", subjects=found.records,
            detail={"emergency": str(found.id)},
        )  # fmt: skip
    words = vault.open_many([found.id], COMPARTMENT).get(found.id, b"").decode()
    return Opened(_line(actor, found), words)


def people_of(actor: Actor, records: Collection[UUID]) -> tuple[Person, ...]:
    """The persons behind some records, as far as the actor may know them."""
    return tuple(persons.known(actor, set(persons.persons_of(records).values())))


def _line(actor: Actor, emergency: Emergency) -> Line:
    mine = may_review(emergency, actor.name, actor.institution, actor.office)
    return Line(emergency, people_of(actor, emergency.records), mine)
