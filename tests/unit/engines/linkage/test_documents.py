"""Numbers that follow one another are those of twins registered together, whatever kind of paper bears them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.documents import Document, are_consecutive

DIGITS = st.integers(10**6, 10**8 - 10)


def document(number: str, kind: str = "PAS") -> Document:
    return Document(kind, number, valid=True)


@pytest.mark.parametrize(
    ("one", "other", "follow"),
    [
        ("V84220800", "V84220801", True),
        ("V84220800", "V84220800", False),
        ("V84220800", "X84220801", False),
        ("V84220800", "V84220900", False),
        ("84220800", "84220803", True),
        ("VABC", "VABD", False),
    ],
)
def test_a_series_of_letters_must_be_the_same_and_the_digits_must_follow(one: str, other: str, follow: bool) -> None:
    assert are_consecutive(document(one), document(other)) is follow


@given(st.sampled_from(("", "V", "AB")), DIGITS, st.integers(0, 9))
def test_it_does_not_matter_which_comes_first(series: str, number: int, steps: int) -> None:
    one, other = document(f"{series}{number}"), document(f"{series}{number + steps}")

    assert are_consecutive(one, other) == are_consecutive(other, one) == (0 < steps <= 3)


@given(DIGITS)
def test_papers_of_two_kinds_do_not_follow_each_other(number: int) -> None:
    assert not are_consecutive(document(str(number)), document(str(number + 1), kind="CE"))
