"""What is owed: the list with which a worker's day begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, When
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.queries import nobody, persons, shapes
from amparo.casework.queries.shapes import Obligation, Person
from amparo.ledger import actions as ledger

PAGE = 25
_WEEK = timedelta(days=7)
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
        counts, chosen = _chosen(actor, filters, today)
        people = _people(chosen, max(filters.page, 1))
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
    steps = _steps([person.id for person in people], _narrowed(_owed(actor, filters), filters.show, today))
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
    owed = models.Obligation.objects.filter(is_owed=True)
    if filters.mine and actor.unit:
        owed = owed.filter(unit=actor.unit)
        owed = owed.filter(office__in=(actor.office, "")) if actor.office else owed
    return owed


def _chosen(actor: Actor, filters: Filters, today: date) -> tuple[dict[str, int], QuerySet[models.Person]]:
    """Persons by filter, in one reading, and those that the filter lets through.

    What one office owes is looked up among steps; what anybody owes stands on each person's own line.
    """
    if filters.mine and actor.unit:
        steps = _to_those_in_reach(actor, _owed(actor, filters))
        owing = _narrowed(steps, filters.show, today).values("person")
        return _counted(steps, today), models.Person.objects.filter(owed__gt=0, id__in=owing)
    known = persons.visible(actor).exclude(id__in=nobody.people()).filter(owed__gt=0)
    lines = {"": Q(), "overdue": Q(overdue__gt=0), "week": Q(next_due_on__lte=today + _WEEK)}
    found = known.aggregate(**{f"n_{show}": Count("id", filter=line) for show, line in lines.items()})
    return {show: found[f"n_{show}"] for show in lines}, known.filter(lines[filters.show])


def _counted(steps: QuerySet[models.Obligation], today: date) -> dict[str, int]:
    """To how many persons these steps are owed: in all, with something late, with something due within seven days."""
    late, week = (Max(Case(When(_shown(show, today), then=1), default=0)) for show in ("overdue", "week"))
    each = steps.values("person").annotate(late=late, week=week)
    found = each.aggregate(people=Count("person"), overdue=Sum("late"), this_week=Sum("week"))
    return {"": found["people"], "overdue": found["overdue"] or 0, "week": found["this_week"] or 0}


def _narrowed(owed: QuerySet[models.Obligation], show: str, today: date) -> QuerySet[models.Obligation]:
    return owed.filter(_shown(show, today)) if show else owed


def _shown(show: str, today: date) -> Q:
    """Which steps a filter lets through: those that are late, or those that fall due within seven days."""
    if show == "overdue":
        return Q(status="overdue")
    return Q(status="due", due_on__lte=today + _WEEK)


def _people(chosen: QuerySet[models.Person], page: int) -> list[models.Person]:
    """The persons of one page, the most pressing first. Ids alone are sorted; whole rows are read of the page only."""
    ranked = chosen.order_by("rank", "id").values_list("id", flat=True)
    ids = list(ranked[(page - 1) * PAGE : page * PAGE])
    found = {person.id: person for person in models.Person.objects.filter(id__in=ids)}
    return [found[person] for person in ids if person in found]


def _to_those_in_reach(actor: Actor, owed: QuerySet[models.Obligation]) -> QuerySet[models.Obligation]:
    """Those of the steps that are owed to persons who exist and whom the actor may work with."""
    return persons.to_those_in_reach(actor, owed).exclude(person__in=nobody.people())


def _steps(people: Collection[UUID], owed: QuerySet[models.Obligation]) -> dict[UUID, list[Obligation]]:
    found: dict[UUID, list[Obligation]] = defaultdict(list)
    for step in shapes.obligations(owed.filter(person__in=list(people)).order_by(*_MOST_URGENT)):
        found[step.person].append(step)
    return found


def overdue_people(actor: Actor) -> int:
    """How many persons the actor can reach to whom her own office owes something that is late."""
    late = _to_those_in_reach(actor, _owed(actor, Filters()).filter(status="overdue"))
    return int(late.aggregate(people=Count("person", distinct=True))["people"])
