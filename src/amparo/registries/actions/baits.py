"""Bait records: of nobody, like all others to look at, and never opened by whoever has a reason to open somebody.

A clerk who is paid to look people up, or curious, opens one sooner or later; the officer for data protection is told
in the same transaction. Which records they are is known to the vault alone: there is no column that tells, and no
journal of baits that lists them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.engines.linkage import block
from amparo.engines.linkage.fields import Fields
from amparo.kernel.ids import new_id, public_code
from amparo.ledger import actions as ledger
from amparo.ledger.actions import Told
from amparo.pack.current import pack
from amparo.registries import digests, identity
from amparo.registries.happenings import Derived
from amparo.registries.models import Event, Record, RecordVersion
from amparo.vault import actions as vault
from amparo.vault import queries as vault_queries

KIND = "bait"
# What opens nobody: lists of many, the machine's own work, and the officer following an alarm up.
NOT_AN_OPENING = frozenset(
    {
        "list.read", "assignments.read", "search", "pairs.list", "figures.read", "alerts.read", "emergency.list",
        "ledger.read", "ledger.person", "ledger.report", "linkage.run", "incident.affected", "exclusion.attempt",
        "keeping.read",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist, as one office would have written her down."""

    fields: Fields
    source: str
    institution: str
    unit: str
    office: str
    department: str
    registered_on: date
    events: Sequence[Derived]


def plant(*, actor: Actor, invented: Iterable[Invented], at: datetime) -> list[UUID]:
    """Write records of nobody. The ledger says no more than that a registry was written to; returns their ids.

    They hang from no delivery, as records that were opened by hand do, and are marked in the vault first: should the
    machine stop between the two, a mark without a record is left, never a record of nobody without a mark.
    """
    made = [(new_id(), each) for each in invented]
    with transaction.atomic():
        for record, each in made:
            _insert(record, each, actor, at)
        ledger.record(author=actor.author, act="record.open", at=at, purpose="registration", basis="role")
        documents = [
            vault.Document(record, identity.COMPARTMENT, 1, each.institution, _document(record, each))
            for record, each in made
        ]
        vault.mark_baits([record for record, _ in made])
        vault.seal_many(documents)
        vault.put_tokens({record: block.keys(each.fields, pack().names) for record, each in made})
    return [record for record, _ in made]


def watch(told: Told) -> None:
    """Tell the officer where somebody opens a bait; called for every entry of the ledger, inside its transaction."""
    if not told.subjects or told.act in NOT_AN_OPENING or not told.author.institution:
        return
    found = vault_queries.baits_among(told.subjects)
    if found:
        alerts.tell_officer(kind=KIND, subjects=sorted(found), username=told.author.name, at=told.at)


def _document(record: UUID, each: Invented) -> bytes:
    fields = replace(each.fields, record_id=str(record), institution=each.institution)
    raw = {"NOMBRES": fields.given, "AP_PATERNO": fields.surname1, "AP_MATERNO": fields.surname2}
    return identity.to_bytes(identity.Identity(fields, {name: text for name, text in raw.items() if text}))


def _insert(record: UUID, each: Invented, actor: Actor, at: datetime) -> None:
    (digest,) = digests.of([record.hex])
    row = Record.objects.create(
        id=record,
        source=each.source,
        institution=each.institution,
        unit=each.unit,
        office=each.office,
        department=each.department,
        key=secrets.token_hex(16),
        code=public_code(record, prefix=pack().manifest.person_prefix),
        digest=digest,
        registered_on=each.registered_on,
        linked=True,
        sex=each.fields.sex,
        nationality=each.fields.nationality,
    )
    RecordVersion.objects.create(
        record=row, number=1, content={}, sealed=[identity.COMPARTMENT], digest=digest, written_at=at
    )
    Event.objects.bulk_create(
        Event(
            record=row, type=event.type, slot=event.slot, on=date.fromisoformat(event.on), place=event.place,
            institution=each.institution, unit=each.unit, office=each.office, data=dict(event.data), recorded_at=at,
            author=actor.name,
        )
        for event in each.events
    )  # fmt: skip
