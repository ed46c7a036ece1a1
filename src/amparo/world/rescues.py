"""Rescues: groups of people found together at a real kind of place, in the years before today."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from amparo.world import dni, families, names, places
from amparo.world.draw import Deck, chance
from amparo.world.persons import Person, draw_person
from amparo.world.seeds import stream

_SIZES = Deck(
    ((1, 30), (2, 22), (3, 15), (4, 10), (5, 7), (6, 5), (7, 4), (8, 3), (9, 2), (10, 1), (11, 0.6), (12, 0.4))
)
_RECENT, _ALL = 540, 1440
_REMEMBERED = 400


@dataclass(frozen=True, slots=True)
class Rescue:
    """People found together: who, where and when. ``again`` are those who had been rescued before."""

    number: int
    on: date
    site: places.Site
    members: tuple[Person, ...]
    again: frozenset[int]


@dataclass(slots=True)
class _Memory:
    """What drawing one rescue needs to know of the ones before it."""

    numbers: dni.Numbers
    met: deque[Person]
    to_return: list[tuple[date, int, Person]]
    people: int = 0

    def next_number(self) -> int:
        self.people += 1
        return self.people


def rescues(people: int, seed: int, today: date) -> Iterator[Rescue]:
    """Every rescue in order of its day; the distinct people in them number exactly ``people``."""
    memory = _Memory(dni.Numbers(), deque(maxlen=_REMEMBERED), [])
    for number, (on, size) in enumerate(_calendar(people, seed, today), start=1):
        yield _rescue(stream(seed, "rescue", number), number, on, size, memory, today)


def _calendar(people: int, seed: int, today: date) -> list[tuple[date, int]]:
    """Days and sizes; seven in ten rescues lie in the last eighteen months, none in the last two days."""
    rng = stream(seed, "calendar")
    left, plan = people, []
    while left > 0:
        size = min(_SIZES.draw(rng), left)
        recent = chance(rng, 0.70)
        ago = rng.randrange(2, _RECENT) if recent else rng.randrange(_RECENT, _ALL)
        plan.append((today - timedelta(days=ago), size))
        left -= size
    return sorted(plan)


def _rescue(rng: Random, number: int, on: date, size: int, memory: _Memory, today: date) -> Rescue:
    site = places.sites().draw(rng)
    returned = _returned(rng, on, memory)
    members: list[Person] = []
    while len(members) < size:
        members.append(_next_member(rng, members, on, site, memory))
    memory.met.extend(members)
    for person in members:
        _plan_return(rng, person, on, memory, today)
    return Rescue(number, on, site, (*members, *returned), frozenset(person.number for person in returned))


def _next_member(rng: Random, members: list[Person], on: date, site: places.Site, memory: _Memory) -> Person:
    """One more person of the group: a relative of the one before, a namesake of somebody met before, or anybody."""
    number = memory.next_number()
    roll = rng.random()
    if members:
        last = members[-1]
        if roll < 0.015:
            return families.twin(rng, last, number, memory.numbers)
        if roll < 0.105:
            return families.sibling(rng, last, number, on, memory.numbers)
        daughter = families.daughter(rng, last, number, on, memory.numbers) if roll < 0.20 else None
        if daughter is not None:
            return daughter
    if memory.met and roll > 0.98:
        return families.namesake(rng, rng.choice(memory.met), number, site, on, memory.numbers)
    return draw_person(rng, number, site, on, memory.numbers)


def _plan_return(rng: Random, person: Person, on: date, memory: _Memory, today: date) -> None:
    """Some are trafficked again and rescued a second time, at least seven months later."""
    if person.age_on(on) < 12 or not chance(rng, 0.06):
        return
    again = on + timedelta(days=rng.randrange(210, 900))
    if again < today:
        heapq.heappush(memory.to_return, (again, person.number, person))


def _returned(rng: Random, on: date, memory: _Memory) -> tuple[Person, ...]:
    """Whoever is due to have been found again by this day joins this group, two at the most, under a new alias."""
    found: list[Person] = []
    while memory.to_return and memory.to_return[0][0] <= on and len(found) < 2:
        person = heapq.heappop(memory.to_return)[2]
        found.append(replace(person, alias=names.ALIASES.draw(rng) if person.alias else ""))
    return tuple(found)
