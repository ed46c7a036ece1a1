"""What a person consents to at a moment: for whoever decides what a reader sees, and for the page of her consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import materials, persons
from amparo.casework.queries.shapes import Person
from amparo.casework.rules import consents as rules
from amparo.casework.rules.consents import Age, Consent
from amparo.casework.rules.projecting import Material
from amparo.ledger import actions as ledger
from amparo.pack.current import pack


@dataclass(frozen=True, slots=True)
class Consents:
    """A person with everything she agreed to or refused, the newest first."""

    person: Person
    all: tuple[Consent, ...]
    may_write: bool


def agreed(actor: Actor, material: Material, at: datetime) -> frozenset[str] | None:
    """The compartments that consent opens to an actor whose ground it is; ``None`` for one who works on another.

    It is worked out anew from her events at every reading, so that a withdrawal holds from the next one on.
    """
    if not pack().rights.needs_consent(actor.unit):
        return None
    today = timezone.localdate(at)
    purposes = {purpose for terms in pack().rights.consents.values() for purpose in terms.follow_up}
    return rules.parts_for(actor.unit, purposes, of(material, at), today)


def agreed_of_records(actor: Actor, records: Sequence[UUID], at: datetime) -> frozenset[str] | None:
    """The same for the person of these records."""
    if not pack().rights.needs_consent(actor.unit):
        return None
    return agreed(actor, next(materials.of([records])), at)


def of(material: Material, at: datetime) -> list[Consent]:
    """Every consent of one person as it stands."""
    age = Age.of(material.births, pack().manifest.adult_at)
    return rules.consents(material.events, pack().rights.consents, age, timezone.localdate(at))


def of_records(records: Sequence[UUID], at: datetime) -> list[Consent]:
    """Every consent of the person of these records."""
    return of(next(materials.of([records])), at)


def read(*, actor: Actor, person_id: UUID, at: datetime, on_paper: bool = False) -> Consents:
    """The page of a person's consents. The reading is in the ledger before anything is returned (law 4)."""
    with transaction.atomic():
        person, relation = persons.opened(actor, person_id, Asked(Act.THREAD, leaves_the_screen=on_paper), at=at)
        members = persons.records_of([person.id])[person.id]
        ledger.record(
            author=actor.author, act="consents.read", at=at, purpose="follow_up", basis=relation, subjects=members
        )
    return Consents(person, tuple(of_records(members, at)), may_write(actor))


def may_write(actor: Actor) -> bool:
    """Whether an actor's office writes consents down."""
    return actor.can("event_write") and any(pack().may_write(code, actor.unit) for code in pack().rights.consents)
