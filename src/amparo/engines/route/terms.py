"""When a term ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from amparo.engines.route.model import Basis, Term
from amparo.kernel.working_days import Calendar


class Deadline(NamedTuple):
    """The last day in time, and for terms in hours the instant at which it is over. Both empty: there is no term."""

    on: date | None
    at: datetime | None = None


NO_DEADLINE = Deadline(None)
_MOMENT = timedelta(microseconds=1)


def deadline(term: Term | None, start: date, at: time | None, calendar: Calendar, zone: tzinfo) -> Deadline:
    """The end of a term that starts on a day.

    The day of the start is not counted, as in administrative procedure generally: one working day from a Friday ends on
    Monday. At once means on the same day, because registries tell days and not instants. Hours run from the time of
    day where that is known, and otherwise from the end of the day, so that nobody is called late by a guess.
    """
    if term is None:
        return NO_DEADLINE
    if term.basis is Basis.AT_ONCE:
        return Deadline(start)
    if term.basis is Basis.CALENDAR_DAYS:
        return Deadline(start + timedelta(days=term.amount))
    if term.basis is Basis.WORKING_DAYS:
        return Deadline(calendar.add_working_days(start, term.amount))
    began = datetime.combine(start, at or time(), zone) + (timedelta() if at else timedelta(days=1))
    ends = began + timedelta(hours=term.amount)
    return Deadline((ends - _MOMENT).date(), ends)


def in_time(limit: Deadline, on: date, at: time | None) -> bool:
    """Whether something done on a day, at a time if that is known, was done within a deadline."""
    if limit.on is None or on < limit.on:
        return True
    if limit.at is None or at is None:
        return on <= limit.on
    return datetime.combine(on, at, limit.at.tzinfo) <= limit.at
