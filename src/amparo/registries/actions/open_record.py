"""Opening an own record on a person whom an office knows only through others.

Everything hangs from an institution's record (law 2). An office that writes about somebody whom it never registered,
such as a shelter to which she was referred, therefore gets a record of its own, joined to the one it was shown by a
dated judgement that can be taken back like any other.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.kernel.errors import Denied, NotFound
from amparo.kernel.ids import new_id, public_code
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries import digests
from amparo.registries.models import Judgement, Record, RecordVersion
from amparo.registries.rules.judging import OPENED_FROM_THREAD

SOURCE = "amparo"
"""The source of records that were opened in Amparo itself, which has no file behind it."""


def open_record(*, actor: Actor, beside: UUID, at: datetime) -> UUID:
    """Open a record of the actor's own office for the person of another record; returns its id.

    Raises ``Denied`` where the role writes nothing or belongs to no kind of office, and ``NotFound`` where the other
    record does not exist.
    """
    actor.require("event_write")
    if not actor.unit:
        raise Denied("record.no_unit")
    with transaction.atomic():
        if not Record.objects.filter(id=beside).exists():
            raise NotFound("event.no_such_record")
        record = _insert(actor, at)
        left, right = sorted((record.id, beside))
        Judgement.objects.create(
            left_id=left, right_id=right, answer="same", by=actor.name, reason=OPENED_FROM_THREAD, at=at
        )
        ledger.record(
            author=actor.author,
            act="record.open",
            at=at,
            purpose="follow_up",
            basis="referral",
            subjects=[record.id, beside],
            detail={"reason": OPENED_FROM_THREAD},
        )
    return record.id


def _insert(actor: Actor, at: datetime) -> Record:
    made, code = _free_id()
    (digest,) = digests.of([made.hex])
    record = Record.objects.create(
        id=made,
        source=SOURCE,
        institution=actor.institution,
        unit=actor.unit,
        office=actor.office,
        department=next(iter(actor.departments), ""),
        key=secrets.token_hex(16),
        code=code,
        digest=digest,
        registered_on=timezone.localdate(at),
        # It says nothing of who she is, so there is nothing to compare it by.
        linked=True,
    )
    RecordVersion.objects.create(record=record, number=1, content={}, digest=digest, written_at=at)
    return record


def _free_id() -> tuple[UUID, str]:
    """A new id whose code no other record has."""
    while True:
        made = new_id()
        code = public_code(made, prefix=pack().manifest.person_prefix)
        if not Record.objects.filter(code=code).exists():
            return made, code
