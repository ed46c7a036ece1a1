"""Pieces that several pages share: marks of persons and institutions, a step of the route, a choice, provenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Status(StrEnum):
    """How one step of the route stands for one person. The values are those of the route engine."""

    UPCOMING = "upcoming"
    DUE = "due"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class Tone(StrEnum):
    """What a box or a figure is about; each tone has a colour, and the text beside it says the same in words."""

    PLAIN = "plain"
    DONE = "done"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class PersonMark:
    """A person as everybody may see her: code and initials, never a name.

    ``band`` is her age band in words ("adolescente, 15 a 17 años"); ``is_child`` as of today; ``reserved`` says that a
    *clave de reserva* was ordered, after which no screen offers the name.
    """

    id: UUID
    code: str
    initials: str
    band: str = ""
    is_child: bool = False
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class InstitutionMark:
    """An institution by its sign ("PNP") with the whole name for whoever asks."""

    code: str
    sign: str
    name: str


@dataclass(frozen=True, slots=True)
class Risk:
    """Level of risk; ``level`` is ``high``, ``medium`` or ``low`` and ``label`` says it in words."""

    level: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; ``note`` is a short remark under the value."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the route owed to one person.

    ``responsible`` is the kind of unit that owes it and ``office`` the very office when known. ``days_late`` counts
    calendar days after ``due_on``; for a step met late it is how late it was met. ``term`` says the deadline in words
    ("24 horas", "5 días hábiles"); ``verified`` is false where nobody has read the article that sets it.
    ``fulfilled_by`` is the id of the event that met the step.
    """

    code: str
    label: str
    status: Status
    responsible: str
    office: str = ""
    since: date | None = None
    due_on: date | None = None
    days_late: int = 0
    term: str = ""
    reason: str = ""
    article: str = ""
    verified: bool = True
    fulfilled_by: UUID | None = None
    fulfilled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several links that filter a page: ``query`` is the whole query string, beginning with ``?``."""

    label: str
    query: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a drop-down list in a filter form."""

    value: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A drop-down list in a filter form sent by GET; ``name`` is the parameter."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one stands in a list of several pages; ``previous`` and ``next`` are query strings, empty at the ends."""

    number: int
    total: int
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its label. ``value`` of ``None`` means hidden because it is small. ``query`` makes it a link."""

    label: str
    value: int | None
    tone: Tone = Tone.PLAIN
    note: str = ""
    query: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every figure carries (law 8): unit, base, source, date of extraction and the version that computed it."""

    unit: str
    base: str
    source: str
    extracted_on: date | None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know before the rest; ``title`` may be empty.

    ``route`` is the URL name of the page with more of it, and ``action`` the words of the link.
    """

    tone: Tone
    text: str
    title: str = ""
    route: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and whether it differs from what stands on the other side."""

    text: str
    differs: bool = False
