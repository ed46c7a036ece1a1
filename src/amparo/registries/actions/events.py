"""Writing an event by hand: what a worker did, decided or found out.

Coded values go into the event; whatever was typed as free text, in a field of the event's type or as the writer's own
words, is sealed as ``{"text": …, "fields": {code: text}}`` under the event's id: free text may hold a name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.kernel.ids import new_id
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries.identity import NARRATIVE
from amparo.registries.models import Event, Record
from amparo.registries.rules import writing
from amparo.vault import actions as vault


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a worker says happened: values of the type's fields in ``data``, her own words in ``narrative``."""

    record: UUID
    type: str
    on: date
    place: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    narrative: str = ""
    supersedes: UUID | None = None
    retracts: bool = False


def write(*, actor: Actor, event: NewEvent, at: datetime) -> Event:
    """Write an event on a record of the actor's own unit, or a correction of one.

    Raises ``Denied`` where the role may not write this type, ``Invalid`` where a field breaks the pack's definition,
    ``NotFound`` for a record that is unknown or another unit's, and ``Conflict`` where the event that it corrects was
    corrected meanwhile.
    """
    actor.require("event_write")
    writing.check(event.type, event.on, event.data, actor.unit, pack(), today=timezone.localdate(at))
    with transaction.atomic():
        record = Record.objects.filter(id=event.record, institution=actor.institution, unit=actor.unit).first()
        if record is None:
            raise NotFound("event.no_such_record")
        coded, typed = _parted(event)
        row = _row(actor, event, coded, at)
        row.has_narrative = bool(typed or event.narrative)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("event.corrected_meanwhile") from error
        if row.has_narrative:
            document = json.dumps({"text": event.narrative, "fields": typed}, ensure_ascii=False).encode("utf-8")
            vault.seal_many([vault.Document(row.id, NARRATIVE, 1, actor.institution, document)])
        ledger.record(
            author=actor.author,
            act="event.write",
            at=at,
            purpose="follow_up",
            basis="record",
            subjects=[record.id],
            detail={"type": event.type, "event": str(row.id), "corrects": str(event.supersedes or "")},
        )
    return row


def _parted(event: NewEvent) -> tuple[dict[str, str], dict[str, str]]:
    """Coded values and free texts of the event's fields; empty ones are left out."""
    free = {field.code for field in pack().events[event.type].fields if field.kind == "text"}
    told = {code: value for code, value in event.data.items() if value}
    coded = {code: value for code, value in told.items() if code not in free}
    return coded, {code: value for code, value in told.items() if code in free}


def _row(actor: Actor, event: NewEvent, coded: dict[str, str], at: datetime) -> Event:
    """The row to insert. What a correction corrects must be of the same record."""
    if event.supersedes and not Event.objects.filter(id=event.supersedes, record=event.record).exists():
        raise Invalid("event.corrects_nothing")
    return Event(
        id=new_id(),
        record_id=event.record,
        type=event.type,
        on=event.on,
        place=event.place,
        institution=actor.institution,
        unit=actor.unit,
        office=actor.office,
        data=coded,
        supersedes_id=event.supersedes,
        retracts=event.retracts,
        recorded_at=at,
        author=actor.name,
    )
