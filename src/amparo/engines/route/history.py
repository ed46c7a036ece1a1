"""From the events as they arrived to the events that count, and from those to the cycles of a case.

Everything here depends only on the set of events, never on the order in which they came: they are sorted by the day
on which they happened and by id, and corrections are settled by who supersedes whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from amparo.engines.route.model import EventMatch, RouteBook
from amparo.engines.route.outcome import Happened

_IN_ORDER = attrgetter("on", "id")
_LAST_SAID = attrgetter("recorded_at", "id")
_SAME_ID = attrgetter("recorded_at", "on", "type", "unit")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One rescue and what followed it, up to the next rescue.

    ``started_on`` is the day of the rescue, or of the first event of a case without one; earlier events of the first
    cycle (the complaint that led to the rescue) belong to it too. ``by_type`` holds the events in order.
    """

    number: int
    started_on: date
    ended_on: date | None
    by_type: Mapping[str, Sequence[Happened]]

    def first(self, matches: Sequence[EventMatch], *, since: date | None = None) -> Happened | None:
        """The earliest event that any of ``matches`` means, on or after ``since`` where that is given."""
        best: Happened | None = None
        for match in matches:
            for event in self.by_type.get(match.type, ()):
                if (since is None or event.on >= since) and (match.plain or means(match, event)):
                    if best is None or (event.on, event.id) < (best.on, best.id):
                        best = event
                    break
        return best

    def all(self, matches: Sequence[EventMatch]) -> list[Happened]:
        """Every event that any of ``matches`` means, in order, each once."""
        found = [e for match in matches for e in self.by_type.get(match.type, ()) if match.plain or means(match, e)]
        if len(found) < 2:
            return found
        return sorted({event.id: event for event in found}.values(), key=_IN_ORDER)


def means(match: EventMatch, event: Happened) -> bool:
    """Whether an event of the right type also has the fields and the writer that the match asks for."""
    if match.by and event.unit not in match.by:
        return False
    return not match.where or all(holds(event, name, codes) for name, codes in match.where)


def holds(event: Happened, name: str, codes: frozenset[str]) -> bool:
    """Whether a field of an event holds at least one of the codes; several values are joined by ``;``."""
    value = event.data.get(name, "")
    return value in codes or (";" in value and any(part.strip() in codes for part in value.split(";")))


def effective(events: Iterable[Happened], today: date) -> list[Happened]:
    """The events that count on a day, in order: each id once, corrections settled, nothing from the future.

    An event that another supersedes does not count, whatever became of that other one. Of several corrections of the
    same event the last recorded counts. A correction that is ``void`` leaves nothing.
    """
    by_id: dict[str, Happened] = {}
    corrected = False
    for event in events:
        known = by_id.get(event.id)
        if known is None or _SAME_ID(event) > _SAME_ID(known):
            by_id[event.id] = event
        corrected = corrected or event.supersedes is not None or event.void
    live = _settled(by_id) if corrected else by_id.values()
    return sorted((event for event in live if event.on <= today), key=_IN_ORDER)


def _settled(by_id: Mapping[str, Happened]) -> Iterator[Happened]:
    superseded = {event.supersedes for event in by_id.values()} - {None}
    last: dict[str, Happened] = {}
    for event in by_id.values():
        if event.id in superseded:
            continue
        root = _root(event, by_id)
        rival = last.get(root)
        if rival is None or _LAST_SAID(event) > _LAST_SAID(rival):
            last[root] = event
    return (event for event in last.values() if not event.void)


def _root(event: Happened, by_id: Mapping[str, Happened]) -> str:
    """The id of what was first said, following corrections back; it may be an event that has not arrived yet."""
    root, seen = event.id, {event.id}
    current: Happened | None = event
    while current is not None and current.supersedes is not None and current.supersedes not in seen:
        root = current.supersedes
        seen.add(root)
        current = by_id.get(root)
    return root


def cycles(book: RouteBook, events: Sequence[Happened]) -> list[Cycle]:
    """The cycles of a case, from events in order; none where nothing but background is known."""
    started_on = _case_start(book, events)
    if started_on is None:
        return []
    starts = [started_on, *_rescues(book, events)[1:]]
    found, position = [], 0
    for number, start in enumerate(starts, 1):
        ended_on = starts[number] if number < len(starts) else None
        by_type: dict[str, list[Happened]] = {}
        while position < len(events) and (ended_on is None or events[position].on < ended_on):
            event = events[position]
            by_type.setdefault(event.type, []).append(event)
            position += 1
        found.append(Cycle(number, start, ended_on, by_type))
    return found


def _case_start(book: RouteBook, events: Sequence[Happened]) -> date | None:
    """The first rescue; in a case without one, the first event that is not background."""
    rescue = next((event.on for event in events if event.type == book.rescue), None)
    return rescue or next((event.on for event in events if event.type not in book.background), None)


def _rescues(book: RouteBook, events: Sequence[Happened]) -> list[date]:
    """The days of separate rescues.

    Several institutions tell of one rescue with dates some days apart, so reports within ``same_rescue_days`` of the
    first are one. A record that tells of two days tells of two rescues: had it erred it would have corrected itself.
    """
    days: list[date] = []
    told: dict[str, date] = {}
    for event in events:
        if event.type != book.rescue:
            continue
        apart = not days or (event.on - days[-1]).days > book.same_rescue_days
        if apart or told.get(event.record_id or event.id, event.on) != event.on:
            days.append(event.on)
            told = {}
        if event.record_id:
            told[event.record_id] = event.on
    return days
