"""Which events tell of one happening, so that a page shows it once. Pure.

Several registers write down the same rescue, each in its own words. Nothing is joined by this and nothing altered
(law 1): every event stays whole and is shown, under one heading instead of under several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from amparo.registries.queries.events import Written

Tellings = tuple[Written, ...]


def happenings(
    events: Sequence[Written],
    told_by_many: Collection[str],
    apart: Collection[UUID] = (),
    district_of: Callable[[str], str] = str,
) -> list[Tellings]:
    """The events by happening, each exactly once, in the order of the first of each happening.

    Events of a type that several registers tell of are one happening where they have the same day. Two of the same
    record never are; two records of one register, who wrote her down twice, are, unless their places differ. Where a
    register tells of two on one day nobody knows which of them the others mean: then those of the same district alone
    are one, and one without a place stands by itself. ``district_of`` gives the district of a place. Events in
    ``apart``, such as corrected ones, stand by themselves, too.
    """
    order = {event.id: place for place, event in enumerate(events)}
    by_day: dict[object, list[Written]] = defaultdict(list)
    for event in events:
        shared = event.type in told_by_many and event.id not in apart
        by_day[(event.type, event.on) if shared else event.id].append(event)
    found = [
        tuple(sorted(tellings, key=lambda event: order[event.id]))
        for of_one_day in by_day.values()
        for tellings in _of_one_day(of_one_day, district_of)
    ]
    return sorted(found, key=lambda tellings: order[tellings[0].id])


def _of_one_day(events: Sequence[Written], district_of: Callable[[str], str]) -> Iterable[list[Written]]:
    """The first telling of each record together, the second ones together, and so on; districts apart if needed."""
    is_clear = _tells_of_one(events, district_of)
    told: Counter[tuple[UUID, object]] = Counter()
    found: dict[tuple[object, int], list[Written]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.id):
        place = "" if is_clear else (district_of(event.place) if event.place else event.id)
        found[place, told[event.record, place]].append(event)
        told[event.record, place] += 1
    return found.values()


def _tells_of_one(events: Sequence[Written], district_of: Callable[[str], str]) -> bool:
    """Whether no register tells of two: no record of it does, and no two of its records are of different districts.

    A register is a kind of office of an institution.
    """
    districts = {(event.institution, event.unit, district_of(event.place)) for event in events if event.place}
    registers = Counter((institution, unit) for institution, unit, _ in districts)
    records = Counter(event.record for event in events)
    return max(records.values()) == 1 and max(registers.values(), default=0) <= 1
