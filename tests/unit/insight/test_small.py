"""No count that is shown gives away one that is hidden, alone or by any difference."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from amparo.insight.rules import small

AGES, PERIODS, PARTS = ("child", "adult", "unknown"), (0, 1), ("met", "lost")
Cell = tuple[str, int, str]
CELLS: list[Cell] = list(product(AGES, PERIODS, PARTS))
COUNTS = st.fixed_dictionaries({cell: st.integers(0, 9) for cell in CELLS})


def views() -> list[tuple[str, frozenset[Cell]]]:
    """Every figure of every view: all ages, children, adults; up to each period; the total and its parts."""
    return [
        (f"{age} {period} {part}", frozenset(cell for cell in CELLS if _is_in(cell, age, period, part)))
        for age, period, part in product(("all", "child", "adult"), PERIODS, ("all", *PARTS))
    ]


def _is_in(cell: Cell, age: str, period: int, part: str) -> bool:
    return age in ("all", cell[0]) and cell[1] <= period and part in ("all", cell[2])


FIGURES = views()
ORDERS = st.permutations(FIGURES)


@given(COUNTS, ORDERS)
def test_what_is_shown_is_true_and_never_small(
    counts: dict[Cell, int], order: list[tuple[str, frozenset[Cell]]]
) -> None:
    for name, count in small.shown(counts, order).items():
        assert count == sum(counts[cell] for cell in dict(order)[name])
        assert count == 0 or count >= small.SMALLEST_SHOWN


@given(COUNTS, ORDERS)
def test_no_difference_of_two_figures_is_a_small_count(
    counts: dict[Cell, int], order: list[tuple[str, frozenset[Cell]]]
) -> None:
    shown = small.shown(counts, order)

    for (whole, cells), (part, fewer) in product(FIGURES, FIGURES):
        if whole in shown and part in shown and fewer < cells:
            assert not 0 < shown[whole] - shown[part] < small.SMALLEST_SHOWN


@given(COUNTS)
def test_no_reckoning_with_all_figures_together_finds_a_small_group(counts: dict[Cell, int]) -> None:
    shown = small.shown(counts, FIGURES)
    known = [row(cells) for name, cells in FIGURES if name in shown]
    groups = [frozenset(cells) for size in (1, 2) for cells in combinations(CELLS, size)]
    small_groups = [cells for cells in groups if 0 < sum(counts[cell] for cell in cells) < small.SMALLEST_SHOWN]

    basis = reduced(known)

    assert not [cells for cells in small_groups if follows(row(cells), basis)]


@given(COUNTS)
def test_zeros_stay_visible(counts: dict[Cell, int]) -> None:
    shown = small.shown(counts, FIGURES)

    assert all(name in shown for name, cells in FIGURES if not any(counts[cell] for cell in cells))


def test_counts_that_point_to_nobody_are_all_shown() -> None:
    counts = {"met": 12, "late": 5, "due": 0, "lost": 40}
    figures = [("base", frozenset(counts)), *((name, frozenset({name})) for name in counts)]

    assert small.shown(counts, figures) == {"base": 57, **counts}


def test_a_single_small_part_takes_another_with_it() -> None:
    counts = {"met": 30, "late": 3, "lost": 8}
    figures = [("base", frozenset(counts)), *((name, frozenset({name})) for name in counts)]

    assert small.shown(counts, figures) == {"base": 41, "met": 30}


def row(cells: frozenset[Cell]) -> list[Fraction]:
    return [Fraction(cell in cells) for cell in CELLS]


def reduced(rows: list[list[Fraction]]) -> dict[int, list[Fraction]]:
    """Gauss-Jordan: a basis of what can be reckoned from these sums, by the place of its first entry."""
    basis: dict[int, list[Fraction]] = {}
    for each in rows:
        left = _rest(each, basis)
        first = next((place for place, value in enumerate(left) if value), None)
        if first is not None:
            basis[first] = [value / left[first] for value in left]
    return basis


def follows(wanted: list[Fraction], basis: dict[int, list[Fraction]]) -> bool:
    """Whether a sum can be reckoned from those of the basis."""
    return not any(_rest(wanted, basis))


def _rest(wanted: list[Fraction], basis: dict[int, list[Fraction]]) -> list[Fraction]:
    left = list(wanted)
    for place in sorted(basis):
        if left[place]:
            factor = left[place]
            left = [value - factor * other for value, other in zip(left, basis[place], strict=True)]
    return left
