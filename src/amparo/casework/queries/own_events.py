"""What an office itself wrote of a person: the record it writes on, and its own events to correct."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework import models
from amparo.casework.queries import naming, persons, shapes
from amparo.casework.queries.shapes import Obligation, Person
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.registries.identity import NARRATIVE
from amparo.registries.queries import events, records
from amparo.registries.queries.events import Written
from amparo.vault import queries as vault


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of the actor's own office, whose person it belongs to, and whether it still stands."""

    person: Person
    event: Written
    is_standing: bool


def own_record(actor: Actor, person: UUID) -> UUID | None:
    """The record of a person that the actor's office writes on: its own newest one, else one of its kind of office."""
    members = records.facts(persons.records_of([person]).get(person, ()))
    unit = (actor.institution, actor.unit)
    mine = [record for record in members.values() if (record.institution, record.unit) == unit]
    best = max(
        mine, key=lambda each: (each.office == actor.office, each.registered_on or date.min, each.id), default=None
    )
    return best.id if best else None


def get(actor: Actor, event_id: UUID) -> OwnEvent:
    """One event that the actor may correct; ``NotFound`` where it is another office's or came in a delivery.

    What came in a delivery is corrected where it is kept, and the next delivery brings the correction.
    """
    actor.require("event_write")
    event = events.get(event_id)
    if event is None or not _is_own(actor, event) or not events.written_by_hand([event_id]):
        raise NotFound("event.not_yours")
    return OwnEvent(persons.get(actor, event.record), event, events.is_standing(event_id))


def _is_own(actor: Actor, event: Written) -> bool:
    return (event.institution, event.unit, event.office) == (actor.institution, actor.unit, actor.office)


def correctable(actor: Actor, seen: Sequence[Written]) -> frozenset[UUID]:
    """Which of the events the actor may correct."""
    if not actor.can("event_write"):
        return frozenset()
    gone = {event.supersedes for event in seen if event.supersedes}
    standing = [event for event in seen if _is_own(actor, event) and event.id not in gone and not event.retracts]
    return events.written_by_hand([event.id for event in standing])


def begin(*, actor: Actor, person_id: UUID, at: datetime) -> Person:
    """The person about whom somebody is going to write; in the ledger, because the form shows whom it is about.

    Raises ``Denied`` where the role writes nothing and ``NotFound`` where the actor may not know the person.
    """
    person, relation = persons.opened(actor, person_id, Asked(Act.WRITE), at=at)
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="event.form", at=at, purpose="follow_up", basis=relation,
            subjects=persons.records_of([person.id])[person.id],
        )  # fmt: skip
    return person


def texts(*, actor: Actor, own: OwnEvent, at: datetime) -> tuple[str, dict[str, str]]:
    """The writer's own words and the free texts of the fields, where there are any that she may read.

    The reading of the event is in the ledger before, with words or without.
    """
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="event.read", at=at, purpose="follow_up", basis="record",
            subjects=[own.event.record], detail={"event": str(own.event.id)},
        )  # fmt: skip
    if not own.event.has_narrative or NARRATIVE not in actor.compartments:
        return "", {}
    opened = vault.open_many([own.event.id], NARRATIVE).get(own.event.id)
    document = json.loads(opened) if opened else {}
    text, told = document.get("text", ""), document.get("fields", {})
    if own.person.reserved:
        hidden = naming.hiding(persons.records_of([own.person.id])[own.person.id])
        return hidden(text), {code: hidden(value) for code, value in told.items()}
    return text, told


def owed(person: UUID) -> list[Obligation]:
    """Steps that are work for somebody today for one person, the most urgent first."""
    rows = models.Obligation.objects.filter(person=person, is_owed=True).order_by("due_on", "position")
    return shapes.obligations(rows)
