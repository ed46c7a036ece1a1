"""Official series as published, and the registers of people beside which they are shown. Nothing here names anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from amparo.kernel.errors import NotFound
from amparo.pack.layouts import SeriesShape
from amparo.registries.models import Batch, Event, SeriesCell, SeriesProblem
from amparo.registries.queries.deliveries import layout_of
from amparo.vault import queries as vault

# Problems that are sums or totals which do not agree; the others say that something is missing or printed twice.
SUMS = ("series.sum", "series.no_total", "series.unequal_totals")


@dataclass(frozen=True, slots=True)
class Taken:
    """The last delivery of a series: how many numbers it has, over which years, and how many sums do not agree."""

    source: str
    batch: UUID
    institution: str
    received_at: datetime
    cells: int
    first_year: int
    last_year: int
    wrong_sums: int


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a series is looked at; empty and zero mean all of it."""

    department: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of a series by item and year, each station and month counted once.

    ``repeated`` are the stations and months, out of ``places``, whose table is printed more than once.
    """

    by_item: Mapping[str, Mapping[int, int]]
    years: Sequence[int]
    places: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A place where a series contradicts itself; ``kind`` is a code of ``registries.messages``."""

    kind: str
    year: int
    month: int
    province: str
    district: str
    station: str
    item: str
    expected: int | None
    found: int | None


def every() -> list[Taken]:
    """The last delivery of each series that was handed in, by source."""
    newest: dict[str, Batch] = {}
    for batch in Batch.objects.filter(kind="series").order_by("received_at", "id"):
        newest[batch.source] = batch
    return [_taken(newest[source]) for source in sorted(newest)]


def get(source: str) -> Taken:
    """The last delivery of a series; raises ``NotFound`` where none was handed in."""
    batch = Batch.objects.filter(kind="series", source=source).order_by("-received_at", "-id").first()
    if batch is None:
        raise NotFound("series.none_here")
    return _taken(batch)


def _taken(batch: Batch) -> Taken:
    told = SeriesCell.objects.filter(batch=batch).aggregate(n=Count("id"), first=Min("year"), last=Max("year"))
    wrong = SeriesProblem.objects.filter(batch=batch, kind__in=SUMS).count()
    return Taken(
        batch.source,
        batch.id,
        batch.institution,
        batch.received_at,
        told["n"],
        told["first"] or 0,
        told["last"] or 0,
        wrong,
    )


def shape_of(source: str) -> SeriesShape | None:
    """Which columns and sums the series has."""
    layout = layout_of(source)
    return layout.series if layout else None


def departments(batch: UUID) -> list[str]:
    """The departments of a series, as its publisher writes them."""
    return list(
        SeriesCell.objects.filter(batch=batch).values_list("department", flat=True).distinct().order_by("department")
    )


def figures(batch: UUID, part: Part, items: Collection[str]) -> Figures:
    """Numbers by item and year. What is printed twice for one station and month counts once, the first time."""
    columns = ("item", "year", "month", "province", "district", "station", "department", "value")
    chosen = _cells(batch, part)
    seen: Counter[tuple[Any, ...]] = Counter()
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for item, year, *place, value in chosen.filter(item__in=items).order_by("row").values_list(*columns):
        name = (item, year, *place)
        seen[name] += 1
        if seen[name] == 1 and value is not None:
            sums[item][year] += value
    places = chosen.values("year", *columns[2:7]).distinct().count()
    again = SeriesProblem.objects.filter(batch=batch, kind="series.twice")
    return Figures(
        {item: dict(by_year) for item, by_year in sums.items()},
        list(chosen.values_list("year", flat=True).distinct().order_by("year")),
        places,
        _narrowed(again, part).count(),
    )


def problems(batch: UUID, part: Part, *, limit: int) -> list[Problem]:
    """The first sums that do not agree, by time and place."""
    rows = _narrowed(SeriesProblem.objects.filter(batch=batch, kind__in=SUMS), part).order_by("id")[:limit]
    return [
        Problem(
            row.kind,
            row.where["year"],
            row.where["month"],
            row.where["province"],
            row.where["district"],
            row.where["station"],
            row.where["item"],
            row.expected,
            row.found,
        )
        for row in rows
    ]


def problem_counts(batch: UUID, part: Part) -> dict[str, int]:
    """How many problems of each kind."""
    rows = _narrowed(SeriesProblem.objects.filter(batch=batch), part).values("kind").annotate(n=Count("id"))
    return {row["kind"]: row["n"] for row in rows.order_by("kind")}


def sums_checked(batch: UUID, part: Part, shape: SeriesShape) -> int:
    """How many sums were checked: every printed total, every one that is missing, and totals that should be equal."""
    chosen = _cells(batch, part).filter(value__isnull=False)
    totals = chosen.filter(item__in=[claimed.total for claimed in shape.sums]).count()
    equal = chosen.filter(item__in=shape.equal_totals)
    compared = (
        equal.count()
        - equal.values("year", "month", "department", "province", "district", "station").distinct().count()
    )
    return totals + max(0, compared) + problem_counts(batch, part).get("series.no_total", 0)


def records_by_year(source: str, event: str, departments: Collection[str]) -> dict[int, int]:
    """Records of a source that hold an event of a type, by its year, at offices of these departments (INEI codes)."""
    standing = Event.objects.filter(type=event, superseded_by__isnull=True, retracts=False)
    standing = standing.exclude(record__in=vault.baits())
    rows = (
        standing.filter(record__source=source, record__department__in=departments)
        .values("on__year")
        .annotate(n=Count("record", distinct=True))
        .order_by("on__year")
    )
    return {row["on__year"]: row["n"] for row in rows}


def last_received(source: str) -> datetime | None:
    """When a source was last handed in."""
    return Batch.objects.filter(source=source).order_by("-received_at").values_list("received_at", flat=True).first()


def _cells(batch: UUID, part: Part) -> QuerySet[SeriesCell]:
    chosen = SeriesCell.objects.filter(batch=batch)
    if part.department:
        chosen = chosen.filter(department=part.department)
    return chosen.filter(year=part.year) if part.year else chosen


def _narrowed(chosen: QuerySet[SeriesProblem], part: Part) -> QuerySet[SeriesProblem]:
    if part.department:
        chosen = chosen.filter(where__department=part.department)
    return chosen.filter(where__year=part.year) if part.year else chosen
