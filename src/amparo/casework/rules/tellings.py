"""Which events tell of one happening, so that a page shows it once. Pure.

Several registers write down the same rescue, each in its own words. Nothing is joined by this and nothing altered
(law 1): every event stays whole and is shown, under one heading instead of under several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from amparo.registries.queries.events import Written

Tellings = tuple[Written, ...]


def happenings(
    events: Sequence[Written], told_by_many: Collection[str], apart: Collection[UUID] = ()
) -> list[Tellings]:
    """The events by happening, each exactly once, in the order of the first of each happening.

    Events of a type that several institutions tell of are one happening where they have the same day. Two of the same
    institution never are. Where an institution tells of two on one day nobody knows which of them the others mean:
    then those of the same place alone are one. Events in ``apart``, such as corrected ones, stand by themselves.
    """
    order = {event.id: place for place, event in enumerate(events)}
    by_day: dict[object, list[Written]] = defaultdict(list)
    for event in events:
        shared = event.type in told_by_many and event.id not in apart
        by_day[(event.type, event.on) if shared else event.id].append(event)
    found = [
        tuple(sorted(tellings, key=lambda event: order[event.id]))
        for of_one_day in by_day.values()
        for tellings in _of_one_day(of_one_day)
    ]
    return sorted(found, key=lambda tellings: order[tellings[0].id])


def _of_one_day(events: Sequence[Written]) -> Iterable[list[Written]]:
    """The first telling of each institution together, the second ones together, and so on; places apart if needed."""
    is_clear = max(Counter(event.institution for event in events).values()) == 1
    told: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, int], list[Written]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.id):
        place = "" if is_clear else event.place
        found[place, told[event.institution, place]].append(event)
        told[event.institution, place] += 1
    return found.values()
