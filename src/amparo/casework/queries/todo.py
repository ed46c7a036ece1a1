"""What is owed: the list with which a worker's day begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, When
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.queries import nobody, persons, shapes
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
        owed = _owed(actor, filters)
        counts = _counts(actor, owed, today)
        chosen = _narrowed(owed, filters.show, today)
        people = _people(actor, chosen, max(filters.page, 1))
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
    steps = _steps([person.id for person in people], chosen)
    total = counts[filters.show]
    return TodoList(
        people=tuple(Owed(shapes.person(person), tuple(steps[person.id])) for person in people),
        total=total,
        overdue=counts["overdue"],
        this_week=counts["week"],
        pages=max(1, -(-total // PAGE)),
        initials=persons.initials_among(members),
    )


def _owed(actor: Actor, filters: Filters) -> QuerySet[models.Obligation]:
    """Steps that are work for somebody today, whomever they are owed to."""
    owed = models.Obligation.objects.filter(is_owed=True).exclude(person__in=nobody.people())
    if filters.mine and actor.unit:
        owed = owed.filter(unit=actor.unit)
        owed = owed.filter(office__in=(actor.office, "")) if actor.office else owed
    return owed


def _narrowed(owed: QuerySet[models.Obligation], show: str, today: date) -> QuerySet[models.Obligation]:
    return owed.filter(_shown(show, today)) if show else owed


def _shown(show: str, today: date) -> Q:
    """Which steps a filter lets through: those that are late, or those that fall due within seven days."""
    if show == "overdue":
        return Q(status="overdue")
    return Q(status="due", due_on__lte=today + timedelta(days=7))


def _counts(actor: Actor, owed: QuerySet[models.Obligation], today: date) -> dict[str, int]:
    """Persons by filter, in one reading: to whom anything is owed, with something late, due within seven days."""
    each = persons.to_those_in_reach(actor, owed).values("person")
    each = each.annotate(late=Max(_one_where(_shown("overdue", today))), week=Max(_one_where(_shown("week", today))))
    found = each.aggregate(people=Count("person"), overdue=Sum("late"), this_week=Sum("week"))
    return {"": found["people"], "overdue": found["overdue"] or 0, "week": found["this_week"] or 0}


def _one_where(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0)


def _people(actor: Actor, owed: QuerySet[models.Obligation], page: int) -> list[models.Person]:
    """The persons of one page, the most pressing first. Ids alone are sorted; whole rows are read of the page only."""
    ranked = persons.visible(actor).filter(Exists(owed.filter(person=OuterRef("pk")))).order_by("rank", "id")
    ids = list(ranked.values_list("id", flat=True)[(page - 1) * PAGE : page * PAGE])
    found = {person.id: person for person in models.Person.objects.filter(id__in=ids)}
    return [found[person] for person in ids if person in found]


def _steps(people: Collection[UUID], owed: QuerySet[models.Obligation]) -> dict[UUID, list[Obligation]]:
    found: dict[UUID, list[Obligation]] = defaultdict(list)
    for step in shapes.obligations(owed.filter(person__in=list(people)).order_by(*_MOST_URGENT)):
        found[step.person].append(step)
    return found


def overdue_people(actor: Actor) -> int:
    """How many persons the actor can reach to whom her own office owes something that is late."""
    late = persons.to_those_in_reach(actor, _owed(actor, Filters()).filter(status="overdue"))
    return int(late.aggregate(people=Count("person", distinct=True))["people"])
