"""What the officer for data protection writes down: incidents with their duties, and requests by persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.models import Incident, PersonRequest
from amparo.casework.queries import persons
from amparo.casework.rules import desk as rules
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack

CAPABILITY = "desk"
Done = Literal["notified", "told", "closed"]
DUTIES: tuple[Done, ...] = ("notified", "told", "closed")


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of an incident: its kind, since when it is known, and whose access in which span it concerns."""

    kind: str
    known_at: datetime
    began_at: datetime
    ended_at: datetime
    username: str = ""
    institution: str = ""
    office: str = ""


def open_incident(*, actor: Actor, happened: Happened, at: datetime) -> UUID:
    """Write an incident down; its clock runs from when it became known. Raises ``Denied`` and ``Invalid``."""
    actor.require(CAPABILITY)
    if happened.kind not in pack().codes["incidente"]:
        raise Invalid("incident.no_kind")
    if not happened.began_at <= happened.ended_at or happened.known_at > at:
        raise Invalid("incident.times")
    if not (happened.username or happened.office or happened.institution):
        raise Invalid("incident.nobody")
    with transaction.atomic():
        row = Incident.objects.create(
            kind=happened.kind, known_at=happened.known_at, began_at=happened.began_at, ended_at=happened.ended_at,
            username=happened.username, institution=happened.institution, office=happened.office, opened_by=actor.name,
        )  # fmt: skip
        _record(actor, "incident.open", at, detail={"incident": str(row.id), "kind": happened.kind})
    return row.id


def done(*, actor: Actor, incident_id: UUID, what: str, at: datetime) -> None:
    """Note that the authority was notified, the people told, or the incident closed: the last only after the others."""
    actor.require(CAPABILITY)
    if what not in DUTIES:
        raise Invalid("incident.no_duty")
    with transaction.atomic():
        row = Incident.objects.select_for_update().filter(id=incident_id).first()
        if row is None:
            raise NotFound("incident.unknown")
        if getattr(row, f"{what}_at") is not None:
            raise Conflict("incident.done_already")
        if what == "closed" and (row.notified_at is None or row.told_at is None):
            raise Conflict("incident.still_owed")
        setattr(row, f"{what}_at", at)
        row.save()
        _record(actor, f"incident.{what}", at, detail={"incident": str(row.id)})


def receive(*, actor: Actor, person_id: UUID, kind: str, asker: str, received: date, at: datetime) -> UUID:
    """Write a person's request down with the day by which she is to be answered."""
    actor.require(CAPABILITY)
    term = pack().rights.requests.get(kind)
    if term is None or asker not in pack().codes["consentimiento_quien"]:
        raise Invalid("request.no_kind")
    if received > timezone.localdate(at):
        raise Invalid("event.in_the_future", field="received")
    person, _ = persons.opened(actor, person_id, Asked(Act.READINGS), at=at)
    with transaction.atomic():
        row = PersonRequest.objects.create(
            record=person.id, kind=kind, asker=asker, received_on=received, written_by=actor.name,
            due_on=rules.answer_by(term, received, pack().holidays),
        )  # fmt: skip
        _record(actor, "request.receive", at, [person.id], {"kind": kind})
    return row.id


def answer(*, actor: Actor, request_id: UUID, answer: str, at: datetime) -> None:
    """Note what she was answered. Raises ``NotFound``, ``Invalid``, and ``Conflict`` where she had an answer."""
    actor.require(CAPABILITY)
    if answer not in pack().codes["respuesta_solicitud"]:
        raise Invalid("request.no_answer")
    with transaction.atomic():
        row = PersonRequest.objects.select_for_update().filter(id=request_id).first()
        if row is None:
            raise NotFound("request.unknown")
        if row.answer:
            raise Conflict("request.answered")
        row.answer, row.answered_on, row.answered_by = answer, timezone.localdate(at), actor.name
        row.save()
        _record(actor, "request.answer", at, [row.record], {"kind": row.kind, "answer": answer})


def _record(
    actor: Actor, act: str, at: datetime, subjects: list[UUID] | None = None, detail: dict[str, object] | None = None
) -> None:
    ledger.record(
        author=actor.author, act=act, at=at, purpose="oversight", basis="role", subjects=subjects or [], detail=detail
    )
