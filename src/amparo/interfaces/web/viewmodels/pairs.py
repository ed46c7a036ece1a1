"""Pages ``web/pairs.html``, ``web/pair.html`` and ``web/pairs_decided.html``: are these two records one person?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Choice, InstitutionMark, Pages, Segment


class Agreement(StrEnum):
    """How two values of a field stand to each other."""

    SAME = "same"
    NEAR = "near"
    DIFFERS = "differs"
    MISSING = "missing"


class Answer(StrEnum):
    """The three answers to a pair; the values are those of the form field ``answer``."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair that waits; ``likelihood`` in words, ``percent`` of the model, ``warnings`` that bar joining alone."""

    id: UUID
    left: InstitutionMark
    right: InstitutionMark
    initials: str
    percent: int
    likelihood: str
    waiting_days: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairsPage:
    """The queue, the most useful to decide first."""

    pairs: tuple[PairLine, ...]
    waiting: int
    decided_today: int
    filters: tuple[Choice, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records."""

    record_id: UUID
    institution: InstitutionMark
    kind: str
    office: str
    registered_on: date | None
    others: int = 0


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One field on both sides with the letters that differ marked."""

    label: str
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class EvidenceBar:
    """What one field says: ``weight`` in bits, positive for "the same person", with a sentence that says why."""

    label: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Undo:
    """The reader's last decision, which she can take back."""

    decision_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two records to judge. ``form`` has ``answer`` (hidden behind the buttons) and ``reason``.

    ``total`` is the sum of the weights with the prior, ``percent`` the same as a probability.
    """

    id: UUID
    left: Side
    right: Side
    rows: tuple[CompareRow, ...]
    evidence: tuple[EvidenceBar, ...]
    total: float
    percent: int
    form: BaseForm
    warnings: tuple[str, ...] = ()
    remaining: int = 0
    undo: Undo | None = None


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision that was taken and can be taken back; ``pair_id`` while the machine still finds the two alike."""

    id: UUID
    pair_id: UUID | None
    left: InstitutionMark
    right: InstitutionMark
    initials: str
    answer: Answer
    reason: str
    by: str
    at: datetime
    by_machine: bool = False
    undone: bool = False
    may_undo: bool = False


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """Decisions, the latest first."""

    decisions: tuple[DecidedLine, ...]
    filters: tuple[Choice, ...]
    pages: Pages
