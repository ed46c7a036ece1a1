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
class BeginPage:
    """What the reviewer opens pairs for; ``target`` is where she goes on to (``web/pairs_begin.html``)."""

    form: BaseForm
    target: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair that waits; ``likelihood`` in words, ``percent`` of the model, ``warnings`` that bar joining alone.

    ``settles`` counts the pairs of records that an answer decides; ``in_doubt`` that somebody could not say.
    """

    id: UUID
    left: InstitutionMark
    right: InstitutionMark
    initials: str
    percent: int
    likelihood: str
    waiting_days: int
    warnings: tuple[str, ...] = ()
    settles: int = 1
    in_doubt: str = ""


@dataclass(frozen=True, slots=True)
class PairsPage:
    """The queue, what settles most first; ``disputes`` counts disagreements, where the reader may end them."""

    pairs: tuple[PairLine, ...]
    waiting: int
    decided_today: int
    pages: Pages
    first: UUID | None = None
    disputes: int | None = None


@dataclass(frozen=True, slots=True)
class DisputesPage:
    """Pairs on which two reviewers disagree."""

    pairs: tuple[PairLine, ...]


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
    """What one field says: ``weight`` in bits, positive for "the same person", with a sentence that says why.

    ``start`` is the sum of what came before: each bar of the waterfall begins where the last one ended.
    """

    label: str
    weight: float
    sentence: str
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Undo:
    """The reader's last decision, which she can take back."""

    decision_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class OpinionCard:
    """What one of two reviewers who disagree said, with her reason and her own words."""

    by: str
    at: datetime
    answer: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two records to judge. ``form`` has ``answer`` (hidden behind the buttons), ``reason`` and ``note``.

    ``total`` is the sum of the weights, ``percent`` the probability that follows. ``form`` is ``None`` where there is
    nothing for this reader to answer, and ``closed`` says why. ``two_people`` says why a yes takes two people.
    ``opinions`` are there for whoever ends a disagreement only.
    """

    id: UUID
    left: Side
    right: Side
    rows: tuple[CompareRow, ...]
    evidence: tuple[EvidenceBar, ...]
    total: float
    percent: int
    form: BaseForm | None
    warnings: tuple[str, ...] = ()
    two_people: tuple[str, ...] = ()
    closed: str = ""
    opinions: tuple[OpinionCard, ...] = ()
    remaining: int = 0
    decided_today: int = 0
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
    undone: bool = False
    may_undo: bool = False
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """Decisions, the latest first."""

    decisions: tuple[DecidedLine, ...]
    filters: tuple[Choice, ...]
    pages: Pages
