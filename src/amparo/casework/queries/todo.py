"""What is owed: the list with which a worker's day begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.queries import persons, shapes
from amparo.casework.queries.shapes import Obligation, Person
from amparo.ledger import actions as ledger

PAGE = 25
# Late before owed ("overdue" sorts behind "due"), what keeps her safe before the rest, the oldest term first.
_MOST_URGENT = ("-status", "-critical", F("due_on").asc(nulls_last=True), "position")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: ``mine`` leaves what others owe out; ``show`` is ``overdue``, ``week`` or empty for both."""

    mine: bool = True
    show: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Owed:
    """A person with the steps owed to her that the filter lets through, the oldest first."""

    person: Person
    steps: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class TodoList:
    """One page of the list with the counts of persons behind each filter."""

    people: tuple[Owed, ...]
    total: int
    overdue: int
    this_week: int
    pages: int
    initials: dict[UUID, str]


def read(*, actor: Actor, filters: Filters, at: datetime) -> TodoList:
    """The actor's list, ordered by risk and delay; the ledger notes whose codes were shown."""
    actor.require("my_list")
    today = timezone.localdate(at)
    with transaction.atomic():
        reachable = persons.visible(actor)
        owed = _owed(actor, filters)
        counts = _counts(reachable, owed, today)
        chosen = reachable.filter(id__in=_narrowed(owed, filters.show, today).values("person"))
        total = chosen.count()
        first = (max(filters.page, 1) - 1) * PAGE
        people = list(chosen.order_by("rank", "id")[first : first + PAGE])
        members = persons.records_of([person.id for person in people])
        shown = [record for ids in members.values() for record in ids]
        ledger.record(
            author=actor.author,
            act="list.read",
            at=at,
            purpose="follow_up",
            basis="relation",
            subjects=shown,
            detail={"mine": filters.mine, "show": filters.show, "page": filters.page, "people": len(people)},
        )
    steps = _steps([person.id for person in people], _narrowed(owed, filters.show, today))
    listed = tuple(Owed(shapes.person(person), tuple(steps[person.id])) for person in people)
    pages = max(1, -(-total // PAGE))
    return TodoList(listed, total, *counts, pages, persons.initials_of([person.id for person in people]))


def _owed(actor: Actor, filters: Filters) -> QuerySet[models.Obligation]:
    owed = models.Obligation.objects.filter(is_owed=True)
    if filters.mine and actor.unit:
        owed = owed.filter(unit=actor.unit)
        owed = owed.filter(Q(office=actor.office) | Q(office="")) if actor.office else owed
    return owed


def _narrowed(owed: QuerySet[models.Obligation], show: str, today: date) -> QuerySet[models.Obligation]:
    if show == "overdue":
        return owed.filter(status="overdue")
    if show == "week":
        return owed.filter(status="due", due_on__lte=today + timedelta(days=7))
    return owed


def _counts(reachable: QuerySet[models.Person], owed: QuerySet[models.Obligation], today: date) -> tuple[int, int]:
    """Persons with something overdue, and with something due within seven days."""
    within = reachable.filter(id__in=_narrowed(owed, "overdue", today).values("person"))
    week = reachable.filter(id__in=_narrowed(owed, "week", today).values("person"))
    return within.count(), week.count()


def _steps(people: Collection[UUID], owed: QuerySet[models.Obligation]) -> dict[UUID, list[Obligation]]:
    found: dict[UUID, list[Obligation]] = defaultdict(list)
    for step in shapes.obligations(owed.filter(person__in=list(people)).order_by(*_MOST_URGENT)):
        found[step.person].append(step)
    return found


def overdue_people(actor: Actor) -> int:
    """How many persons the actor can reach to whom her own office owes something that is late."""
    late = _owed(actor, Filters()).filter(status="overdue")
    return persons.visible(actor).filter(id__in=late.values("person")).count()
