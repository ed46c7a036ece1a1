"""One institution's record as it wrote it, version by version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import consents, looks, persons
from amparo.casework.queries.shapes import Person
from amparo.casework.queries.threads import sight_of
from amparo.casework.rules.shared_columns import shared_columns
from amparo.kernel.errors import Denied, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import outside
from amparo.pack.current import pack
from amparo.pack.layouts import IDENTITY_TARGETS
from amparo.registries import identity as documents
from amparo.registries.queries import events, records
from amparo.registries.queries.records import RecordFacts, Version
from amparo.vault import queries as vault

IDENTITY, NARRATIVE = documents.COMPARTMENT, documents.NARRATIVE


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record with its versions. ``may_reveal`` names the sealed compartments that the reader may ask for.

    ``columns`` are those that are shared with a reader of another office; None where she may see every one.
    """

    record: RecordFacts
    versions: tuple[Version, ...]
    person: Person | None
    relation: str
    may_reveal: frozenset[str]
    columns: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was asked for: by compartment and number of the version, each column with what was typed."""

    columns: Mapping[str, Mapping[int, Mapping[str, str]]]


def read(*, actor: Actor, record_id: UUID, at: datetime) -> OpenedRecord:
    """A record of the actor's own office, or of somebody in reach whose events it shares as fields.

    The ledger has it before anything is returned (law 4). Raises ``Denied`` where the role reads no records or the
    account has opened enough people today, and ``NotFound`` both where there is no such record and where the actor may
    not know it.
    """
    actor.require("record_read")
    record = records.facts([record_id]).get(record_id)
    if record is None or record_id in persons.everything_shut_to(actor):
        raise NotFound("record.unknown")
    person = _reached(actor, record_id)
    agreed = _agreed(actor, person, at)
    relation = _relation(actor, record, person, agreed)
    if person:
        looks.require_room(actor=actor, person=person.id, relation=relation, at=at)
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="record.read", at=at, purpose="follow_up", basis=relation, subjects=[record_id]
        )
    columns = _columns(actor, record, agreed)
    found = tuple(_as_shared(version, columns) for version in records.versions(record_id))
    reserved = person.reserved if person else bool(persons.reserved_among([record_id]))
    revealed = _may_reveal(actor, record, reserved=reserved)
    return OpenedRecord(record, found, person, relation, _within(revealed, actor, record, agreed), columns)


def reveal(*, actor: Actor, opened: OpenedRecord, purpose: str, at: datetime) -> Sealed:
    """Open what is sealed of a record, as far as the role may; in the ledger with the purpose before it is opened."""
    if not opened.may_reveal:
        raise Denied("record.sealed")
    outside.require_contact(at)
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="record.reveal",
            at=at,
            purpose=purpose,
            basis=opened.relation,
            subjects=[opened.record.id],
            detail={"compartments": sorted(opened.may_reveal)},
        )
    return Sealed({name: _opened(opened, name) for name in sorted(opened.may_reveal)})


def _agreed(actor: Actor, person: Person | None, at: datetime) -> frozenset[str] | None:
    """What the person's consent opens to the actor, where that is her ground; see ``casework.queries.consents``."""
    members = persons.records_of([person.id])[person.id] if person else []
    return consents.agreed_of_records(actor, members, at)


def _within(asked: frozenset[str], actor: Actor, record: RecordFacts, agreed: frozenset[str] | None) -> frozenset[str]:
    """Compartments of another office's record, no more of them than the person agrees to."""
    return asked if agreed is None or _is_own(actor, record) else asked & agreed


def _columns(actor: Actor, record: RecordFacts, agreed: frozenset[str] | None) -> frozenset[str] | None:
    """The columns that are shared with the actor; None for all of them, which are her own kind of office's."""
    if _is_own(actor, record):
        return None
    layouts = pack().imports.get(record.source, ())
    opened = _within(actor.compartments, actor, record, agreed)
    return frozenset[str]().union(
        *(shared_columns(each, pack(), unit=actor.unit, compartments=opened) for each in layouts)
    )


def _is_own(actor: Actor, record: RecordFacts) -> bool:
    return (record.institution, record.unit) == (actor.institution, actor.unit)


def _as_shared(version: Version, columns: frozenset[str] | None) -> Version:
    if columns is None:
        return version
    typed = _kept(version.content.get("typed", {}), columns)
    values = _kept(version.content.get("values", {}), columns | IDENTITY_TARGETS)
    return replace(version, content={"typed": typed, "values": values})


def _kept(typed: Mapping[str, str], columns: frozenset[str] | None) -> dict[str, str]:
    return {name: text for name, text in typed.items() if columns is None or name in columns}


def _reached(actor: Actor, record_id: UUID) -> Person | None:
    try:
        return persons.get(actor, record_id)
    except NotFound:
        return None


def _relation(actor: Actor, record: RecordFacts, person: Person | None, agreed: frozenset[str] | None) -> str:
    """By what right the actor reads the record; ``NotFound`` where by none."""
    if _is_own(actor, record) and (person is not None or (actor.office and record.office == actor.office)):
        return "record"
    if person is not None and _shares_fields(actor, record.id, agreed):
        return persons.relation(actor, person)
    raise NotFound("record.unknown")


def _shares_fields(actor: Actor, record_id: UUID, agreed: frozenset[str] | None) -> bool:
    written = events.of_records([record_id]).get(record_id, ())
    return any(sight_of(actor, event, agreed) == "full" for event in written)


def _may_reveal(actor: Actor, record: RecordFacts, *, reserved: bool) -> frozenset[str]:
    """What is sealed and yet the actor's to ask for: words of workers only where her own kind of office wrote them.

    Under reserve of identity nothing is: what an institution typed beside a name often repeats it.
    """
    if reserved:
        return frozenset()
    own = _is_own(actor, record)
    may = set()
    if IDENTITY in actor.compartments and (own or actor.can("identity_reveal")):
        may.add(IDENTITY)
    if NARRATIVE in actor.compartments and own:
        may.add(NARRATIVE)
    return frozenset(may)


def _opened(opened: OpenedRecord, compartment: str) -> dict[int, Mapping[str, str]]:
    plain = vault.open_versions(opened.record.id, compartment)
    if compartment == IDENTITY:
        return {number: _kept(documents.from_bytes(each).raw, opened.columns) for number, each in plain.items()}
    return {number: json.loads(each) for number, each in plain.items()}
