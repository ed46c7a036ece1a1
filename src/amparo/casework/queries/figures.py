"""Counts of persons and of what they are owed, for the rooms that make figures. No person leaves this module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When

from amparo.casework import models
from amparo.casework.queries import nobody


@dataclass(frozen=True, slots=True)
class Group:
    """Which persons are counted: those known in a department, first known in a span of days, children or adults."""

    department: str = ""
    first_from: date | None = None
    first_to: date | None = None
    minor: bool | None = None


@dataclass(frozen=True, slots=True)
class StepCount:
    """Persons in one status of one step in their latest cycle; ``stopped`` where the case ended before it was done.

    ``minor`` and ``span`` say of whom: under age or not, and first known since the how-manieth of the given days.
    """

    step: str
    unit: str
    office: str
    status: str
    stopped: bool
    minor: bool | None
    span: int
    persons: int


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Persons under age or not, first known in one span of days, rescued more than once or not."""

    again: bool
    minor: bool | None
    span: int
    persons: int


def steps(group: Group, *, since: Sequence[date], by_office: bool = False) -> list[StepCount]:
    """Persons by step and status, each person once a step: in her latest cycle, the first time the step was owed.

    ``since`` are days, the latest first; the span of a person is the place of the first since which she
    is known, and ``len(since)`` for whoever was known before all of them.
    """
    columns = ("step", "unit", *(("office",) if by_office else ()), "status", "stopped", "person__minor", "span")
    rows = (
        _owed(group)
        .annotate(
            stopped=ExpressionWrapper(Q(stopped_on__isnull=False), output_field=BooleanField()),
            span=_span("person__first_on", since),
        )
        .values(*columns)
        .annotate(persons=Count("id"))
        .order_by(*columns)
    )
    return [
        StepCount(
            row["step"], row["unit"], row.get("office", ""), row["status"], row["stopped"],
            row["person__minor"], row["span"], row["persons"],
        )
        for row in rows
    ]  # fmt: skip


def people(group: Group, *, since: Sequence[date]) -> list[PeopleCount]:
    """Persons of a group by age, span (see ``steps``) and whether they were rescued more than once."""
    again = ExpressionWrapper(Q(cycles__gt=1), output_field=BooleanField())
    columns = ("again", "minor", "span")
    rows = _people(group).annotate(again=again, span=_span("first_on", since)).values(*columns)
    counted = rows.annotate(persons=Count("id")).order_by(*columns)
    return [PeopleCount(row["again"], row["minor"], row["span"], row["persons"]) for row in counted]


def _span(column: str, since: Sequence[date]) -> Case:
    spans = [When(**{f"{column}__gte": first}, then=Value(place)) for place, first in enumerate(since)]
    return Case(*spans, default=Value(len(since)), output_field=IntegerField())


def waits(group: Group) -> Iterator[tuple[str, str, int]]:
    """Step, office and days from its beginning to its being done, for each person who reached it."""
    done = _owed(group).filter(fulfilled_on__isnull=False, since__isnull=False)
    for step, office, since, on in done.values_list("step", "office", "since", "fulfilled_on").iterator(5000):
        if since and on:
            yield step, office, max(0, (on - since).days)


def stages(group: Group) -> dict[str, int]:
    """How many persons of the group have come as far as each stage and no further."""
    rows = _people(group).values("stage").annotate(persons=Count("id")).order_by("stage")
    return {row["stage"]: row["persons"] for row in rows}


def by_year(group: Group) -> dict[int, int]:
    """Persons by the year in which they were first known."""
    rows = _people(group).values("first_on__year").annotate(persons=Count("id")).order_by("first_on__year")
    return {row["first_on__year"]: row["persons"] for row in rows if row["first_on__year"]}


def _people(group: Group) -> QuerySet[models.Person]:
    chosen = models.Person.objects.filter(first_on__isnull=False).exclude(id__in=nobody.people())
    if group.department:
        # A join would count a person once for each of her offices.
        chosen = chosen.filter(id__in=models.Reach.objects.filter(department=group.department).values("person"))
    if group.first_from:
        chosen = chosen.filter(first_on__gte=group.first_from)
    if group.first_to:
        chosen = chosen.filter(first_on__lte=group.first_to)
    return chosen if group.minor is None else chosen.filter(minor=group.minor)


def _owed(group: Group) -> QuerySet[models.Obligation]:
    return models.Obligation.objects.filter(
        person__in=_people(group).values("id"), cycle=F("person__cycles"), occurrence=1
    ).exclude(status__in=("not_applicable", "waived"))
