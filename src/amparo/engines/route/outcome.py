"""What goes into the engine about one person and what comes out: events that happened, obligations that stand.

What comes out is made of named tuples: a frozen dataclass of this size takes ten times as long to build, and a
country's obligations are built by the million.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Status(StrEnum):
    """How an obligation stands on a day.

    ``upcoming`` waits for its start; ``due`` has started and its term runs (or it has none); ``overdue`` passed it;
    ``met`` and ``met_late`` were done; ``waived`` the person declined; ``not_applicable`` does not concern this case.
    """

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


_NO_DATA: Mapping[str, str] = MappingProxyType({})


class Happened(NamedTuple):
    """An event as the route sees it. ``unit`` is the kind of office that wrote it, such as ``upe``.

    ``supersedes`` names the event that this one corrects; with ``void`` it says only that that one never happened.
    ``at`` is the time of day where the source tells it. Values of ``data`` with several codes join them by ``;``.
    """

    id: str
    type: str
    on: date
    recorded_at: datetime
    unit: str = ""
    office: str = ""
    record_id: str = ""
    data: Mapping[str, str] = _NO_DATA
    supersedes: str | None = None
    void: bool = False
    at: time | None = None


class Reason(NamedTuple):
    """Why an obligation stands as it does: a code that the screens turn into a sentence, and what fills it.

    ========================  ==========================================================================
    code                      params
    ========================  ==========================================================================
    ``waits_for``             events (types that would start it, blank-separated; may be empty)
    ``waits_for_birth``       years
    ``term_runs``             event, on, basis, amount (overdue and due alike; a birthday has event ``birthday``)
    ``no_term``               event, on
    ``comes_again``           event, on, basis, amount
    ``done``, ``done_late``   event, on (late also: days)
    ``declined``              event, on
    ``stopped_by``            event, on
    ``closed``                on
    ``turned_adult``          on
    ``new_rescue``            on
    ``not_yet_in_force``      from
    ``condition``             fact or event, which is why the step does not concern this case
    ``unknown_fact``          fact, which nobody has told
    ========================  ==========================================================================

    An overdue obligation that ended undone carries the ending as well: ``ended`` (its code) and ``ended_on``.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """One parameter, empty where the reason has none of that name."""
        return dict(self.params).get(name, "")


class Obligation(NamedTuple):
    """A step owed to one person. ``(cycle, step, occurrence)`` is unique among hers.

    ``since`` is the day it began to be owed, ``due_on`` the last day on which it is in time, ``due_at`` the instant for
    terms in hours. ``stopped_on`` is set on an overdue one that nobody can fulfil in time any more because the case
    ended, she came of age or was rescued anew: it stays as a record and is no longer work to do.
    """

    step: str
    route: str
    route_version: str
    responsible: str
    status: Status
    since: date | None
    due_on: date | None
    due_at: datetime | None
    fulfilled_by: str | None
    fulfilled_on: date | None
    started_by: str | None
    reason: Reason
    article: str
    verified: bool
    critical: bool = False
    cycle: int = 1
    occurrence: int = 1
    stopped_on: date | None = None

    @property
    def key(self) -> tuple[int, str, int]:
        """What identifies it among the obligations of its person."""
        return self.cycle, self.step, self.occurrence

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something, now or later."""
        return self.status in _OPEN and self.stopped_on is None

    @property
    def is_owed_now(self) -> bool:
        """Whether it is work for today: started or late, and not ended."""
        return self.is_open and self.status is not Status.UPCOMING

    def days_late(self, today: date) -> int:
        """Whole days by which it is late today, or by which it was done late; 0 if it is not."""
        end = self.fulfilled_on or self.stopped_on or today
        return max(0, (end - self.due_on).days) if self.due_on else 0

    def days_waiting(self, today: date) -> int:
        """Whole days since it began to be owed; 0 if it has not."""
        return max(0, (today - self.since).days) if self.since else 0


_OPEN = frozenset({Status.UPCOMING, Status.DUE, Status.OVERDUE})
