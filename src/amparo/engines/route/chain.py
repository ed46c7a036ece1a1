"""How far each cycle of a case has come along the chain of help, and how long each link took.

The coordinator's picture: rescued, informed, referred, received, attended, with a plan, followed up, closed. Pure, over
events; which events reach a stage is data of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from amparo.engines.route.case import Case, open_case
from amparo.engines.route.history import Cycle
from amparo.engines.route.model import Applies, Facts, RouteBook, Stage
from amparo.engines.route.outcome import Happened
from amparo.engines.route.standing import Standing


class Link(NamedTuple):
    """One stage of the chain. Days are whole, never negative; all but ``stage`` are ``None`` while it is not reached.

    ``days_from_start`` counts from the start of the cycle, ``days_from_previous`` from the nearest earlier stage that
    was reached; an event dated before that one (registries err) counts as 0 days.
    """

    stage: str
    on: date | None = None
    event: str | None = None
    days_from_start: int | None = None
    days_from_previous: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one cycle. ``furthest`` is the last stage reached; ``broken_at`` the first one that was not.

    ``began_as`` says whether she was a child when the cycle began, which decides what it is counted under.
    """

    cycle: int
    started_on: date
    began_as: Applies
    version: str
    lead: str
    closed_on: date | None
    links: tuple[Link, ...]
    furthest: str
    broken_at: str

    def link(self, stage: str) -> Link | None:
        """The link of a stage."""
        return next((link for link in self.links if link.stage == stage), None)


def chain(book: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime) -> tuple[Chain, ...]:
    """The chain of every cycle of one person, the first one first; the last is where she stands now."""
    return chains(open_case(book, facts, events, now))


def chains(case: Case) -> tuple[Chain, ...]:
    """The same for a case that was opened already."""
    return tuple(_of_cycle(case.book, cycle, standing) for cycle, standing in case.cycles)


def _of_cycle(book: RouteBook, cycle: Cycle, standing: Standing) -> Chain:
    links: list[Link] = []
    last: date | None = None
    for stage in book.stages:
        event = _reached(stage, cycle, standing)
        if event is None:
            links.append(Link(stage.code))
            continue
        since_last = None if last is None else max(0, (event.on - last).days)
        links.append(Link(stage.code, event.on, event.id, max(0, (event.on - cycle.started_on).days), since_last))
        last = event.on
    reached = [link.stage for link in links if link.on is not None]
    return Chain(
        cycle=cycle.number,
        started_on=cycle.started_on,
        began_as=standing.began_as,
        version=standing.version,
        lead=standing.lead,
        closed_on=standing.closed_on,
        links=tuple(links),
        furthest=reached[-1] if reached else "",
        broken_at=next((link.stage for link in links if link.on is None), ""),
    )


def _reached(stage: Stage, cycle: Cycle, standing: Standing) -> Happened | None:
    """The event that first reached a stage; what reaches it for an adult counts too once she is one."""
    matches = stage.matches(child=standing.began_as is Applies.CHILD)
    if standing.turned_adult_on is not None:
        matches += stage.adult_reached_by
    return cycle.first(matches)
