"""Hiding counts so small that they point to somebody. Pure.

A count from 1 to ``smallest - 1`` is hidden. Where a total is shown beside its parts, hiding a single part would be in
vain, because the others give it away; then the next smallest part is hidden too (complementary suppression; Willenborg
and de Waal, *Elements of Statistical Disclosure Control*, 2001, chapter 5).
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_SHOWN = 5


def one(count: int, *, smallest: int = SMALLEST_SHOWN) -> int | None:
    """A count that stands alone; ``None`` where it must stay hidden."""
    return None if 0 < count < smallest else count


def parts(counts: Sequence[int], *, smallest: int = SMALLEST_SHOWN) -> tuple[int | None, list[int | None]]:
    """The total and its parts, as they may be shown.

    ``counts`` are the parts; their sum is the total. A hidden total hides every part that is not zero, and either no
    part is hidden or at least two are, so that no difference gives one away. Zeros are shown: nobody is in them.
    """
    total = sum(counts)
    if one(total, smallest=smallest) is None:
        return None, [0 if count == 0 else None for count in counts]
    hidden = {place for place, count in enumerate(counts) if 0 < count < smallest}
    while hidden and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        rest = [place for place, count in enumerate(counts) if place not in hidden and count > 0]
        if not rest:
            break
        hidden.add(min(rest, key=lambda place: counts[place]))
    return total, [None if place in hidden else count for place, count in enumerate(counts)]
