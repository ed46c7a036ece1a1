"""Alerts without content: to the officer for data protection, and to the offices that hold a record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.access.actors import Actor
from amparo.access.models import Alert
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger

OFFICER = "exclude"
"""The capability of whoever the alerts to the officer are for."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One alert. ``subjects`` are for the officer to follow; an office is told no more than that it happened."""

    id: UUID
    kind: str
    username: str
    subjects: tuple[UUID, ...]
    about: UUID | None
    at: datetime
    seen_at: datetime | None


def tell_officer(
    *, kind: str, subjects: Collection[UUID], username: str, at: datetime, about: UUID | None = None
) -> None:
    """Tell the officer for data protection."""
    Alert.objects.create(kind=kind, subjects=_texts(subjects), username=username, about=about, at=at)


def tell_office(
    *, kind: str, office: tuple[str, str, str], subjects: Collection[UUID], at: datetime, about: UUID | None = None
) -> None:
    """Tell an office, given as institution, unit and its code; every office of the unit where the code is empty."""
    institution, unit, code = office
    Alert.objects.create(
        kind=kind, subjects=_texts(subjects), institution=institution, unit=unit, office=code, about=about, at=at
    )


def was_told(*, kind: str, username: str, since: datetime, about: UUID | None = None) -> bool:
    """Whether the officer was told this of an account, or about something, since a moment."""
    told = Alert.objects.filter(kind=kind, username=username, about=about, institution="", at__gte=since)
    return told.exists()


def of(actor: Actor, *, limit: int = 100) -> list[Raised]:
    """The newest alerts for an actor; who gave rise to one is told to the officer only."""
    officer = actor.can(OFFICER)
    return [_raised(row, officer=officer) for row in _for(actor).order_by("-at", "-id")[:limit]]


def unseen(actor: Actor) -> int:
    """How many alerts nobody has looked at yet."""
    return _for(actor).filter(seen_at=None).count()


def mark_seen(*, actor: Actor, alert_id: UUID, at: datetime) -> None:
    """Note that somebody has looked at an alert; raises ``NotFound`` where it is not for her."""
    actor.require("alerts_read")
    with transaction.atomic():
        if not _for(actor).filter(id=alert_id).exists():
            raise NotFound("alert.unknown")
        _for(actor).filter(id=alert_id, seen_at=None).update(seen_at=at, seen_by=actor.name)
        ledger.record(author=actor.author, act="alert.seen", at=at, purpose="oversight", basis="role")


def _for(actor: Actor) -> QuerySet[Alert]:
    """The officer's own, without those that she herself gave rise to; or an office's."""
    if actor.can(OFFICER):
        return Alert.objects.filter(institution="").exclude(username=actor.name)
    mine = Q(institution=actor.institution, unit=actor.unit) & Q(office__in=("", actor.office))
    return Alert.objects.filter(mine)


def _raised(row: Alert, *, officer: bool) -> Raised:
    subjects = tuple(map(UUID, row.subjects)) if officer else ()
    return Raised(row.id, row.kind, row.username if officer else "", subjects, row.about, row.at, row.seen_at)


def _texts(ids: Collection[UUID]) -> list[str]:
    return [str(each) for each in ids]
