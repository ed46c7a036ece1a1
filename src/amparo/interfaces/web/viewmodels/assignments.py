"""Who of an office has whom: ``web/assignments.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amparo.interfaces.web.viewmodels.common import Choice, Pages, PersonMark


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One person with the name of whom she was given to, and since when; ``to`` is that worker's user name."""

    person: PersonMark
    who: str
    to: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class WorkerChoice:
    """A worker as one chooses her; ``given`` says how many she has."""

    value: str
    name: str
    given: int


@dataclass(frozen=True, slots=True)
class AssignmentsPage:
    """People of the office, its workers, and which of the people are shown; ``here`` brings one back to this page."""

    lines: tuple[GivenLine, ...]
    workers: tuple[WorkerChoice, ...]
    filters: tuple[Choice, ...]
    total: int
    pages: Pages
    here: str
