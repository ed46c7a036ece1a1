"""Page ``web/my_list.html`` (:class:`MyListPage`): what is owed, ordered by risk and delay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.interfaces.web.viewmodels.common import (
    Choice,
    InstitutionMark,
    Notice,
    Pages,
    PersonMark,
    Risk,
    StepLine,
    Tile,
)


@dataclass(frozen=True, slots=True)
class OwedPerson:
    """A person with the steps owed to her, the most urgent first, and how many more there are.

    ``silent_days`` counts since anything was written on her.
    """

    person: PersonMark
    steps: tuple[StepLine, ...]
    institutions: tuple[InstitutionMark, ...] = ()
    risk: Risk | None = None
    last_event_on: date | None = None
    silent_days: int | None = None
    more_steps: int = 0


@dataclass(frozen=True, slots=True)
class MyListPage:
    """``tiles`` are links that filter (overdue, due this week, …); ``scopes`` is mine / my office / my region.

    ``filtered`` says that the list is empty because of a filter and not because nothing is owed; ``clear`` is the
    query string without filters; ``only_mine`` that what other
    offices owe is left out; ``may_open`` that the reader may open threads, ``may_write`` that she may write events.
    """

    tiles: tuple[Tile, ...]
    scopes: tuple[Choice, ...]
    people: tuple[OwedPerson, ...]
    total_people: int
    pages: Pages
    today: date
    filtered: bool = False
    clear: str = "?"
    only_mine: bool = False
    may_open: bool = True
    may_write: bool = False
    notices: tuple[Notice, ...] = ()
