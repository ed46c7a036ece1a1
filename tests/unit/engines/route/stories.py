"""Builds what the tests of the route speak of: the shipped routes of Peru, people, and what happened to them.

A story is told as ``happened("rescate", "2024-03-04", by="pnp")``; ``given(…)`` holds a person and her events and
answers how a step stands on a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from amparo.engines.route.chain import Chain, chain
from amparo.engines.route.evaluate import evaluate
from amparo.engines.route.model import Facts, RouteBook
from amparo.engines.route.outcome import Happened, Obligation, Status
from amparo.engines.route.risk import Priority, Situation, prioritise, situation
from amparo.engines.route.standing import Standing, standings
from amparo.kernel.dates import Approx
from amparo.kernel.working_days import Calendar, HolidayRule
from amparo.pack.routes import load_routes
from amparo.pack.source import Folder

PACK = Path(__file__).resolve().parents[4] / "packs" / "peru"
CALENDAR = Calendar([HolidayRule("Año Nuevo", 1, 1), HolidayRule("Fiestas Patrias", 7, 28)])


@cache
def peru() -> RouteBook:
    """The routes of Peru as shipped."""
    folder = Folder(PACK)
    book = load_routes(folder, timezone="America/Lima", adult_at=18)
    assert book is not None, [problem.sentence("en") for problem in folder.problems]
    return book


def happened(
    kind: str,
    on: str,
    *,
    by: str = "",
    name: str = "",
    at: str = "",
    corrects: str | None = None,
    void: bool = False,
    said_on: str = "",
    record: str = "",
    **data: str,
) -> Happened:
    """An event; its id is made of what it is unless it has a name."""
    said = datetime.fromisoformat(said_on or on).replace(tzinfo=UTC)
    identity = name or f"{kind}/{on}/{by}/{record}"
    clock = time.fromisoformat(at) if at else None
    return Happened(identity, kind, date.fromisoformat(on), said, by, "", record, data, corrects, void, clock)


def adult(born: str = "1995-05-20", nationality: str = "PER", documented: str = "yes") -> Facts:
    """An adult woman of Peru with papers, unless told otherwise."""
    return Facts(Approx.exact(date.fromisoformat(born)), nationality, documented)


def child(born: str = "2012-05-20", nationality: str = "PER", documented: str = "yes") -> Facts:
    """A child."""
    return adult(born, nationality, documented)


@dataclass(frozen=True)
class Story:
    """A person and what happened to her."""

    facts: Facts
    events: tuple[Happened, ...]
    book: RouteBook = field(default_factory=peru)

    def and_then(self, *events: Happened) -> Story:
        return replace(self, events=self.events + events)

    def on(self, day: str, hour: str = "12:00") -> tuple[Obligation, ...]:
        return evaluate(self.book, self.facts, self.events, self._instant(day, hour), CALENDAR)

    def step(self, code: str, day: str, *, cycle: int = 1, occurrence: int = 1, hour: str = "12:00") -> Obligation:
        wanted = (cycle, code, occurrence)
        found = {obligation.key: obligation for obligation in self.on(day, hour)}
        assert wanted in found, f"no {wanted} among {sorted(found)}"
        return found[wanted]

    def status(self, code: str, day: str, **which: int) -> Status:
        return self.step(code, day, **which).status

    def codes(self, day: str, cycle: int = 1) -> set[str]:
        return {obligation.step for obligation in self.on(day) if obligation.cycle == cycle}

    def standing(self, day: str) -> Standing:
        return standings(self.book, self.facts, self.events, self._instant(day))[-1]

    def chains(self, day: str) -> tuple[Chain, ...]:
        return chain(self.book, self.facts, self.events, self._instant(day))

    def situation(self, day: str) -> Situation:
        return situation(self.book, self.facts, self.events, self._instant(day))

    def priority(self, day: str, units: Sequence[str] = ()) -> Priority:
        return prioritise(self.on(day), self.situation(day), date.fromisoformat(day), units=units)

    def _instant(self, day: str, hour: str = "12:00") -> datetime:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), self.book.timezone)


def given(facts: Facts, *events: Happened) -> Story:
    """A person and her events."""
    return Story(facts, events)
