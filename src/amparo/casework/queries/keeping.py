"""What an institution erases and what it has to keep: requests, holds, and the records that either can be about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.models import ErasureRequest, PersonRequest
from amparo.casework.queries import persons
from amparo.kernel.errors import Conflict, NotFound
from amparo.ledger import actions as ledger
from amparo.registries.queries import protected, records
from amparo.registries.queries.records import RecordFacts
from amparo.vault import certificates, erasure, holds
from amparo.vault.holds import LegalHold

ERASE, HOLD = "erasure", "legal_hold"
_PURPOSE = "data_protection"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that stands on a record: why, by which article, by whom and since when, and who asked to lift it."""

    number: int
    code: str
    record: UUID
    reason: str
    article: str
    by: str
    at: datetime
    lift_asked_by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An erasure that was asked for, with its answer.

    ``holds`` on these records stand in its way at present; ``kept`` says that one does, on these or on another record
    of the same person.
    """

    id: UUID
    records: tuple[UUID, ...]
    codes: tuple[str, ...]
    reason: str
    basis: str
    request: str
    asked_by: str
    asked_at: datetime
    verdict: str
    decided_by: str
    decided_at: datetime | None
    done_at: datetime | None
    holds: tuple[Held, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of one institution: erasures that wait, those that were answered, and holds that stand."""

    waiting: tuple[Asked, ...]
    answered: tuple[Asked, ...]
    holds: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The records of one person that are the institution's to erase or to keep, with her requests.

    ``kept`` says that none of hers may be erased: by a hold on these, or on another record of the same person.
    """

    person: UUID
    code: str
    records: tuple[RecordFacts, ...]
    erased: frozenset[UUID]
    holds: tuple[Held, ...]
    kept: bool
    requests: tuple[tuple[UUID, str, date], ...]


def overview(*, actor: Actor, at: datetime) -> Overview:
    """What the actor's institution erases and keeps; that it was looked at is in the ledger."""
    actor.require(ERASE)
    shut = persons.everything_shut_to(actor)
    rows = ErasureRequest.objects.filter(institution=actor.institution).select_related("request")
    waiting = _asked(rows.filter(verdict="").order_by("asked_at")[:_MOST], shut)
    answered = _asked(rows.exclude(verdict="").order_by("-decided_at")[:_MOST], shut)
    held = tuple(_own_holds(actor, shut))
    shown = {record for each in (*waiting, *answered) for record in each.records} | {each.record for each in held}
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="keeping.read", at=at, purpose=_PURPOSE, basis="role", subjects=sorted(shown)
        )
    return Overview(waiting, answered, held)


def find(*, actor: Actor, code: str) -> UUID:
    """The person of a code, where she is the actor's institution's; ``NotFound`` alike for every other reason."""
    _require_either(actor)
    record = records.with_code(code.strip().upper())
    if record is None:
        raise NotFound("person.unknown")
    _own(actor, record)
    return persons.anchor_of(record)


def about(*, actor: Actor, person_id: UUID, at: datetime) -> Found:
    """What the actor's institution holds of a person; the ledger has it before.

    Raises ``NotFound`` alike where there is nobody, where none of her records is the institution's, and where she is
    shut to the actor.
    """
    _require_either(actor)
    own = _own(actor, person_id)
    ids = [each.id for each in own]
    with transaction.atomic():
        ledger.record(author=actor.author, act="keeping.find", at=at, purpose=_PURPOSE, basis="role", subjects=ids)
    asked = PersonRequest.objects.filter(record__in=person_of(ids)).order_by("-received_on")
    anchor = persons.anchor_of(person_id)
    return Found(
        anchor, persons.codes_of([anchor])[anchor], own, frozenset(records.erased_among(ids)),
        tuple(_held(holds.standing(ids))), bool(protected.among(ids)),
        tuple(asked.values_list("id", "kind", "received_on")),
    )  # fmt: skip


def one(*, actor: Actor, request_id: UUID, at: datetime) -> Asked:
    """One request of the actor's institution, with the reading in the ledger before; ``NotFound`` otherwise."""
    actor.require(ERASE)
    row = ErasureRequest.objects.filter(id=request_id, institution=actor.institution).select_related("request")
    found = _asked(row, persons.everything_shut_to(actor))
    if not found:
        raise NotFound("erasure.unknown")
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="erasure.read", at=at, purpose=_PURPOSE, basis="role",
            subjects=list(found[0].records),
        )  # fmt: skip
    return found[0]


def certificate(*, actor: Actor, request_id: UUID, at: datetime) -> dict[str, Any]:
    """The signed certificate of an erasure that was done, for its own institution; the ledger has it before.

    Raises ``NotFound``, and ``Conflict`` while it is not done.
    """
    actor.require(ERASE)
    row = ErasureRequest.objects.filter(id=request_id, institution=actor.institution, verdict="ordered").first()
    members = [UUID(record) for record in row.records] if row else []
    if row is None or row.erasure is None or not persons.everything_shut_to(actor).isdisjoint(members):
        raise NotFound("erasure.unknown")
    done = erasure.get(row.erasure)
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="erasure.certificate", at=at, purpose=_PURPOSE, basis="role", subjects=members,
            detail={"request": str(row.id)},
        )  # fmt: skip
    return certificates.of(done)


def person_of(some: Collection[UUID]) -> set[UUID]:
    """Every record of the person, or of the persons, of some records; these alone where nobody is projected yet."""
    people = persons.records_of(set(persons.persons_of(some).values()))
    return {record for ids in people.values() for record in ids} | set(some)


def asked_among(some: Collection[UUID]) -> bool:
    """Whether the erasure of any of these records waits for an answer."""
    wanted = {str(record) for record in some}
    waiting = ErasureRequest.objects.filter(verdict="").values_list("records", flat=True)
    return any(not wanted.isdisjoint(row) for row in waiting)


def refuse_if_held(some: Collection[UUID]) -> None:
    """Raise ``Conflict`` where any of these records, or one that stands joined with it, is under a legal hold."""
    if kept := protected.among(some):
        raise Conflict("vault.legal_hold", count=len(kept))


def hold_of(*, actor: Actor, number: int) -> LegalHold:
    """A hold by its number, for who may place and lift; ``NotFound`` where the person is shut to her."""
    actor.require(HOLD)
    found = holds.get(number)
    if found.subject in persons.everything_shut_to(actor):
        raise NotFound("hold.none")
    return found


def _require_either(actor: Actor) -> None:
    if not actor.can(ERASE):
        actor.require(HOLD)


def _own(actor: Actor, record: UUID) -> tuple[RecordFacts, ...]:
    """The records of somebody that the actor's institution holds; ``NotFound`` where there is none, or she is shut."""
    members = person_of([record])
    own = [each for each in records.facts(members).values() if each.institution == actor.institution]
    if not own or not persons.everything_shut_to(actor).isdisjoint(members):
        raise NotFound("person.unknown")
    return tuple(sorted(own, key=lambda each: each.code))


def _asked(rows: Iterable[ErasureRequest], shut: Collection[UUID]) -> tuple[Asked, ...]:
    told = [(row, [UUID(record) for record in row.records]) for row in rows]
    told = [(row, members) for row, members in told if set(shut).isdisjoint(members)]
    every = {record for _, members in told for record in members}
    codes = {record: facts.code for record, facts in records.facts(every).items()}
    standing = list(_held(holds.standing(every)))
    done = erasure.done_at([row.erasure for row, _ in told if row.erasure])
    kept = protected.among({record for row, members in told if row.erasure not in done for record in members})
    return tuple(
        Asked(
            row.id, tuple(members), tuple(codes.get(record, "") for record in members), row.reason, row.basis,
            row.request.kind if row.request else "", row.asked_by, row.asked_at, row.verdict, row.decided_by,
            row.decided_at, done.get(row.erasure) if row.erasure else None,
            tuple(hold for hold in standing if hold.record in members), not kept.isdisjoint(members),
        )
        for row, members in told
    )  # fmt: skip


def _own_holds(actor: Actor, shut: Collection[UUID]) -> list[Held]:
    """The newest holds on records of the actor's institution."""
    found: list[Held] = []
    batch: list[LegalHold] = []
    for hold in holds.standing():
        batch.append(hold)
        if len(batch) == _MOST:
            found += _of_institution(actor, batch, shut)
            batch = []
        if len(found) >= _MOST:
            break
    return [*found, *_of_institution(actor, batch, shut)][:_MOST]


def _of_institution(actor: Actor, some: list[LegalHold], shut: Collection[UUID]) -> list[Held]:
    own = {record for record, facts in records.facts({hold.subject for hold in some}).items()
           if facts.institution == actor.institution and record not in shut}  # fmt: skip
    return list(_held(hold for hold in some if hold.subject in own))


def _held(some: Iterable[LegalHold]) -> Iterable[Held]:
    rows = list(some)
    codes = {record: facts.code for record, facts in records.facts({row.subject for row in rows}).items()}
    for row in rows:
        yield Held(
            row.id, codes.get(row.subject, ""), row.subject, row.reason, row.article, row.placed_by, row.placed_at,
            row.lift_asked_by,
        )  # fmt: skip
