"""Working out persons in several processes while one of them holds the turn to write.

Each slice is parted among this process and helpers, which only read. Helpers are copies of this process made before it
opens a database again: a connection must not be used on both sides.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connections

from amparo.casework.models import Person
from amparo.casework.queries import materials
from amparo.casework.rules import projecting
from amparo.casework.rules.projecting import Projection, Row
from amparo.pack.current import pack

People = Sequence[frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a later moment makes of persons: those whose rows are others now, and the new lines of all the rest."""

    changed: list[Projection]
    lines: list[Row]


# A helper also hands over what it made, so this process takes a little more of the persons.
_OWN = 1.06
Work = Callable[[People, datetime], list[Moved]]


def projections(people: People, at: datetime) -> list[Projection]:
    """The rows of each person as of a moment, worked out by this process alone."""
    country = projecting.country(pack())
    return [projecting.project(material, country, at) for material in materials.of(people)]


def moved(people: People, at: datetime) -> Moved:
    """The persons as of a moment, held against what is stored of them: most rows are the same and need go nowhere."""
    made = projections(people, at)
    stored = dict(Person.objects.filter(id__in=[each.person[0] for each in made]).values_list("id", "rows"))
    changed = [each for each in made if stored.get(cast(UUID, each.person[0])) != each.person[-1]]
    same = [each.person for each in made if stored.get(cast(UUID, each.person[0])) == each.person[-1]]
    return Moved(changed, same)


def parts(people: People, processes: int) -> list[People]:
    """Persons parted among this process, which comes first, and its helpers: each is in one part."""
    kept = math.ceil(len(people) * _OWN / processes)
    rest = people[kept:]
    return [people[:kept], *(rest[place :: processes - 1] for place in range(processes - 1))]


@contextmanager
def among(processes: int) -> Iterator[Work]:
    """What moves persons on in so many processes. With more than one, no other thread may run and nothing be open."""
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield lambda people, at: [moved(people, at)]
        return
    pack()
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes - 1) as helpers:

        def share(people: People, at: datetime) -> list[Moved]:
            own, *others = parts(people, processes)
            waiting = [helpers.apply_async(moved, (part, at)) for part in others]
            return [moved(own, at), *(each.get() for each in waiting)]

        yield share
