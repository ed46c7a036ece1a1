"""No two views of a region give away together what each of them hides."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from amparo.insight.rules import small, views
from amparo.insight.rules.views import Cell

AGES, SPANS = (True, False, None), range(len(views.PERIODS))
STEP = st.fixed_dictionaries({cell: st.integers(0, 8) for cell in product(views.PARTS, AGES, SPANS)})
REGION = st.fixed_dictionaries({cell: st.integers(0, 8) for cell in product(["apart"], AGES, SPANS)})


@given(STEP, REGION)
def test_no_difference_of_two_views_is_a_small_count(step: dict[Cell, int], apart: dict[Cell, int]) -> None:
    counts = {**step, **apart}
    parts = {"people": ("apart", *views.PARTS), "base": views.PARTS, **{part: (part,) for part in views.PARTS}}
    cells = dict(views.figures(counts, parts))

    shown = views.safe(counts)

    for whole, part in product(shown, shown):
        if cells[part] < cells[whole]:
            assert not 0 < shown[whole] - shown[part] < small.SMALLEST_SHOWN, (whole, part)


def test_all_ages_less_children_do_not_give_a_few_adults_away() -> None:
    counts: dict[Cell, int] = {("in_time", True, 0): 40, ("in_time", False, 0): 3}

    shown = views.safe(counts)

    assert shown["in_time", 2, None] == 43
    assert ("in_time", 2, True) not in shown
    assert ("in_time", 2, False) not in shown


def test_two_years_less_one_do_not_give_a_few_away() -> None:
    counts: dict[Cell, int] = {("lost", False, 0): 40, ("lost", False, 1): 3}

    shown = views.safe(counts)

    assert shown["lost", 2, None] == 43
    assert ("lost", 1, None) not in shown


def test_those_to_whom_a_step_does_not_apply_are_hidden_as_any_other_part() -> None:
    people: dict[Cell, int] = {("once", True, 0): 38, ("once", False, 0): 2}

    counts = views.with_the_others({("in_time", True, 0): 38}, people)

    assert counts["apart", False, 0] == 2
    assert ("base", 2, None) not in views.safe(counts)
