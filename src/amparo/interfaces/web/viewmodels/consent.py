"""Pages of consent: ``web/consents*.html``, ``web/consent_new.html`` and ``web/recalls.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import InstitutionMark, PersonMark, Tone


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent or refusal in plain words; ``note`` says why it opens nothing, where it does not."""

    id: UUID
    to: str
    purpose: str
    parts: str
    on: date
    until: date | None
    how: str
    state: str
    tone: Tone
    note: str
    written_by: InstitutionMark
    may_withdraw: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class RecallLine:
    """One recall: who was asked, until when, and what came of it; ``waits`` offers the answer to its own office."""

    id: UUID
    code: str
    office: str
    purpose: str
    sent_at: datetime
    due_on: date
    state: str
    tone: Tone
    waits: bool


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A ground in law other than consent, who works on it and its article."""

    label: str
    units: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """What a person agreed to, who was asked for her data back, and who works on another ground."""

    person: PersonMark
    lines: tuple[ConsentLine, ...]
    recalls: tuple[RecallLine, ...]
    bases: tuple[BasisLine, ...]
    article: str
    may_write: bool
    generated_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentFormPage:
    """Writing a decision of hers down."""

    person: PersonMark
    form: BaseForm


@dataclass(frozen=True, slots=True)
class RecallsPage:
    """What the office is asked to give up; ``may_keep`` where another ground in law may oblige it to keep."""

    lines: tuple[RecallLine, ...]
    may_keep: bool
    basis: str
