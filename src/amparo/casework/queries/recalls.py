"""Recalls as the office sees them that is asked, and how those of one person stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework.models import Recall
from amparo.casework.queries import persons
from amparo.ledger import actions as ledger
from amparo.registries.queries import records


@dataclass(frozen=True, slots=True)
class Asked:
    """One recall; ``code`` is that of the person, empty where the reader is kept away from her."""

    id: UUID
    code: str
    purpose: str
    institution: str
    unit: str
    office: str
    sent_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    overdue: bool


def inbox(*, actor: Actor, at: datetime, limit: int = 100) -> list[Asked]:
    """Those of the actor's own office, what waits for an answer first."""
    actor.require("alerts_read")
    with transaction.atomic():
        ledger.record(author=actor.author, act="recalls.read", at=at, purpose="consent", basis="role")
    own = Recall.objects.filter(institution=actor.institution, unit=actor.unit, office__in=("", actor.office)).exclude(
        record__in=persons.everything_shut_to(actor)
    )
    return _asked(own.order_by("answer", "due_on", "id")[:limit], timezone.localdate(at))


def of_person(members: Collection[UUID], at: datetime) -> list[Asked]:
    """Every recall about one person, the latest first."""
    return _asked(Recall.objects.filter(record__in=list(members)).order_by("-sent_at", "id"), timezone.localdate(at))


def waiting(actor: Actor) -> int:
    """How many wait for the actor's office."""
    own = {"institution": actor.institution, "unit": actor.unit, "office__in": ("", actor.office)}
    return Recall.objects.filter(answer="", **own).count()


def overdue(at: datetime, *, limit: int = 100) -> list[Asked]:
    """Those that nobody answered in time, the oldest first, for the officer for data protection."""
    today = timezone.localdate(at)
    return _asked(Recall.objects.filter(answer="", due_on__lt=today).order_by("due_on")[:limit], today)


def _asked(rows: Collection[Recall], today: date) -> list[Asked]:
    found = list(rows)
    facts = records.facts({persons.anchor_of(row.record) for row in found})
    return [
        Asked(
            row.id, facts[person].code if (person := persons.anchor_of(row.record)) in facts else "", row.purpose,
            row.institution, row.unit, row.office, row.sent_at, row.due_on, row.answer, row.answered_at,
            not row.answer and row.due_on < today,
        )
        for row in found
    ]  # fmt: skip
