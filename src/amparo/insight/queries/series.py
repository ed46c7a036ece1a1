"""An official series with what the registers of people say of the same place and years.

Three units stand side by side and are never added: what the series counts (complaints, as published), records of one
register, and persons. Counts from registers that would point to somebody are hidden before they leave this module;
the series itself is public and shown as published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import figures as persons
from amparo.casework.queries.figures import Group
from amparo.insight.rules import small
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.pack.definitions import Series
from amparo.pack.places import fold
from amparo.registries.queries import series as registers
from amparo.registries.queries.series import Figures, Part, Problem, Taken

PROBLEMS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by year from one register, or of persons where ``source`` is empty; ``None`` is a hidden count.

    ``as_of`` is the last delivery that the counts rest on.
    """

    source: str
    event: str
    by_year: Mapping[int, int | None]
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """A series, its figures, where it contradicts itself, and what stands beside it.

    ``within_reach`` is false where the reader's region is another one: then nothing is counted in the registers.
    ``known_place`` is false where no department of the country has the publisher's name.
    """

    taken: Taken
    definition: Series
    departments: Sequence[str]
    figures: Figures
    beside: Sequence[Counted]
    problems: Sequence[Problem]
    problem_counts: Mapping[str, int]
    sums_checked: int
    within_reach: bool
    known_place: bool


def listed(*, actor: Actor) -> list[tuple[Taken, Series | None]]:
    """The series that were handed in, with what the pack says of each."""
    actor.require("series_read")
    return [(taken, pack().series.get(taken.source)) for taken in registers.every()]


def read(*, actor: Actor, code: str, part: Part, at: datetime) -> Report:
    """One series beside the registers; raises ``NotFound`` where it was never handed in or the pack does not know it.

    ``part.year`` narrows the problems only: figures are by year anyway.
    """
    actor.require("series_read")
    taken, definition = registers.get(code), pack().series.get(code)
    if definition is None:
        raise NotFound("series.none_here")
    named = registers.departments(taken.batch)
    place = Part(part.department if part.department in named else "")
    codes = _codes([place.department] if place.department else named)
    within = actor.scope == "all" or (bool(codes) and set(codes) <= set(actor.departments))
    figures = registers.figures(taken.batch, place, items_of(definition))
    narrowed = Part(place.department, part.year if part.year in figures.years else 0)
    shape = registers.shape_of(code)
    _record(actor, code, place, at)
    return Report(
        taken=taken,
        definition=definition,
        departments=named,
        figures=figures,
        beside=_beside(definition, codes if within else [], figures.years, at),
        problems=registers.problems(taken.batch, narrowed, limit=PROBLEMS_SHOWN),
        problem_counts=registers.problem_counts(taken.batch, narrowed),
        sums_checked=registers.sums_checked(taken.batch, narrowed, shape) if shape else 0,
        within_reach=within,
        known_place=bool(codes),
    )


def items_of(definition: Series) -> list[str]:
    """The words of the publisher for every total and part that a breakdown shows."""
    return [name for each in definition.breakdowns for name in (each.total, *(part.written for part in each.parts))]


def _codes(names: Sequence[str]) -> list[str]:
    """INEI codes of departments by their names; one that the country does not have is left out."""
    wanted = {fold(name) for name in names}
    return [code for code, name in pack().places.departments().items() if fold(name) in wanted]


def _beside(definition: Series, codes: Sequence[str], years: Sequence[int], at: datetime) -> list[Counted]:
    found = []
    for each in definition.beside:
        by_year = registers.records_by_year(each.source, each.event, codes) if codes else {}
        shown = _shown(by_year, years if codes else ())
        found.append(Counted(each.source, each.event, shown, registers.last_received(each.source)))
    people: dict[int, int] = {}
    for code in codes if len(codes) == 1 else ():
        people = persons.by_year(Group(code))
    found.append(Counted("", "", _shown(people, years if len(codes) == 1 else ()), at))
    return found


def _shown(by_year: Mapping[int, int], years: Sequence[int]) -> dict[int, int | None]:
    """The years beside the total of all years, which the page of the chain shows."""
    counts = {**dict.fromkeys(years, 0), **by_year}
    every = [(0, frozenset(counts)), *((year, frozenset({year})) for year in years)]
    safe = small.shown(counts, every)
    return {year: safe.get(year) for year in years}


def _record(actor: Actor, code: str, place: Part, at: datetime) -> None:
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="figures.read",
            at=at,
            purpose="statistics",
            basis="role",
            detail={"series": code, "department": place.department},
        )
