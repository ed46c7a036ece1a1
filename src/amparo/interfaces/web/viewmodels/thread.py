"""Pages of one person: ``web/thread.html``, ``web/thread_print.html`` (:class:`ThreadPage`), ``web/event_new.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import (
    Choice,
    Fact,
    InstitutionMark,
    Notice,
    PersonMark,
    Risk,
    StepLine,
)


class Kind(StrEnum):
    """What an event is about; it gives the knot its shape. The pack's event types map to these seven."""

    HARM = "harm"
    RESCUE = "rescue"
    JUSTICE = "justice"
    PROTECTION = "protection"
    CARE = "care"
    CLOSING = "closing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity that was asked for with a purpose; the reading is already in the ledger when this is shown."""

    name: str
    facts: tuple[Fact, ...]
    purpose: str
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class IdentityBox:
    """``form`` asks for a ``purpose`` (and may ask for more); ``None`` where the role may not see names at all."""

    form: BaseForm | None = None
    shown: Identity | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """What one institution wrote of a moment. ``id`` is its event's.

    ``recorded_late`` in days when that matters; ``corrects`` says that it corrects an earlier event, ``may_correct``
    offers the reader to correct it, and ``place_differs`` that others tell another place.
    """

    id: UUID
    institution: InstitutionMark
    office: str = ""
    place: str = ""
    place_differs: bool = False
    details: tuple[Fact, ...] = ()
    record_id: UUID | None = None
    recorded_late: int = 0
    corrects: bool = False
    may_correct: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, on the timeline, with what each institution tells of it; most often one does.

    Where several do, ``place`` and ``details`` are what nobody contradicts and ``differs`` names the rest.
    ``silence`` is the number of days without any event before this one, given only where it is worth showing.
    ``superseded`` says that a later event corrects this one.
    """

    on: date
    label: str
    kind: Kind
    tellings: tuple[Telling, ...]
    place: str = ""
    details: tuple[Fact, ...] = ()
    differs: tuple[str, ...] = ()
    silence: int = 0
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """An event on a lane of the picture; ``label`` is read by a screen reader and by the pointer."""

    on: date
    label: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Lane:
    """One institution's events in order of time."""

    sign: str
    name: str
    knots: tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The whole story as one picture: a lane per institution between two days; ``today`` is marked if inside."""

    start: date
    end: date
    today: date
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A record of this person; ``may_open`` says whether the reader may open it."""

    id: UUID
    institution: InstitutionMark
    kind: str
    since: date | None
    versions: int = 1
    may_open: bool = True


@dataclass(frozen=True, slots=True)
class RouteView:
    """The route that applies with its steps in order.

    Those that have not begun and have no day yet come apart in ``ahead``, those that do not concern her in ``aside``.
    """

    name: str
    version: str
    steps: tuple[StepLine, ...]
    ahead: tuple[StepLine, ...] = ()
    aside: tuple[StepLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """The thread of a person. ``moments`` are in order of time, the oldest first.

    ``owed`` are the steps of the route that are due or overdue, the most urgent first. ``emergency_until`` is when
    it closes again for who opened ``emergency_parts`` of it in an emergency, in ``emergency_minutes`` from now.
    """

    person: PersonMark
    institutions: tuple[InstitutionMark, ...]
    facts: tuple[Fact, ...]
    identity: IdentityBox
    moments: tuple[Moment, ...]
    lanes: Lanes
    route: RouteView
    owed: tuple[StepLine, ...]
    records: tuple[RecordLink, ...]
    generated_at: datetime
    risk: Risk | None = None
    notices: tuple[Notice, ...] = ()
    may_write: bool = False
    may_assign: bool = False
    emergency_until: datetime | None = None
    emergency_parts: str = ""
    emergency_minutes: int = 0


@dataclass(frozen=True, slots=True)
class EventFormPage:
    """Writing an event in two steps: choose a type (``types`` as links), then fill ``form`` for ``type_label``.

    ``form`` holds ``happened_on`` and the fields that the pack defines for the type; ``meets`` are the steps that this
    event would meet; ``correcting`` says that it corrects one already written.
    """

    person: PersonMark
    types: tuple[Choice, ...] = ()
    type_label: str = ""
    form: BaseForm | None = None
    meets: tuple[StepLine, ...] = ()
    correcting: bool = False
