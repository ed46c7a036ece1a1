"""No count that is shown gives away one that is hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.insight.rules import small

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=6)


@given(COUNTS)
def test_no_small_count_is_ever_shown(counts: list[int]) -> None:
    total, shown = small.parts(counts)

    assert all(count is None or count == 0 or count >= small.SMALLEST_SHOWN for count in [total, *shown])


@given(COUNTS)
def test_what_is_shown_is_true(counts: list[int]) -> None:
    total, shown = small.parts(counts)

    assert total in (None, sum(counts))
    assert all(count in (None, true) for count, true in zip(shown, counts, strict=True))


@given(COUNTS)
def test_no_difference_gives_a_hidden_part_away(counts: list[int]) -> None:
    total, shown = small.parts(counts)
    hidden = [true for count, true in zip(shown, counts, strict=True) if count is None]

    if total is not None and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= small.SMALLEST_SHOWN


@given(COUNTS)
def test_zeros_stay_visible(counts: list[int]) -> None:
    _, shown = small.parts(counts)

    assert all(count == 0 for count, true in zip(shown, counts, strict=True) if true == 0)


def test_counts_that_point_to_nobody_are_all_shown() -> None:
    assert small.parts([12, 5, 0, 40]) == (57, [12, 5, 0, 40])


def test_a_single_small_part_takes_the_next_one_with_it() -> None:
    assert small.parts([30, 3, 8]) == (41, [30, None, None])
