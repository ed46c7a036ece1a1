"""Pages of the data officer: ``web/ledger.html``, ``web/readings.html`` and ``web/own_report.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Filter, Pages, PersonMark


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry. ``relation`` is what allowed it; ``seal`` the first letters of its hash; ``denied`` if refused."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    purpose: str = ""
    relation: str = ""
    person: PersonMark | None = None
    seal: str = ""
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """The last time that the chain was recomputed; ``broken_at`` is the number of the first bad entry."""

    sound: bool
    entries: int
    at: datetime
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The latest acts and whether the chain holds; ``verification`` is ``None`` before the first.

    ``find`` asks for a person's code (field ``code``) to show who looked at her; ``None`` leaves it out.
    """

    lines: tuple[LedgerLine, ...]
    filters: tuple[Filter, ...]
    pages: Pages
    verification: Verification | None = None
    find: BaseForm | None = None


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Who looked at one person, when, for what and by what right."""

    person: PersonMark
    lines: tuple[LedgerLine, ...]
    offices: int
    pages: Pages
    may_exclude: bool = False


@dataclass(frozen=True, slots=True)
class LookLine:
    """What people of one role did on one day, in words for the person herself."""

    on: date
    institution: str
    role: str
    act: str
    times: int
    purpose: str
    basis: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class OwnReportPage:
    """The report for the person: by her code, because the sheet may get lost."""

    code: str
    looks: tuple[LookLine, ...]
