"""Invented working days of people who read files, and ways of snooping among them; nobody of them exists.

A habit says when somebody works and how many files she opens of her own people and of others. Days that are large or
odd for good reasons are in them on purpose: court days, weekly reviews, nights in a shelter, a colleague's thirty files
taken over, the first week of somebody new, an office that gives nobody to anybody by name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from amparo.casework.rules.snooping import LOOKS_BACK, Look

TODAY = date(2026, 11, 19)
"""A Thursday."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody works: hours, days of the week, files a day, and which share is of people whom her work explains."""

    hours: tuple[int, int]
    weekdays: tuple[int, ...]
    files: tuple[int, int]
    explained: float
    named: float
    # So many files more on one day in so many, spread over three hours, half of them explained.
    large: tuple[int, int] = (0, 0)
    every: int = 0
    days: int = LOOKS_BACK.days


@dataclass(frozen=True, slots=True)
class Life:
    """One user's readings of the days before and of today, and the people whom her work explains."""

    looks: list[Look]
    explained: Collection[UUID]
    others: list[UUID]
    today: date


_WEEK, _ALL = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
HABITS = {
    "case worker": Habit((8, 17), _WEEK, (6, 20), 0.8, 0.25),
    "protection unit": Habit((8, 18), _WEEK, (12, 30), 0.55, 0.2),
    "prosecutor": Habit((8, 19), _WEEK, (5, 15), 0.8, 0.3, large=(25, 40), every=10),
    "weekly review": Habit((8, 17), _WEEK, (4, 12), 0.7, 0.1, large=(30, 50), every=5),
    "shelter by day": Habit((7, 19), _ALL, (8, 16), 0.9, 0.2),
    "shelter by night": Habit((19, 24), _ALL, (5, 12), 0.9, 0.2),
    "small office": Habit((9, 16), _WEEK, (1, 5), 0.85, 0.3),
    "somebody new": Habit((8, 17), _WEEK, (10, 25), 0.6, 0.25, days=5),
    "once a week": Habit((9, 14), (1, 3), (8, 18), 0.75, 0.3),
    "takes over": Habit((8, 17), _WEEK, (6, 15), 0.8, 0.25),
}


def life(habit_name: str, chance: random.Random, today: date = TODAY) -> Life:
    """A user's four weeks (fewer for who is new) until and with today, an ordinary day for her."""
    habit = HABITS[habit_name]
    own = [_id(chance) for _ in range(60)]
    others = [_id(chance) for _ in range(400)]
    looks: list[Look] = []
    for back in range(habit.days, -1, -1):
        day = today - timedelta(days=back)
        if day.weekday() in habit.weekdays and chance.random() > 0.05:
            looks += _day(habit, day, own, others, chance)
    if habit_name == "takes over":
        taken = [_id(chance) for _ in range(30)]
        own += taken
        looks += [Look(_moment(habit, today, chance), person, chance.random() < 0.5) for person in taken]
    return Life(looks, set(own), others, today)


def _day(habit: Habit, day: date, own: list[UUID], others: list[UUID], chance: random.Random) -> list[Look]:
    looks = []
    for _ in range(chance.randint(*habit.files)):
        person = chance.choice(own) if chance.random() < habit.explained else chance.choice(others)
        looks += _with_name(Look(_moment(habit, day, chance), person), habit, chance)
    if habit.every and chance.randrange(habit.every) == 0:
        begins = datetime.combine(day, time(habit.hours[0] + 1))
        for _ in range(chance.randint(*habit.large)):
            person = chance.choice(own) if chance.random() < 0.5 else chance.choice(others)
            looks += _with_name(Look(begins + timedelta(minutes=chance.uniform(0, 180)), person), habit, chance)
    return looks


def _with_name(look: Look, habit: Habit, chance: random.Random) -> list[Look]:
    named = chance.random() < habit.named
    return [look, Look(look.at + timedelta(seconds=30), look.person, True)] if named else [look]


def _moment(habit: Habit, day: date, chance: random.Random) -> datetime:
    return datetime.combine(day, time()) + timedelta(hours=chance.uniform(*habit.hours))


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


Snooping = Callable[[Life, random.Random], list[Look]]
"""What somebody reads besides, that her work does not explain."""


def _at(life: Life, hour: float) -> datetime:
    return datetime.combine(life.today, time()) + timedelta(hours=hour)


def _some(life: Life, number: int, chance: random.Random) -> list[UUID]:
    return chance.sample(life.others, number)


def _down_the_list(life: Life, chance: random.Random) -> list[Look]:
    """One after the other, as the list has them."""
    people, seconds = _some(life, chance.randint(9, 40), chance), chance.uniform(8, 55)
    return [Look(_at(life, 11) + timedelta(seconds=seconds * n), each) for n, each in enumerate(people)]


def _all_day(life: Life, chance: random.Random) -> list[Look]:
    """Many, never in haste."""
    people = _some(life, chance.randint(35, 90), chance)
    return [Look(_at(life, chance.uniform(9, 17)), each) for each in people]


def _names_in_a_row(life: Life, chance: random.Random) -> list[Look]:
    """The names of people of whom only the name is of use."""
    people = _some(life, chance.randint(11, 25), chance)
    return [Look(_at(life, chance.uniform(9, 17)), each, True) for each in people]


def _at_night(life: Life, chance: random.Random) -> list[Look]:
    """When nobody is there."""
    people = _some(life, chance.randint(3, 8), chance)
    return [Look(_at(life, chance.uniform(1, 4)), each) for each in people]


def _every_day_the_same(life: Life, chance: random.Random) -> list[Look]:
    """One person, to know where she is now: a former partner, or somebody who pays for it."""
    person, days = chance.choice(life.others), chance.sample(range(1, 14), chance.randint(4, 9))
    moments = [_at(life, chance.uniform(9, 16)) - timedelta(days=back) for back in (0, *days)]
    return [Look(at, person, chance.random() < 0.3) for at in moments]


def _a_few_sold_each_day(life: Life, chance: random.Random) -> list[Look]:
    """Names looked up for money, few enough a day for nobody to see it in one."""
    days = [back for back in range(6) if (life.today - timedelta(days=back)).weekday() < 5]
    return [
        Look(_at(life, chance.uniform(9, 16)) - timedelta(days=back), each, True)
        for back in days
        for each in _some(life, chance.randint(4, 8), chance)
    ]


def _in_the_break(life: Life, chance: random.Random) -> list[Look]:
    """A dozen in ten minutes, names and all, and nothing else unusual."""
    people = _some(life, chance.randint(9, 14), chance)
    return [Look(_at(life, 13) + timedelta(seconds=45 * n), each, n % 2 == 0) for n, each in enumerate(people)]


def _on_a_sunday(life: Life, chance: random.Random) -> list[Look]:
    """At the usual hours of a day on which the office is shut; the day that is looked at is that one."""
    people = _some(life, chance.randint(3, 9), chance)
    return [Look(_at(life, chance.uniform(9, 17)), each) for each in people]


WAYS: dict[str, Snooping] = {
    "down the list": _down_the_list,
    "all day": _all_day,
    "names": _names_in_a_row,
    "at night": _at_night,
    "the same every day": _every_day_the_same,
    "a few sold each day": _a_few_sold_each_day,
    "in the break": _in_the_break,
    "on a Sunday": _on_a_sunday,
}
SUNDAY = TODAY + timedelta(days=3)


def snooping(way: str, chance: random.Random) -> Life:
    """Somebody who works by day in the week, and besides reads in one of the ways."""
    habit = chance.choice(("case worker", "protection unit", "prosecutor", "weekly review", "small office"))
    usual = life(habit, chance, SUNDAY if way == "on a Sunday" else TODAY)
    return Life(usual.looks + WAYS[way](usual, chance), usual.explained, usual.others, usual.today)
