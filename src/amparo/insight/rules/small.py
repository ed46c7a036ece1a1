"""Hiding counts that point to somebody, in one figure or by the difference of several. Pure.

A count from 1 to ``smallest - 1`` is hidden. So is every figure that would give such a count away together with others
that are shown: a total beside its parts, all ages beside children, two years beside one (complementary suppression;
Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, chapter 5).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

SMALLEST_SHOWN = 5
Name = TypeVar("Name", bound=Hashable)
Cell = TypeVar("Cell", bound=Hashable)


def one(count: int, *, smallest: int = SMALLEST_SHOWN) -> int | None:
    """A count that stands alone; ``None`` where it must stay hidden."""
    return None if 0 < count < smallest else count


def in_fives(count: int | None) -> int | None:
    """A count to the nearest five, for figures that overlap others without being sums of the same cells."""
    return None if count is None else (count + 2) // 5 * 5


def shown(
    counts: Mapping[Cell, int],
    figures: Iterable[tuple[Name, frozenset[Cell]]],
    *,
    smallest: int = SMALLEST_SHOWN,
) -> dict[Name, int]:
    """Those of the figures that may be shown together, with their counts.

    ``counts`` says how many there are in each of the finest cells, of which each figure is a set; what comes first is
    the last to be hidden. The figures shown cut the cells into blocks that nothing shown tells apart: whatever can be
    worked out from them is a sum of whole blocks. A figure is shown only if it cuts off no block that holds somebody
    and is too small. Nobody is in a zero, so zeros are always shown.
    """
    blocks = [frozenset(counts)]
    safe: dict[Name, int] = {}
    for name, cells in figures:
        count = sum(counts.get(cell, 0) for cell in cells)
        cut = [part for block in blocks for part in (block & cells, block - cells) if part]
        if not count or all(one(sum(map(counts.__getitem__, part)), smallest=smallest) is not None for part in cut):
            blocks, safe[name] = cut, count
    return safe
