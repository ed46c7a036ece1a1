"""Pages that guard persons: ``web/emergency*.html``, ``web/alerts.html`` and ``web/kept_away.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Fact, PersonMark, Tone


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """One emergency for its reviewers; ``may_review`` links to it, ``state`` says how it stands."""

    id: UUID
    at: datetime
    who: str
    reason: str
    review_by: date
    state: str
    tone: Tone
    may_review: bool
    people: tuple[PersonMark, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """One emergency with the words that were given and the form of the verdict."""

    line: EmergencyLine
    facts: tuple[Fact, ...]
    words: str
    form: BaseForm


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert: what happened, in words that name nobody; ``href`` where there is more to see."""

    id: UUID
    at: datetime
    text: str
    who: str
    people: tuple[PersonMark, ...]
    href: str
    seen: bool


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """The newest alerts; ``reviews`` leads to the emergencies where the reader reviews them."""

    lines: tuple[AlertLine, ...]
    reviews: bool


@dataclass(frozen=True, slots=True)
class KeptAwayLine:
    """One exclusion that stands; ``asked_by`` names who asked for it to be lifted, ``may_lift`` offers to go on."""

    id: UUID
    whom: str
    reason: str
    by: str
    at: datetime
    asked_by: str
    may_lift: bool


@dataclass(frozen=True, slots=True)
class KeptAwayPage:
    """A person by her code, who is kept away from her, and the form to keep somebody away."""

    person: PersonMark
    lines: tuple[KeptAwayLine, ...]
    form: BaseForm
