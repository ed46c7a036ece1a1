"""Opening a person in an emergency: how long, by when somebody else looks at it, and when the right rests. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.kernel.working_days import Calendar

LASTS = timedelta(minutes=30)
LEAST_LETTERS = 30
REVIEW_WITHIN_DAYS = 2
"""Working days of the country."""
MANY, MANY_WITHIN = 3, timedelta(days=30)
"""More than so many in such a time are looked into, however each was reviewed: an exception has become a habit."""
# Workers' own words are not what saves somebody in an emergency.
_NEVER = frozenset({"narrative"})


@dataclass(frozen=True, slots=True)
class Emergency:
    """One time that somebody broke the glass."""

    id: UUID
    username: str
    institution: str
    office: str
    records: frozenset[UUID]
    reason: str
    at: datetime
    until: datetime
    review_by: date
    verdict: str
    reviewed_by: str
    reviewed_at: datetime | None
    parts: frozenset[str] = frozenset()
    """The compartments that were asked for; nothing else of her is opened."""


def review_by(on: date, holidays: Calendar) -> date:
    """The last day on which it may be reviewed."""
    return holidays.add_working_days(on, REVIEW_WITHIN_DAYS)


def is_open(emergency: Emergency, members: Iterable[UUID], at: datetime) -> bool:
    """Whether it lets its user read the person of these records: in its half hour, and only what it was opened for.

    A record that was joined to hers meanwhile is not opened by it, because joining never widens access.
    """
    return emergency.at <= at < emergency.until and set(members) <= emergency.records


def offered(compartments: Collection[str]) -> frozenset[str]:
    """The parts of a person that somebody whose role reads these compartments may ask for in an emergency."""
    return frozenset(compartments) - _NEVER


def is_suspended(emergencies: Iterable[Emergency], today: date) -> bool:
    """Whether somebody has lost the right for now: one of hers was found unjustified, or waits too long for review."""
    return any(each.verdict == "unjustified" or (not each.verdict and today > each.review_by) for each in emergencies)


def are_many(moments: Iterable[datetime], at: datetime) -> bool:
    """Whether somebody broke the glass so often by a moment that somebody has to look into it."""
    return sum(at - MANY_WITHIN < moment <= at for moment in moments) > MANY


def may_review(emergency: Emergency, username: str, institution: str, office: str) -> bool:
    """Nobody reviews herself, nor her own office."""
    return username != emergency.username and (institution, office) != (emergency.institution, emergency.office)
