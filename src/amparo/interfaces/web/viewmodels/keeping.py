"""What is erased and what is kept: ``web/keeping*.html`` and ``web/erasure.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Choice, Fact, Tone


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold that stands: on which record, why, by which article, by whom.

    ``asked_by`` names who asked to lift it; ``may_lift`` where the reader may go on, ``may_keep`` where she may say no.
    """

    number: int
    code: str
    reason: str
    article: str
    by: str
    at: datetime
    asked_by: str
    may_lift: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure that was asked for, by the codes of its records, and how it stands."""

    id: UUID
    codes: str
    reason: str
    asked_at: datetime
    state: str
    tone: Tone
    done: bool


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """Everything of one institution; ``find`` looks a person up by her code."""

    waiting: tuple[ErasureLine, ...]
    answered: tuple[ErasureLine, ...]
    holds: tuple[HoldLine, ...]
    lift_reasons: tuple[Choice, ...]
    find: BaseForm


@dataclass(frozen=True, slots=True)
class KeepingRecordsPage:
    """One person's records at the institution, what already stands on them, and what can be asked for.

    ``kept`` says that none of them may be erased, though the order be on another record of hers.
    """

    person: UUID
    code: str
    erased: tuple[str, ...]
    holds: tuple[HoldLine, ...]
    kept: bool
    erase: BaseForm | None
    hold: BaseForm | None


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """One erasure with everything that whoever orders it has to know; ``kept`` as on the page of the records."""

    line: ErasureLine
    facts: tuple[Fact, ...]
    holds: tuple[HoldLine, ...]
    kept: bool
    waits: bool
    is_own: bool
