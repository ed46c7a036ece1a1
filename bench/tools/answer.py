"""What every tool hands back: scored pairs, and where it would cut them by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
Label = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """Pairs as (left, right, score), higher meaning likelier, and the score from which the tool joins without labels.

    ``joined`` are the sets of records that it joins alone, where it makes them itself; None where all pairs at or
    above the threshold are to be joined. ``ask_from`` is the score below which a pair is not worth a question.
    """

    pairs: Sequence[tuple[str, str, float]]
    threshold: float
    joined: Sequence[frozenset[str]] | None = None
    ask_from: float = float("-inf")
