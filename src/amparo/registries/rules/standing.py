"""Which events stand, and what records say together of one person. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from amparo.kernel.dates import Approx, Precision


class Correctable(Protocol):
    """An event, as far as corrections go."""

    @property
    def id(self) -> UUID:
        """Its own id."""
        ...

    @property
    def supersedes(self) -> UUID | None:
        """The id of the event that it corrects."""
        ...

    @property
    def retracts(self) -> bool:
        """Whether it only takes the older event back."""
        ...


E = TypeVar("E", bound=Correctable)

_BEST_FIRST = list(Precision)


def standing(events: Iterable[E]) -> list[E]:
    """The events that nothing supersedes, without those that only take another back, in the order they were given."""
    known = list(events)
    superseded = {event.supersedes for event in known if event.supersedes is not None}
    return [event for event in known if event.id not in superseded and not event.retracts]


def birth(known: Sequence[Approx]) -> Approx | None:
    """What several records say together of a birth.

    The best precision counts; among equals the interval that most records agree with, and then the latest birth, so
    that doubt about an age treats a person as the younger one (presumption of minority, Protocolo Intersectorial).
    An exact birth on 1 January or 30 June is what registrars write when only the year is known, and counts as a year.
    """
    if not known:
        return None
    plain = [_without_invented_day(approx) for approx in known]
    best = min(_BEST_FIRST.index(approx.precision) for approx in plain)
    candidates = [approx for approx in plain if _BEST_FIRST.index(approx.precision) == best]
    votes = Counter(candidates)
    return max(candidates, key=lambda approx: (votes[approx], approx.latest, approx.earliest))


def _without_invented_day(approx: Approx) -> Approx:
    day = approx.earliest
    if approx.precision is Precision.EXACT and (day.month, day.day) in ((1, 1), (6, 30)):
        return Approx.in_year(day.year)
    return approx


def most_said(values: Iterable[str]) -> str:
    """The value that most records give, empty ones left out; the first in the alphabet among equals."""
    votes = Counter(value for value in values if value)
    return min(votes, key=lambda value: (-votes[value], value)) if votes else ""
