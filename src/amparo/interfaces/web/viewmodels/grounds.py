"""Page ``web/grounds.html`` (:class:`GroundsPage`): why each record of a person is held to be hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.interfaces.web.viewmodels.common import PersonMark
from amparo.interfaces.web.viewmodels.thread import RecordLink


@dataclass(frozen=True, slots=True)
class TieLine:
    """What ties a record to another: who says so in words, when, and what speaks for it and against it.

    ``pair_id`` is where reviewers find the two.
    """

    other: RecordLink
    words: str
    at: datetime
    pair_id: UUID | None = None
    why: str = ""
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordGrounds:
    """A record with its firmest tie and the others."""

    record: RecordLink
    first: TieLine | None
    others: tuple[TieLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PastLine:
    """An answer about two of the records that no longer decides anything."""

    id: UUID
    left: RecordLink
    right: RecordLink
    words: str
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class GroundsPage:
    """``past`` are answers that were taken back or overtaken, the latest first."""

    person: PersonMark
    records: tuple[RecordGrounds, ...]
    past: tuple[PastLine, ...] = ()
