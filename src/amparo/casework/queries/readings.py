"""Who did or read what: the ledger for the officer for data protection, who sees codes and acts, never content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import persons, shapes
from amparo.casework.queries.shapes import Person
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import queries as entries
from amparo.ledger import verification
from amparo.registries.queries import records

PAGE = 50
VERIFY = "ledger.verify"
_PURPOSE = "oversight"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries to show: those of an act, of a user, and older than a number."""

    act: str = ""
    actor: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger; ``person`` where it is about one person only."""

    seq: int
    at: datetime
    actor: str
    institution: str
    role: str
    act: str
    purpose: str
    basis: str
    digest: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Check:
    """What came of recomputing the chain: the entries read, when, and the first bad entry where there is one."""

    entries: int
    at: datetime
    fault: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """One page of the ledger; ``older`` continues it; ``acts`` and ``actors`` are what can be asked for."""

    lines: tuple[Line, ...]
    older: int | None
    acts: tuple[str, ...]
    actors: tuple[str, ...]
    checked: Check | None


@dataclass(frozen=True, slots=True)
class Readings:
    """Every entry about any record of one person, the newest first."""

    person: Person
    lines: tuple[Line, ...]
    offices: int
    total: int


def read(*, actor: Actor, filters: Filters, at: datetime) -> LedgerView:
    """The latest entries. That somebody reads the ledger is an entry too."""
    actor.require("ledger_read")
    found = entries.latest(limit=PAGE + 1, before=filters.before, act=filters.act, actor=filters.actor)
    checks = entries.latest(limit=1, act=VERIFY)
    view = LedgerView(
        lines=_lines(actor, found[:PAGE]),
        older=found[PAGE - 1].seq if len(found) > PAGE else None,
        acts=tuple(entries.acts()),
        actors=tuple(entries.actors()),
        checked=_check(checks[0]) if checks else None,
    )
    with transaction.atomic():
        ledger.record(author=actor.author, act="ledger.read", at=at, purpose=_PURPOSE, basis="role")
    return view


def about(*, actor: Actor, person_id: UUID, at: datetime, page: int = 1) -> Readings:
    """Who did or read something about one person. Raises ``NotFound`` where there is no such person."""
    person, _ = persons.opened(actor, person_id, Asked(Act.READINGS), at=at)
    members = persons.records_of([person.id])[person.id]
    with transaction.atomic():
        ledger.record(author=actor.author, act="ledger.person", at=at, purpose=_PURPOSE, basis="role", subjects=members)
    found = entries.about(members)
    first = (page - 1) * PAGE
    offices = {(entry.institution, entry.role) for entry in found}
    return Readings(person, _lines(actor, found[first : first + PAGE], person), len(offices), len(found))


def find(*, actor: Actor, code: str) -> UUID:
    """The person behind a code that somebody holds: hers, or that of any record of hers; ``NotFound`` otherwise."""
    actor.require("ledger_read")
    record = records.with_code(code.strip().upper())
    if record is None:
        raise NotFound("person.unknown")
    return persons.get(actor, record).id


def verify(*, actor: Actor, at: datetime) -> Check:
    """Recompute the whole chain and write down what came of it."""
    actor.require("ledger_read")
    found = verification.verify()
    detail: dict[str, object] = {"entries": found.entries, "checkpoints": found.checkpoints}
    if found.fault:
        detail |= {"fault": found.fault.seq, "kind": found.fault.kind}
    with transaction.atomic():
        ledger.record(author=actor.author, act=VERIFY, at=at, purpose=_PURPOSE, basis="role", detail=detail)
    return Check(found.entries, at, found.fault.seq if found.fault else None, found.fault.kind if found.fault else "")


def _check(entry: Any) -> Check:
    told = entry.detail
    return Check(int(told.get("entries", 0)), entry.at, told.get("fault"), str(told.get("kind", "")))


def _lines(actor: Actor, found: Iterable[Any], about_person: Person | None = None) -> tuple[Line, ...]:
    rows = list(found)
    who = {} if about_person else _people(actor, rows)
    return tuple(
        Line(
            row.seq,
            row.at,
            row.actor,
            row.institution,
            row.role,
            row.act,
            row.purpose,
            row.basis,
            row.digest,
            about_person or who.get(row.seq),
        )
        for row in rows
    )


def _people(actor: Actor, rows: list[Any]) -> dict[int, Person]:
    """The person of each entry that is about one only, where the actor may know her; lists are about many."""
    subjects = entries.subjects_of(row.seq for row in rows if 0 < row.subject_count <= PAGE)
    whose = persons.persons_of({record for records_ in subjects.values() for record in records_})
    single: dict[int, UUID] = {}
    for seq, about_records in subjects.items():
        people = {whose[record] for record in about_records if record in whose}
        if len(people) == 1:
            single[seq] = people.pop()
    known = {row.id: shapes.person(row) for row in persons.visible(actor).filter(id__in=set(single.values()))}
    return {seq: known[person] for seq, person in single.items() if person in known}
