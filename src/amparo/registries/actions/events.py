"""Writing an event by hand: what a worker did, decided or found out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

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
    """What a worker says happened: coded values in ``data``, her own words in ``narrative`` (sealed)."""

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
    ``NotFound`` for an unknown record and ``Conflict`` where the event that it corrects was corrected meanwhile.
    """
    actor.require("event_write")
    writing.check(event.type, event.on, event.data, actor.unit, pack(), today=at.date())
    with transaction.atomic():
        record = Record.objects.filter(id=event.record).first()
        if record is None:
            raise NotFound("event.no_such_record")
        row = _row(actor, event, at)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("event.corrected_meanwhile") from error
        if event.narrative:
            document = json.dumps({"text": event.narrative}, ensure_ascii=False).encode("utf-8")
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


def _row(actor: Actor, event: NewEvent, at: datetime) -> Event:
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
        data=dict(event.data),
        supersedes_id=event.supersedes,
        retracts=event.retracts,
        recorded_at=at,
        author=actor.name,
        has_narrative=bool(event.narrative),
    )
