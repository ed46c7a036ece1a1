"""Which answer about two records counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Edge = tuple[UUID, UUID]

OPENED_FROM_THREAD = "opened_from_thread"
"""The reason of an answer that nobody was asked for: an office opened a record of its own on somebody it was shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement as the fold needs it; ``undoes`` is the id of the judgement that it takes back."""

    id: UUID
    left: UUID
    right: UUID
    answer: str
    at: datetime
    undoes: UUID | None = None


def standing(judgements: Iterable[Said]) -> dict[Edge, Said]:
    """The judgement that counts for each pair: the latest that was not taken back.

    The result does not depend on the order in which judgements are given. Taking back the latest answer brings back
    the one before it.
    """
    said = sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))
    undone = {judgement.undoes for judgement in said if judgement.undoes is not None}
    return {
        (judgement.left, judgement.right): judgement
        for judgement in said
        if judgement.id not in undone and judgement.undoes is None
    }
