"""What a row says has happened: deriving events from it, and telling what is new since the row's last version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from amparo.pack.layouts import EventRule

_ANY = "*"
K = TypeVar("K")


class Derived(NamedTuple):
    """An event as a row tells it. ``slot`` is the part of the row it comes from; ``on`` is an ISO date."""

    type: str
    slot: str
    on: str
    place: str = ""
    data: Mapping[str, str] = {}

    def to_json(self) -> list[Any]:
        """A form that JSON can hold and :meth:`from_json` reads back."""
        return list(self)

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> Derived:
        """Read what :meth:`to_json` wrote."""
        return cls(*value)


class Rules:
    """The rules of a layout, taken apart once for the many rows that they are asked of."""

    def __init__(self, rules: Iterable[EventRule]) -> None:
        self._rules = [_Rule(rule) for rule in rules]

    def derive(self, values: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Derived]:
        """The events of one row. ``values`` and ``lists`` hold converted values by column.

        The second event of a rule on the same day gets ``#2`` in its slot, and so on, so that every slot and day is
        one.
        """
        found: list[Derived] = []
        items = {name: [{**values, **item} for item in listed] for name, listed in lists.items()}
        for rule in self._rules:
            if rule.each:
                found += _numbered(filter(None, map(rule.event, items.get(rule.each, ()))))
            elif event := rule.event(values):
                found.append(event)
        return found


def _numbered(events: Iterable[Derived]) -> Iterator[Derived]:
    """The events of one rule, each with a slot and day that are its own."""
    count: dict[str, int] = defaultdict(int)
    for event in events:
        count[event.on] += 1
        number = count[event.on]
        yield event if number == 1 else event._replace(slot=f"{event.slot}#{number}")


class _Rule:
    """One rule: what must hold, and where the parts of its event stand."""

    __slots__ = ("_columns", "_fixed", "_key", "_on", "_otherwise_on", "_place", "_type", "_when", "each")

    def __init__(self, rule: EventRule) -> None:
        self.each, self._on, self._otherwise_on = rule.each, rule.on, rule.otherwise_on
        self._type, self._key, self._place = rule.type, rule.key, rule.place
        self._when = [
            (column, accepted and (accepted == (_ANY,) or set(accepted))) for column, accepted in rule.when.items()
        ]
        self._fixed = {name: source[1:] for name, source in rule.data.items() if source.startswith("=")}
        self._columns = [(name, source) for name, source in rule.data.items() if not source.startswith("=")]

    def event(self, values: Mapping[str, str]) -> Derived | None:
        """The event that the values tell; none where no column says when, or where something else must hold."""
        on = values.get(self._on) or values.get(self._otherwise_on)
        if not on or (self._when and not self._holds(values)):
            return None
        place = ""
        for column in self._place:
            if place := values.get(column, ""):
                break
        data = self._fixed.copy()
        for name, column in self._columns:
            if value := values.get(column):
                data[name] = value
        return Derived(self._type, self._key, on, place, data)

    def _holds(self, values: Mapping[str, str]) -> bool:
        """Whether every column has an accepted code; any at all, or none, where the rule says so."""
        for column, accepted in self._when:
            value = values.get(column, "")
            if isinstance(accepted, set):
                if accepted.isdisjoint(value.split(";")):
                    return False
            elif bool(value) != bool(accepted):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Changes(Generic[K]):
    """What a new version does to the events of a record; ``K`` is how the caller names an event already written."""

    added: tuple[Derived, ...] = ()
    # The older event's name, and what takes its place.
    superseded: tuple[tuple[K, Derived], ...] = ()
    # Names of events that the new version does not tell any more.
    retracted: tuple[K, ...] = ()


def changes(
    before: Mapping[K, Derived], after: Sequence[Derived], latest_only: frozenset[str] = frozenset()
) -> Changes[K]:
    """Compare the standing events of a record's last version with those of the new one.

    Equal events stay untouched. Within one part of the row an event of the same day is corrected in place; what is
    left pairs up in order of day, so that a corrected date supersedes; the rest is added or taken back. In the parts
    named in ``latest_only`` the file shows only the last of several events: those before it stand.
    """
    added: list[Derived] = []
    superseded: list[tuple[K, Derived]] = []
    retracted: list[K] = []
    old, new = _by_part(before), _by_part(dict(enumerate(after)))
    for part in sorted({*old, *new}):
        match = _match_latest if part[1] in latest_only else _match
        pairs, gone, come = match(old.get(part, []), new.get(part, []))
        superseded += pairs
        retracted += gone
        added += come
    return Changes(tuple(added), tuple(superseded), tuple(retracted))


def _by_part(events: Mapping[K, Derived]) -> dict[tuple[str, str], list[tuple[K, Derived]]]:
    """Events by type and part of the row, in order of day; the number of a repetition is no part of the part."""
    parts: dict[tuple[str, str], list[tuple[K, Derived]]] = defaultdict(list)
    for name, event in events.items():
        parts[event.type, event.slot.partition("#")[0]].append((name, event))
    for listed in parts.values():
        listed.sort(key=lambda item: (item[1].on, item[1].slot))
    return parts


def _match_latest(
    old: list[tuple[K, Derived]], new: Sequence[tuple[Any, Derived]]
) -> tuple[list[tuple[K, Derived]], list[K], list[Derived]]:
    """A later event is added; one of the last day, or before it, corrects the last; none shown takes nothing back."""
    if not new or not old:
        return [], [], [event for _, event in new]
    shown = new[-1][1]
    name, last = old[-1]
    if any(event == shown for _, event in old):
        return [], [], []
    return ([], [], [shown]) if shown.on > last.on else ([(name, shown)], [], [])


def _match(
    old: list[tuple[K, Derived]], new: Sequence[tuple[Any, Derived]]
) -> tuple[list[tuple[K, Derived]], list[K], list[Derived]]:
    """Pairs to supersede, names to retract and events to add within one part."""
    coming = [event for _, event in new]
    left: list[tuple[K, Derived]] = []
    for name, event in old:
        if event in coming:
            coming.remove(event)
        else:
            left.append((name, event))
    pairs: list[tuple[K, Derived]] = []
    for same_day in (True, False):
        for item in list(left):
            partner = next((event for event in coming if not same_day or event.on == item[1].on), None)
            if partner is not None:
                pairs.append((item[0], partner))
                left.remove(item)
                coming.remove(partner)
    return pairs, [name for name, _ in left], coming
