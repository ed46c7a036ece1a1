"""Page ``web/labels.html``: what people's answers would teach the weights, before anybody lets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One level of one comparison: its weight in bits before and after, and how people answered pairs at it."""

    field: str
    sentence: str
    before: float
    after: float
    same: int
    not_same: int


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """How many of today's pairs get a verdict, before and after."""

    label: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """An adoption of the past; ``counts`` where it is the one that counts at present."""

    id: UUID
    at: datetime
    by: str
    labels: int
    reverted_at: datetime | None
    counts: bool


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """``labels`` answers teach, ``unused`` ones cannot; ``weights`` are the levels that move, the most moved first."""

    labels: int
    unused: int
    weights: tuple[WeightLine, ...]
    verdicts: tuple[VerdictLine, ...]
    join_before: float
    join_after: float
    adoptions: tuple[AdoptionLine, ...]
    may_adopt: bool
