"""Every view of the chain of a region, and which of their figures may be shown without giving anybody away. Pure.

Readers change between views, so a figure is hidden where any other view would give it away: all ages less children are
the adults, four years less two are the older ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from amparo.insight.rules import small

PERIODS = (2, 0, 4, 1)
"""Years to look back on, the one whose figures are hidden last coming first; 0 is all of them."""
_AGES = (None, True, False)
PARTS = ("lost", "in_time", "late", "pending")
# Whoever is in a cell: part of the step, under age or not, span of days.
Cell = tuple[str, bool | None, int]
# Part or total, years back, under age or not.
Figure = tuple[str, int, bool | None]


def with_the_others(step: Mapping[Cell, int], people: Mapping[Cell, int]) -> dict[Cell, int]:
    """The cells of a step with those of the region to whom it does not apply, who are hidden as any other part is."""
    counts: dict[Cell, int] = Counter(step)
    for (_, minor, span), persons in people.items():
        counts["apart", minor, span] += persons
    for (_, minor, span), persons in step.items():
        counts["apart", minor, span] -= persons
    return counts


def safe(counts: Mapping[Cell, int]) -> dict[Figure, int]:
    """The figures of one step in every view, those that may be shown."""
    parts = {"people": ("apart", *PARTS), "base": PARTS, **{part: (part,) for part in PARTS}}
    return small.shown(counts, figures(counts, parts))


def figures(counts: Iterable[Cell], parts: Mapping[str, Sequence[str]]) -> list[tuple[Figure, frozenset[Cell]]]:
    """Every figure of every view with its cells, in the order in which they are shown rather than hidden."""
    spans = {years: place for place, years in enumerate(sorted(filter(None, PERIODS)))}
    cells = list(counts)
    return [
        (
            (name, years, minor),
            frozenset(
                (part, age, span)
                for part, age, span in cells
                if part in of_it and (minor is None or age is minor) and (not years or span <= spans[years])
            ),
        )
        for minor, years, (name, of_it) in product(_AGES, PERIODS, parts.items())
    ]
