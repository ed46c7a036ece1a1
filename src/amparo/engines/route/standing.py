"""Where a case stands: child or adult, which version of the protocol governs it, who leads it, open or closed.

Age follows the presumption of minority: somebody is a child until it is certain that she is not. A birth known only as
an interval makes her adult on the last day on which she may turn so; with no birth known she is presumed a child.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from amparo.engines.route.history import Cycle, cycles, effective, holds, means
from amparo.engines.route.model import (
    Applies,
    Condition,
    EventCondition,
    FactCondition,
    Facts,
    Route,
    RouteBook,
)
from amparo.engines.route.outcome import Happened


class Pause(NamedTuple):
    """A time during which a step is not owed: from ``start`` until ``end`` (excluded; ``None``: for good).

    ``code`` is the reason that explains it, ``event`` what caused it and ``resumed_by`` what ended it.
    """

    start: date
    end: date | None
    code: str
    event: Happened | None = None
    resumed_by: Happened | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One cycle of a case as it stands on a day.

    ``routes`` are those that govern it: one, or the child's and then the adult's if she came of age in this cycle
    (``turned_adult_on``); ``leads`` are the units that lead the case under each. ``presumed`` says that minority is
    presumed, not known. ``turns_adult_on`` is the day on which she is adult for certain, past or to come; ``None`` for
    whoever began as an adult or has no known birth.
    """

    cycle: int
    started_on: date
    ended_on: date | None
    applies: Applies
    began_as: Applies
    presumed: bool
    turns_adult_on: date | None
    turned_adult_on: date | None
    routes: tuple[Route, ...]
    leads: tuple[str, ...]
    closed_on: date | None

    @property
    def lead(self) -> str:
        """The unit that leads the case now, empty where the routes name none."""
        return self.leads[-1]

    @property
    def version(self) -> str:
        """The version of the protocol that governs the cycle."""
        return self.routes[-1].version if self.routes else ""


def standings(book: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime) -> tuple[Standing, ...]:
    """How each cycle of a case stands at an instant, the first one first; empty where no case has begun."""
    today = local_day(book, now)
    return tuple(standing_of(book, facts, cycle, today) for cycle in cycles(book, effective(events, today)))


def local_day(book: RouteBook, now: datetime) -> date:
    """The day it is in the country at an instant; a time without zone is taken as local."""
    return (now.astimezone(book.timezone) if now.tzinfo else now).date()


def standing_of(book: RouteBook, facts: Facts, cycle: Cycle, today: date) -> Standing:
    """How one cycle stands on a day."""
    certain, presumed = _majority(book, facts, cycle.started_on)
    began_as = Applies.ADULT if certain is not None and certain <= cycle.started_on else Applies.CHILD
    turns = certain if began_as is Applies.CHILD else None
    last_day = today if cycle.ended_on is None else min(today, cycle.ended_on)
    turned = turns if turns is not None and turns <= last_day else None
    kinds = (Applies.CHILD, Applies.ADULT) if turned else (began_as,)
    routes = tuple(route for kind in kinds if (route := book.route(kind, cycle.started_on)))
    leads = tuple(lead_of(route, facts, cycle, age_code(began_as, presumed)) for route in routes) or ("",)
    closed = next((p for p in closed_times(book, cycle, leads[-1], leads, turned) if p.end is None), None)
    return Standing(
        cycle=cycle.number,
        started_on=cycle.started_on,
        ended_on=cycle.ended_on,
        applies=kinds[-1],
        began_as=began_as,
        presumed=presumed,
        turns_adult_on=turns,
        turned_adult_on=turned,
        routes=routes,
        leads=leads,
        closed_on=closed.start if closed else None,
    )


def _majority(book: RouteBook, facts: Facts, started_on: date) -> tuple[date | None, bool]:
    """The day on which she is adult for certain, and whether at the start of the case minority was only presumed."""
    if facts.birth is None:
        return None, True
    birthday = facts.birth.birthday(book.adult_at)
    return birthday.latest, birthday.earliest <= started_on < birthday.latest


def age_code(began_as: Applies, presumed: bool) -> str:
    """The value of the fact ``age`` at the start of a cycle: ``adult``, ``child`` or ``presumed``."""
    return "presumed" if presumed and began_as is Applies.CHILD else began_as.value


def lead_of(route: Route, facts: Facts, cycle: Cycle, age: str) -> str:
    """The unit that leads the case under a route: the first whose conditions hold."""
    for lead in route.leads:
        if all(failing(condition, facts, cycle, age) is None for condition in lead.applies_if):
            return lead.unit
    return ""


def failing(condition: Condition, facts: Facts, cycle: Cycle, age: str) -> tuple[str, str] | None:
    """Why a condition does not hold, as a reason code and the name of the fact or event; ``None`` where it holds."""
    if isinstance(condition, EventCondition):
        happened = any(means(condition.match, event) for event in cycle.by_type.get(condition.match.type, ()))
        return ("condition", condition.match.type) if happened == condition.negated else None
    return _failing_fact(condition, facts, age)


def _failing_fact(condition: FactCondition, facts: Facts, age: str) -> tuple[str, str] | None:
    value = fact(facts, condition.name, age)
    if not value:
        return "unknown_fact", condition.name
    return ("condition", condition.name) if (value in condition.values) == condition.negated else None


def fact(facts: Facts, name: str, age: str) -> str:
    """The code of a fact by name, empty where it is not known."""
    if name == "age":
        return age
    if name == "nationality":
        return facts.nationality
    return facts.documented if name == "documented" else facts.codes.get(name, "")


def closed_times(book: RouteBook, cycle: Cycle, unit: str, leads: tuple[str, ...], turned: date | None) -> list[Pause]:
    """The times during which a cycle is closed for a unit, in order.

    Whoever led the case on the day of a closing closed it for all: what a child's body closed stays closed when the
    adult's body would lead.
    """
    if book.closing.closes.isdisjoint(cycle.by_type):
        return []
    marks = [
        (event.on, reopens, event.id, event)
        for reopens, types in ((False, book.closing.closes), (True, book.closing.reopens))
        for kind in types
        for event in cycle.by_type.get(kind, ())
        if _concerns(book, event, unit, leads[0] if turned is None or event.on < turned else leads[-1])
    ]
    pauses: list[Pause] = []
    closed: Happened | None = None
    for on, reopens, _, event in sorted(marks, key=lambda mark: mark[:3]):
        if reopens and closed is not None:
            pauses.append(Pause(closed.on, on, "closed", closed, event))
            closed = None
        elif not reopens and closed is None:
            closed = event
    if closed is not None:
        pauses.append(Pause(closed.on, None, "closed", closed))
    return pauses


def _concerns(book: RouteBook, event: Happened, unit: str, lead: str) -> bool:
    """Whether a closing or reopening reaches the steps of a unit."""
    if event.unit in ("", lead, unit):
        return True
    return event.type in book.closing.closes and any(holds(event, *end) for end in book.closing.ends_all)
