"""Pieces of a declared layout side by side: a graded level each, with the rarity of what agrees."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz.distance import OSA

from amparo.engines.linkage.layout import Entry, Kind, Layout

_MOST_RARITY = 6.0
_SHORTEST_NEAR = 4


class Agreement(IntEnum):
    """How well two values of one piece agree."""

    MISSING = 0
    DIFFERENT = 1
    PARTLY = 2  # texts that share a word, or have more than two typing errors
    NEAR = 3  # up to two typing errors
    SLIP = 4  # one
    SAME = 5


def level(a: str, b: str, kind: Kind) -> Agreement:
    """The level of two values as :func:`layout.read` gives them. It is the same whichever comes first."""
    if not a or not b:
        return Agreement.MISSING
    if a == b:
        return Agreement.SAME
    if kind is Kind.CODE:
        return Agreement.DIFFERENT
    shortest = min(len(a), len(b))
    apart = OSA.distance(a, b, score_cutoff=2)
    if apart == 1 and shortest > 1:
        return Agreement.SLIP
    if apart == 2 and shortest >= _SHORTEST_NEAR:
        return Agreement.NEAR
    return Agreement.PARTLY if kind is Kind.TEXT and _shares_much(a, b) else Agreement.DIFFERENT


def _shares_much(a: str, b: str) -> bool:
    """Whether two texts have a longer word in common, or two letters of three in their place."""
    words = {word for word in a.split() if len(word) >= _SHORTEST_NEAR}
    return not words.isdisjoint(b.split()) or OSA.normalized_similarity(a, b) >= 2 / 3


class Pieces:
    """The pieces of many records, with how often each value is written."""

    def __init__(self, entries: Sequence[Entry], layout: Layout) -> None:
        self.kinds = tuple(piece.kind for piece in layout.pieces)
        self._rarity = [_rarities([entry.pieces[place] for entry in entries]) for place in range(len(self.kinds))]

    def compare(self, a: Entry, b: Entry) -> tuple[tuple[int, ...], float]:
        """A level for each piece, and the bits that the rarity of the values that agree adds or takes."""
        levels = tuple(
            int(level(one, other, kind)) for one, other, kind in zip(a.pieces, b.pieces, self.kinds, strict=True)
        )
        same = (place for place, found in enumerate(levels) if found == Agreement.SAME)
        return levels, math.fsum(self._rarity[place][a.pieces[place]] for place in same)


def _rarities(values: Sequence[str]) -> dict[str, float]:
    """Bits by which agreement on a value says more than agreement on an average one."""
    counts = Counter(filter(None, values))
    total = max(counts.total(), 1)
    # Two records that have a value drawn at random in common; a value met once stands for one met one and a half times.
    chance = math.fsum((count / total) ** 2 for count in counts.values())
    limit = _MOST_RARITY
    return {
        value: min(max(math.log2(chance * total / max(count, 1.5)), -limit), limit) for value, count in counts.items()
    }
