"""Clocks of the data-protection officer: hours from knowing of an incident, working days to answer a person. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amparo.kernel.working_days import Calendar
from amparo.pack.rights import Term


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty with its end and, where it is done, when; ``hours_left`` is negative once it is late."""

    term: Term
    due_at: datetime
    done_at: datetime | None
    hours_left: float

    @property
    def is_late(self) -> bool:
        """Whether it was done after its end, or is not done and its end has passed."""
        return self.done_at > self.due_at if self.done_at else self.hours_left < 0


def clock(term: Term, known_at: datetime, done_at: datetime | None, at: datetime) -> Clock:
    """A duty that is counted in hours, day and night."""
    due = known_at + timedelta(hours=term.hours or 0)
    return Clock(term, due, done_at, (due - at) / timedelta(hours=1))


def answer_by(term: Term, received: date, holidays: Calendar) -> date:
    """The last day to answer a request: working days of the country, not counting the day of receipt."""
    return holidays.add_working_days(received, term.working_days or 0)
