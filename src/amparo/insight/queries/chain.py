"""The chain of services for a region: how many people reached each step of the route, in time, late, or not at all.

Unit: persons (not records, not services), each in her latest cycle. Base of a step: those to whom it applied. Counts
that would point to somebody, alone or beside those of any other view of the region, are hidden before they leave this
module: every view is worked out each time, and hides what the others would give away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import figures
from amparo.casework.queries.figures import Group, PeopleCount, StepCount
from amparo.insight.rules import small, views
from amparo.kernel.errors import Denied
from amparo.ledger import actions as ledger

_PART_OF = {"met": "in_time", "met_late": "late", "due": "pending", "upcoming": "pending", "overdue": "lost"}


@dataclass(frozen=True, slots=True)
class View:
    """What a reader looks at: a department (empty for all), how many years back, children or adults or both."""

    department: str = ""
    years: int = 0
    minor: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One step, or one office, of the chain. The four parts add up to ``base``; ``None`` is a hidden count.

    ``lost`` are those whose term passed undone, or whose case ended before it was done. ``median_days`` from the
    beginning of the step to its being done, of those who reached it; ``None`` below the smallest count shown.
    """

    code: str
    unit: str
    base: int | None
    in_time: int | None
    late: int | None
    pending: int | None
    lost: int | None
    median_days: float | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of a group of persons; ``worst`` is the step that most of those it applied to did not reach."""

    people: int | None
    found_again: int | None
    steps: tuple[Link, ...]
    offices: tuple[Link, ...]
    worst: str


def read(*, actor: Actor, view: View, order: Sequence[str], at: datetime, today: date) -> Chain:
    """The chain that a view shows; ``order`` gives the steps. Raises ``Denied`` for a region that is not the actor's.

    A coordinator sees her region only; whoever has scope over everything sees any, or all together.
    """
    actor.require("chain_read")
    if actor.scope != "all" and view.department not in actor.departments:
        raise Denied("chain.not_your_region")
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="figures.read",
            at=at,
            purpose="coordination",
            basis="role",
            detail={"department": view.department, "minor": str(view.minor)},
        )
    return _chain(view, order, today)


def first_day(years: int, today: date) -> date | None:
    """The day on which a period of so many years back begins; none for all years."""
    return date(today.year - years, today.month, 1) if years else None


def _chain(view: View, order: Sequence[str], today: date) -> Chain:
    region, since = Group(view.department), _since(today)
    waits = _days(figures.waits(Group(view.department, first_day(view.years, today), minor=view.minor)))
    people = _people(figures.people(region, since=since))
    counts = [count for count in figures.steps(region, since=since, by_office=True) if count.step in order]
    steps_of = _grouped((count.step, count) for count in counts)
    offices_of = _grouped((count.office, count) for count in counts if count.office)
    safe = {code: views.safe(views.with_the_others(_cells(found), people)) for code, found in steps_of.items()}
    links = {code: _link(code, found, waits[0][code], safe[code], view) for code, found in steps_of.items()}
    offices = [_office(code, found, waits[1][code], view) for code, found in offices_of.items()]
    steps = tuple(links[code] for code in order if code in links and links[code].base != 0)
    tiles = small.shown(people, views.figures(people, {"people": ("once", "again"), "again": ("again",)}))
    chosen = (view.years, view.minor)
    return Chain(
        # A total is shown where it gives away nothing in any of the steps.
        people=tiles.get(("people", *chosen)) if all(("people", *chosen) in each for each in safe.values()) else None,
        found_again=tiles.get(("again", *chosen)),
        steps=steps,
        offices=tuple(sorted((each for each in offices if each.base != 0), key=lambda link: -(link.lost or 0))),
        worst=_worst(steps),
    )


def _since(today: date) -> list[date]:
    """The first days of all periods, the latest first."""
    return sorted((day for years in views.PERIODS if (day := first_day(years, today))), reverse=True)


def _people(found: Iterable[PeopleCount]) -> dict[views.Cell, int]:
    counts: dict[views.Cell, int] = Counter()
    for each in found:
        counts["again" if each.again else "once", each.minor, each.span] += each.persons
    return counts


def _grouped(counts: Iterable[tuple[str, StepCount]]) -> dict[str, list[StepCount]]:
    found: dict[str, list[StepCount]] = defaultdict(list)
    for code, count in counts:
        found[code].append(count)
    return found


def _days(waits: Iterable[tuple[str, str, int]]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Days waited, by step and by office."""
    by_step: dict[str, list[int]] = defaultdict(list)
    by_office: dict[str, list[int]] = defaultdict(list)
    for step, office, days in waits:
        by_step[step].append(days)
        by_office[office].append(days)
    return by_step, by_office


def _office(code: str, found: Sequence[StepCount], days: Sequence[int], view: View) -> Link:
    """What an office owed, in fives: beside the steps, exact counts would give hidden ones away."""
    link = _link(code, found, days, views.safe(_cells(found)), view)
    base, in_time, late, pending, lost = map(
        small.in_fives, (link.base, link.in_time, link.late, link.pending, link.lost)
    )
    return replace(link, base=base, in_time=in_time, late=late, pending=pending, lost=lost)


def _cells(found: Iterable[StepCount]) -> dict[views.Cell, int]:
    counts: dict[views.Cell, int] = Counter()
    for each in found:
        counts[_part(each), each.minor, each.span] += each.persons
    return counts


def _link(
    code: str, found: Iterable[StepCount], days: Sequence[int], safe: Mapping[views.Figure, int], view: View
) -> Link:
    units: dict[str, int] = Counter()
    for each in found:
        units[each.unit] += each.persons
    base, lost, in_time, late, pending = (safe.get((part, view.years, view.minor)) for part in ("base", *views.PARTS))
    typical = median(days) if len(days) >= small.SMALLEST_SHOWN else None
    return Link(code, max(units, key=lambda unit: units[unit]), base, in_time, late, pending, lost, typical)


def _part(count: StepCount) -> str:
    ended = count.stopped and count.status in ("due", "upcoming")
    return "lost" if ended else _PART_OF[count.status]


def _worst(steps: Sequence[Link]) -> str:
    """The step with the largest share of lost persons among those whose term is over."""
    shares = {
        step.code: step.lost / over
        for step in steps
        if step.lost and step.in_time is not None and step.late is not None
        for over in [step.lost + step.in_time + step.late]
        if over >= small.SMALLEST_SHOWN
    }
    return max(shares, key=lambda code: shares[code]) if shares else ""
