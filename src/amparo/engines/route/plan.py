"""Which steps of which routes a case must follow, worked out once per pair of routes and remembered.

Somebody who comes of age mid-route goes from the child's route to the adult's. A step that both routes have goes on
under whatever began it; one that only the child's has ends on the birthday; one that only the adult's has can only be
started by what happens from the birthday on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from amparo.engines.route.model import Applies, EventMatch, Route, Step


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One step of a plan: as the child's route has it, as the adult's has it, or both."""

    child: Step | None
    adult: Step | None
    adult_route: Route | None
    first: tuple[Step, Route]
    """The definition that rules it at first, with its route: the child's where there is one."""
    last: tuple[Step, Route]
    """The definition that rules it in the end: the adult's where there is one."""
    touched_by: frozenset[str]
    """Types of events that start, do, waive or stop it; a case that has none of them need not be looked at closer."""


@lru_cache(maxsize=256)
def plan(routes: tuple[Route, ...]) -> tuple[Item, ...]:
    """The steps of one route, or of a child's and an adult's in turn, in the order of the protocol."""
    child = next((route for route in routes if route.applies is Applies.CHILD), None)
    adult = next((route for route in routes if route.applies is Applies.ADULT), None)
    later = {step.code: step for step in adult.steps} if adult else {}
    items = []
    for step in child.steps if child else ():
        continued = later.pop(step.code, None)
        items.append(_item((_merged(step, continued), child), (continued, adult)))
    return (*items, *(_item((None, child), (step, adult)) for step in later.values()))


def _item(child: tuple[Step | None, Route | None], adult: tuple[Step | None, Route | None]) -> Item:
    """An item out of the child's step and route and the adult's; a plan has no item without either."""
    defined = [(step, route) for step, route in (child, adult) if step is not None and route is not None]
    matches = [
        match
        for step, _ in defined
        for match in step.starts_when + step.fulfilled_by + step.waived_by + step.stops_when
    ]
    touched_by = frozenset(match.type for match in matches)
    return Item(child[0], adult[0], adult[1], defined[0], defined[-1], touched_by)


def _merged(child: Step, adult: Step | None) -> Step:
    """The child's step that an adult's continues: what would do or end either does it."""
    if adult is None:
        return child
    return replace(
        child,
        fulfilled_by=_union(child.fulfilled_by, adult.fulfilled_by),
        waived_by=_union(child.waived_by, adult.waived_by),
        lifted_by=_union(child.lifted_by, adult.lifted_by),
        stops_when=_union(child.stops_when, adult.stops_when),
    )


def _union(first: tuple[EventMatch, ...], second: tuple[EventMatch, ...]) -> tuple[EventMatch, ...]:
    return tuple(dict.fromkeys(first + second))
