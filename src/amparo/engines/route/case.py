"""One person's case, read once: what counts of her events, in which cycles, and how each of them stands.

Obligations, the chain and the order of a list all start from this; whoever asks for several of them opens the case
once and hands it to each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from amparo.engines.route.history import Cycle, cycles, effective
from amparo.engines.route.model import Facts, RouteBook
from amparo.engines.route.outcome import Happened
from amparo.engines.route.standing import Standing, local_day, standing_of


@dataclass(frozen=True, slots=True)
class Case:
    """A case at an instant: ``today`` is the day it is in the country, ``cycles`` go from the first to the present."""

    book: RouteBook
    facts: Facts
    now: datetime
    today: date
    cycles: tuple[tuple[Cycle, Standing], ...]

    @property
    def current(self) -> Standing | None:
        """How the present cycle stands; nothing where no case has begun."""
        return self.cycles[-1][1] if self.cycles else None


def open_case(book: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime) -> Case:
    """Read a case; only what has happened by that day counts. A time without zone is taken as the country's own."""
    today = local_day(book, now)
    zoned = now if now.tzinfo else now.replace(tzinfo=book.timezone)
    found = cycles(book, effective(events, today))
    return Case(book, facts, zoned, today, tuple((cycle, standing_of(book, facts, cycle, today)) for cycle in found))
