"""Signs that somebody reads out of curiosity, or for somebody else: readings that her work does not explain. Pure.

A person is *explained* to a user who was given her by name or who did something for her of late (wrote, assigned,
answered): reading her is work, however often. What counts are the others, and only beside what the same user did on the
days before: a court clerk's morning is not a shelter's night. Each sign is one sentence that an officer can check; none
of them says that somebody did wrong, and nothing is decided by them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

LOOKS_BACK = timedelta(days=28)
"""How far back the days go with which today is compared."""
_WEEKEND = (5, 6)


class Sign(StrEnum):
    """What is unusual."""

    MANY = "many"
    NAMES = "names"
    WEEK = "week"
    HOUR = "hour"
    ROW = "row"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True)
class Look:
    """One reading: when, by the clock of the country, of whom, and whether her name was opened."""

    at: datetime
    person: UUID
    named: bool = False


Days = Mapping[date, Sequence[Look]]
"""The readings of unexplained persons by day, in order; a day on which there were only others is empty."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on something is a sign; chosen on development seeds of ``bench/snooping.py``, not on its own."""

    # So many unexplained persons in a day, so many names of them, and so many names in seven days.
    many: int = 25
    names: int = 10
    names_of_a_week: int = 20
    # And so many times as many as on the second busiest day, or in the busiest week, of those before: whoever goes
    # through forty files every Friday does what she always does.
    times_usual: float = 1.5
    # Days of her own that are needed before anything is usual; until then a day may be so many times larger.
    enough_days: int = 8
    new_times: float = 1.5
    # So many unexplained persons at an hour, or on a weekend, that is not hers.
    hour: int = 3
    # So many unexplained persons one after the other, within a time in which nobody reads them.
    row: int = 8
    row_within: timedelta = timedelta(minutes=10)
    # One unexplained person on so many days of the last ones.
    follows: int = 5
    follows_within: timedelta = timedelta(days=14)
    # So many accounts at one person in a day. No habits of whole offices stand behind this number: it is judged.
    crowd: int = 5


def signs(looks: Iterable[Look], explained: Collection[UUID], today: date, bounds: Bounds | None = None) -> set[Sign]:
    """The signs in a user's readings of ``today``, given her readings of the days before as well.

    ``explained`` are the persons whom her work explains.
    """
    limits = bounds or Bounds()
    hours: dict[date, set[int]] = defaultdict(set)
    unexplained: dict[date, list[Look]] = {}
    for look in sorted(looks, key=lambda each: each.at):
        day = look.at.date()
        hours[day].add(look.at.hour)
        unexplained.setdefault(day, [])
        if look.person not in explained:
            unexplained[day].append(look)
    now = unexplained.pop(today, [])
    hours.pop(today, None)
    return set(_of_numbers(now, unexplained, today, limits)) | set(_of_manner(now, unexplained, hours, today, limits))


def crowded(looked_at: Iterable[Collection[UUID]], bounds: Bounds | None = None) -> set[UUID]:
    """The persons at whom so many accounts looked in a day, none of them explained by its work.

    ``looked_at`` has the unexplained persons of each account's day. No single reader shows what a case that is talked
    of, or sold, looks like.
    """
    limits = bounds or Bounds()
    accounts = Counter(person for people in looked_at for person in set(people))
    return {person for person, number in accounts.items() if number >= limits.crowd}


def _of_numbers(now: Sequence[Look], before: Days, today: date, limits: Bounds) -> Iterator[Sign]:
    if _people(now) >= _most(limits.many, [_people(day) for day in before.values()], limits):
        yield Sign.MANY
    names = {day: _named(looks) for day, looks in before.items()}
    if _named(now) >= _most(limits.names, list(names.values()), limits):
        yield Sign.NAMES
    weeks: dict[int, int] = defaultdict(int)
    for day, number in names.items():
        weeks[(today - day).days // 7] += number
    usual = limits.times_usual * max((number for week, number in weeks.items() if week), default=0)
    if _named(now) and weeks[0] + _named(now) >= max(limits.names_of_a_week, usual):
        yield Sign.WEEK


def _of_manner(
    now: Sequence[Look], before: Days, hours: Mapping[date, set[int]], today: date, limits: Bounds
) -> Iterator[Sign]:
    if len(hours) >= limits.enough_days and _people(_at_odd_hours(now, hours, today)) >= limits.hour:
        yield Sign.HOUR
    if _in_a_row(now, limits):
        yield Sign.ROW
    if _is_followed(now, before, today, limits):
        yield Sign.FOLLOWS


def _most(least: int, usual: Sequence[int], limits: Bounds) -> float:
    """From where on a number of persons is too many, given those of her days before."""
    if len(usual) < limits.enough_days:
        return least * limits.new_times
    return max(least, limits.times_usual * sorted(usual)[-2])


def _people(looks: Iterable[Look]) -> int:
    return len({look.person for look in looks})


def _named(looks: Iterable[Look]) -> int:
    return _people(look for look in looks if look.named)


def _at_odd_hours(looks: Sequence[Look], hours: Mapping[date, set[int]], today: date) -> Sequence[Look]:
    """Those at an hour that is neither hers nor next to one of hers (two days make it hers), or on a free weekend."""
    if today.weekday() in _WEEKEND and not any(day.weekday() in _WEEKEND for day in hours):
        return looks
    days = Counter(hour for of_day in hours.values() for hour in of_day)
    near = {(hour + step) % 24 for hour, number in days.items() if number >= 2 for step in (-1, 0, 1)}
    return [look for look in looks if look.at.hour not in near]


def _in_a_row(looks: Sequence[Look], limits: Bounds) -> bool:
    """Whether so many persons were gone through so quickly; ``looks`` are in order."""
    first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at > limits.row_within:
            first += 1
        if last - first + 1 >= limits.row and _people(looks[first : last + 1]) >= limits.row:
            return True
    return False


def _is_followed(now: Sequence[Look], before: Days, today: date, limits: Bounds) -> bool:
    """Whether somebody who was looked at today was so on many days of late."""
    lately = [looks for day, looks in before.items() if day > today - limits.follows_within]
    days = Counter(person for looks in lately for person in {look.person for look in looks})
    return any(days[look.person] + 1 >= limits.follows for look in now)
