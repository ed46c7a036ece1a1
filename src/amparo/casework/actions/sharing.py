"""Working out persons in several processes while one of them holds the turn to write.

Each slice is parted among this process and helpers, which only read. Helpers are copies of this process made before it
opens a database again: a connection must not be used on both sides.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connections

from amparo.casework.queries import materials
from amparo.casework.rules import projecting
from amparo.casework.rules.projecting import Projection
from amparo.pack.current import pack

People = Sequence[frozenset[UUID]]
Work = Callable[[People, datetime], list[Projection]]


def projections(people: People, at: datetime) -> list[Projection]:
    """The rows of each person as of a moment, worked out by this process alone."""
    country = projecting.country(pack())
    return [projecting.project(material, country, at) for material in materials.of(people)]


@contextmanager
def among(processes: int) -> Iterator[Work]:
    """What works persons out in so many processes. With more than one, no other thread may run and nothing be open."""
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield projections
        return
    pack()
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes - 1) as helpers:

        def share(people: People, at: datetime) -> list[Projection]:
            own, *others = (people[place::processes] for place in range(processes))
            waiting = [helpers.apply_async(projections, (part, at)) for part in others]
            return [*projections(own, at), *(made for each in waiting for made in each.get())]

        yield share
