"""The desk of the officer for data protection: what is owed to persons and to the authority, and by when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.casework.models import Incident, PersonRequest
from amparo.casework.queries import persons, recalls
from amparo.casework.queries.recalls import Asked
from amparo.casework.rules import desk as rules
from amparo.casework.rules.desk import Clock
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import outside
from amparo.ledger import queries as entries
from amparo.ledger.outside import State
from amparo.pack.current import pack
from amparo.pack.rights import Term
from amparo.registries.queries import records
from amparo.vault.backups import drills

CAPABILITY = "desk"
_AUTHORITY, _PEOPLE = "incidente_autoridad", "incidente_personas"


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """One incident with its two clocks."""

    id: UUID
    kind: str
    known_at: datetime
    began_at: datetime
    ended_at: datetime
    username: str
    institution: str
    office: str
    clocks: tuple[Clock, ...]
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """One request by a person; ``by_another`` where it goes to legal review because somebody speaks for her."""

    id: UUID
    code: str
    term: Term
    by_another: bool
    received_on: date
    due_on: date
    answer: str
    answered_on: date | None
    days_left: int

    @property
    def is_late(self) -> bool:
        """Whether it was answered after its day, or waits and its day has passed."""
        return self.answered_on > self.due_on if self.answered_on else self.days_left < 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for the officer."""

    incidents: tuple[IncidentFacts, ...]
    requests: tuple[RequestFacts, ...]
    recalls: tuple[Asked, ...]
    unseen_alerts: int
    places: tuple[State, ...]
    drilled: datetime | None
    is_drill_overdue: bool


def read(*, actor: Actor, at: datetime) -> Desk:
    """The desk as of a moment; that it was looked at is in the ledger."""
    actor.require(CAPABILITY)
    with transaction.atomic():
        ledger.record(author=actor.author, act="desk.read", at=at, purpose="oversight", basis="role")
    incidents = Incident.objects.order_by("-known_at")[:50]
    asked = PersonRequest.objects.order_by("answer", "due_on")[:100]
    return Desk(
        incidents=tuple(_incident(row, at) for row in incidents),
        requests=tuple(_requests(asked, timezone.localdate(at))),
        recalls=tuple(recalls.overdue(at)),
        unseen_alerts=alerts.unseen(actor),
        places=tuple(outside.states()),
        drilled=(drilled := drills.last_passed()),
        is_drill_overdue=drills.is_overdue(drilled, at),
    )


def incident(*, actor: Actor, incident_id: UUID, at: datetime) -> IncidentFacts:
    """One incident; ``NotFound`` where there is none."""
    actor.require(CAPABILITY)
    row = Incident.objects.filter(id=incident_id).first()
    if row is None:
        raise NotFound("incident.unknown")
    return _incident(row, at)


def affected(*, actor: Actor, found: IncidentFacts, at: datetime) -> list[str]:
    """The codes of the people whose data the incident touched, by the ledger; that it was asked is in it too.

    Everybody about whom the user, or any user of the office, did or read anything in the incident's span.
    """
    actor.require(CAPABILITY)
    who = {found.username} if found.username else users.of_office(found.institution, found.office)
    touched = entries.subjects_between(who, found.began_at, found.ended_at)
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="incident.affected", at=at, purpose="oversight", basis="role",
            detail={"incident": str(found.id), "records": len(touched)},
        )  # fmt: skip
    return sorted(_codes(touched))


def _codes(touched: Collection[UUID]) -> set[str]:
    people = set(_people(touched))
    return {facts.code for facts in records.facts(people).values()}


def _people(touched: Collection[UUID]) -> list[UUID]:
    """The persons of records, asked for in parts that any database takes."""
    ordered, found = sorted(touched), list[UUID]()
    for start in range(0, len(ordered), 500):
        found += persons.persons_of(ordered[start : start + 500]).values()
    return found


def _incident(row: Incident, at: datetime) -> IncidentFacts:
    terms = pack().rights.terms
    done = {_AUTHORITY: row.notified_at, _PEOPLE: row.told_at}
    clocks = tuple(rules.clock(terms[code], row.known_at, when, at) for code, when in done.items() if code in terms)
    return IncidentFacts(
        row.id, row.kind, row.known_at, row.began_at, row.ended_at, row.username, row.institution, row.office, clocks,
        row.closed_at,
    )  # fmt: skip


def _requests(rows: Collection[PersonRequest], today: date) -> list[RequestFacts]:
    found = list(rows)
    facts = records.facts({row.record for row in found})
    own = {code for terms in pack().rights.consents.values() for code in (*terms.by_representative, *terms.by_state)}
    return [
        RequestFacts(
            row.id, facts[row.record].code, pack().rights.requests[row.kind], row.asker in own, row.received_on,
            row.due_on, row.answer, row.answered_on, pack().holidays.working_days_between(today, row.due_on),
        )
        for row in found
        if row.record in facts and row.kind in pack().rights.requests
    ]  # fmt: skip
