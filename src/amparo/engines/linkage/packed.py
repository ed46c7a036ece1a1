"""Comparisons and scored pairs as columns: what they are while they travel from process to process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

import numpy as np
import numpy.typing as npt

from amparo.engines.linkage import gate
from amparo.engines.linkage.compare import Comparison
from amparo.engines.linkage.decide import Verdict
from amparo.engines.linkage.levels import CODES
from amparo.engines.linkage.pairs import ScoredPair
from amparo.engines.linkage.prepare import Prepared

_RULES = tuple(gate.RULES)
_BIT = {code: 1 << place for place, code in enumerate(_RULES)}
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class PackedComparisons:
    """A row per comparison: its levels, and the rarities of given names and of surnames."""

    levels: npt.NDArray[np.uint8]
    rarities: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PackedPairs:
    """Pairs by the places of their records; ``against`` holds a bit for each rule of :data:`gate.RULES`."""

    places: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float64]
    against: npt.NDArray[np.int64]
    verdicts: npt.NDArray[np.uint8]
    comparisons: PackedComparisons


def pack(comparisons: Iterable[Comparison]) -> PackedComparisons:
    """Comparisons as columns."""
    levels, rarities = bytearray(), list[float]()
    for each in comparisons:
        levels.extend(each.levels)
        rarities += (each.given_rarity, each.surname_rarity)
    return PackedComparisons(
        np.frombuffer(levels, dtype=np.uint8).reshape(-1, len(CODES)), np.array(rarities).reshape(-1, 2)
    )


def unpack(packed: PackedComparisons) -> Iterator[Comparison]:
    """The comparisons as they were; equal levels are one object."""
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    for levels, (given, surnames) in zip(map(tuple, packed.levels.tolist()), packed.rarities.tolist(), strict=True):
        yield Comparison(known.setdefault(levels, levels), given, surnames)


def pack_pairs(pairs: Sequence[tuple[int, int, ScoredPair]]) -> PackedPairs:
    """Pairs, each with the places of its records, the left one first, as columns."""
    told = [pair for _, _, pair in pairs]
    return PackedPairs(
        places=np.array([(left, right) for left, right, _ in pairs], dtype=np.int32).reshape(-1, 2),
        scores=np.array([pair.score for pair in told], dtype=np.float64),
        against=np.array([sum(_BIT[code] for code in pair.contradictions) for pair in told], dtype=np.int64),
        verdicts=np.array([_VERDICTS.index(pair.verdict) for pair in told], dtype=np.uint8),
        comparisons=pack(pair.comparison for pair in told),
    )


def unpack_pairs(packed: PackedPairs, records: Sequence[Prepared]) -> Iterator[ScoredPair]:
    """The pairs as they were; equal contradictions are one object."""
    ids = [record.fields.record_id for record in records]
    for (left, right), score, against, verdict, comparison in zip(
        packed.places.tolist(),
        packed.scores.tolist(),
        packed.against.tolist(),
        packed.verdicts.tolist(),
        unpack(packed.comparisons),
        strict=True,
    ):
        yield ScoredPair(ids[left], ids[right], score, _codes(against), _VERDICTS[verdict], comparison)


@cache
def _codes(against: int) -> tuple[str, ...]:
    return tuple(code for code in _RULES if against & _BIT[code])
