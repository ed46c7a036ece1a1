"""The chain of services for a region: how many people reached each step of the route, in time, late, or not at all.

Unit: persons (not records, not services), each in her latest cycle. Base of a step: those to whom it applied. Counts
that would point to somebody are hidden before they leave this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import figures
from amparo.casework.queries.figures import Group, StepCount
from amparo.insight.rules import small
from amparo.kernel.errors import Denied
from amparo.ledger import actions as ledger


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


def read(*, actor: Actor, group: Group, order: Sequence[str], at: datetime) -> Chain:
    """The chain for a group; ``order`` gives the steps to show. Raises ``Denied`` for a region that is not the actor's.

    A coordinator sees her region only; whoever has scope over everything sees any, or all together.
    """
    actor.require("chain_read")
    if actor.scope != "all" and group.department not in actor.departments:
        raise Denied("chain.not_your_region")
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="figures.read",
            at=at,
            purpose="coordination",
            basis="role",
            detail={"department": group.department, "minor": str(group.minor)},
        )
    shown = set(order)
    by_step, by_office = _days(figures.waits(group))
    steps_of = _grouped((count.step, count) for count in figures.steps(group) if count.step in shown)
    counts = [count for count in figures.steps(group, by_office=True) if count.step in shown and count.office]
    links = {code: _link(code, found, by_step[code]) for code, found in steps_of.items()}
    offices = [
        _link(code, found, by_office[code]) for code, found in _grouped((each.office, each) for each in counts).items()
    ]
    steps = tuple(links[code] for code in order if code in links)
    return Chain(
        people=small.one(figures.people(group)),
        found_again=small.one(figures.found_again(group)),
        steps=steps,
        offices=tuple(sorted(offices, key=lambda link: -(link.lost or 0))),
        worst=_worst(steps),
    )


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


def _link(code: str, counts: Sequence[StepCount], days: Sequence[int]) -> Link:
    ended = sum(count.persons for count in counts if count.stopped and count.status in ("due", "upcoming"))
    by_status: dict[str, int] = defaultdict(int)
    for count in counts:
        by_status[count.status] += count.persons
    pending = by_status["due"] + by_status["upcoming"] - ended
    base, (in_time, late, waiting, lost) = small.parts(
        (by_status["met"], by_status["met_late"], pending, by_status["overdue"] + ended)
    )
    typical = median(days) if len(days) >= small.SMALLEST_SHOWN else None
    units: dict[str, int] = defaultdict(int)
    for count in counts:
        units[count.unit] += count.persons
    return Link(code, max(units, key=lambda unit: units[unit]), base, in_time, late, waiting, lost, typical)


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
