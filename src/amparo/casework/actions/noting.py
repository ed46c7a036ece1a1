"""Writing down what happened to a person, from her thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.actions import rebuild, recalling
from amparo.casework.queries import own_events, persons
from amparo.kernel.errors import Conflict
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.registries.actions import events, open_record
from amparo.registries.actions.events import NewEvent


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker tells of a person: the type of event, its day and place, values of its fields, her own words."""

    type: str
    on: date
    place: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    narrative: str = ""


def note(*, actor: Actor, person_id: UUID, told: Told, at: datetime) -> UUID:
    """Write an event on the actor's own record of the person, opening one where there is none; returns its id.

    Raises ``Denied`` where the role may not write it, ``NotFound`` where the actor may not know the person and
    ``Invalid`` where a value breaks the pack's definition.
    """
    with transaction.atomic():
        wait(Turn.PERSONS)
        person, _ = persons.opened(actor, person_id, Asked(Act.WRITE), at=at)
        record = own_events.own_record(actor, person.id)
        if record is None:
            record = open_record.open_record(actor=actor, beside=person.id, at=at)
        return _written(actor, person.id, _event(record, told), at)


def correct(*, actor: Actor, event_id: UUID, told: Told, at: datetime) -> UUID:
    """Write a newer event that takes the place of one of the actor's own office; the older one stays to be read.

    Raises as :func:`note`, and ``Conflict`` where somebody corrected it meanwhile.
    """
    return _supersede(actor, event_id, told, at, retracts=False)


def take_back(*, actor: Actor, event_id: UUID, at: datetime) -> UUID:
    """Say that one of the actor's own office's events never happened; it stays to be read, and counts no more."""
    written = own_events.get(actor, event_id).event
    data = {code: str(value) for code, value in written.data.items()}
    return _supersede(actor, event_id, Told(written.type, written.on, written.place, data), at, retracts=True)


def _supersede(actor: Actor, event_id: UUID, told: Told, at: datetime, *, retracts: bool) -> UUID:
    with transaction.atomic():
        wait(Turn.PERSONS)
        older = own_events.get(actor, event_id)
        if not older.is_standing:
            raise Conflict("event.corrected_meanwhile")
        newer = _event(older.event.record, told, supersedes=event_id, retracts=retracts)
        return _written(actor, older.person.id, newer, at)


def _written(actor: Actor, person: UUID, event: NewEvent, at: datetime) -> UUID:
    """Write the event and all that follows from it; where a consent ends, its recipients are asked for the data."""
    tells_consent = event.type in pack().rights.consents
    before = recalling.given(persons.records_of([person])[person], at) if tells_consent else frozenset()
    written = events.write(actor=actor, event=event, at=at)
    rebuild.around(touched=[event.record], at=at)
    if tells_consent:
        recalling.send(actor=actor, before=before, record=event.record, at=at)
    return written.id


def _event(record: UUID, told: Told, *, supersedes: UUID | None = None, retracts: bool = False) -> NewEvent:
    return NewEvent(record, told.type, told.on, told.place, told.data, told.narrative, supersedes, retracts)
