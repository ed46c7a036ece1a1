"""What is known while one cycle of a case is being evaluated, and one stretch of time in which a step is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from amparo.engines.route.history import Cycle
from amparo.engines.route.model import LEAD, Facts, Route, RouteBook, Step, Term
from amparo.engines.route.outcome import Happened
from amparo.engines.route.standing import Pause, Standing, age_code, closed_times
from amparo.kernel.working_days import Calendar


@dataclass(slots=True)
class View:
    """One cycle of a case while it is being evaluated, with what several steps ask for remembered."""

    book: RouteBook
    facts: Facts
    cycle: Cycle
    standing: Standing
    today: date
    now: datetime
    calendar: Calendar
    always_open: bool
    _pauses: dict[str, list[Pause]] = field(default_factory=dict)

    @property
    def age(self) -> str:
        """The fact ``age``."""
        return age_code(self.standing.began_as, self.standing.presumed)

    def unit(self, step: Step, route: Route) -> str:
        """The unit that owes a step under a route."""
        if step.responsible != LEAD:
            return step.responsible
        return self.standing.leads[self.standing.routes.index(route)]

    def closed(self, unit: str) -> Sequence[Pause]:
        """When the cycle was closed for a unit, and for good once the next rescue opened another."""
        if self.always_open:
            return ()
        pauses = self._pauses.get(unit)
        if pauses is None:
            leads, turned = self.standing.leads, self.standing.turned_adult_on
            pauses = closed_times(self.book, self.cycle, unit, leads, turned)
            if self.cycle.ended_on is not None:
                pauses.append(Pause(self.cycle.ended_on, None, "new_rescue"))
            self._pauses[unit] = pauses
        return pauses


class Owed(NamedTuple):
    """A step of one cycle: its definition, the route it comes from, who owes it and when it is not owed."""

    step: Step
    route: Route
    unit: str
    done_by: str
    pauses: Sequence[Pause]


@dataclass(slots=True)
class Span:
    """The time during which one occurrence of a step is owed. The term counts from ``base``, not before ``since``."""

    since: date | None
    base: date | None
    cause: Happened | None
    term: Term | None
    occurrence: int = 1
    lead_days: int = 0
