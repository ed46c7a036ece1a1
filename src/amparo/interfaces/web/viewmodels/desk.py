"""The desk of the officer for data protection: ``web/desk*.html``, ``web/incident.html``, ``web/accesses.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Choice, Fact, InstitutionMark, Tone
from amparo.interfaces.web.viewmodels.consent import RecallLine


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A duty with its end, in words; ``what`` is the code with which it is noted as done."""

    label: str
    due_at: datetime
    state: str
    tone: Tone
    article: str
    verified: bool
    what: str
    done: bool


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident with its clocks."""

    id: UUID
    kind: str
    known_at: datetime
    clocks: tuple[ClockLine, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request by a person with the day by which she is answered."""

    id: UUID
    code: str
    label: str
    received_on: date
    due_on: date
    state: str
    tone: Tone
    article: str
    verified: bool
    by_another: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class DestinationLine:
    """How one place outside this machine stands that checkpoints are sent to."""

    place: str
    state: str
    tone: Tone
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedChangeLine:
    """A change of what somebody may do that waits for a second person; ``facts`` tell what differs."""

    id: UUID
    who: str
    institution: InstitutionMark
    facts: tuple[Fact, ...]
    asked_by: str
    asked_at: datetime
    may_give: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything that waits for the officer; ``answers`` are what a request can be answered.

    ``drilled`` is when a backup was last restored to see whether it holds.
    """

    incidents: tuple[IncidentLine, ...]
    requests: tuple[RequestLine, ...]
    recalls: tuple[RecallLine, ...]
    destinations: tuple[DestinationLine, ...]
    answers: tuple[Choice, ...]
    unseen_alerts: int
    drilled: datetime | None
    is_drill_overdue: bool


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident; ``affected`` are codes of people once they were asked for."""

    line: IncidentLine
    facts: tuple[Fact, ...]
    affected: tuple[str, ...] | None = None
    may_close: bool = False


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form with its title."""

    title: str
    form: BaseForm


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One user as the officer vouches for her.

    ``takes_two`` says that two have to end her access, ``asked_by`` who has asked for it already, and ``may_end``
    whether the reader may go on with it.
    """

    id: UUID
    who: str
    role: str
    office: str
    last_used: datetime | None
    due: datetime
    tone: Tone
    state: str
    is_own: bool
    ends_on: date | None = None
    takes_two: bool = False
    asked_by: str = ""
    may_end: bool = True


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What one user may do, and the form to change it (``web/access_change.html``)."""

    line: AccessLine
    form: BaseForm
