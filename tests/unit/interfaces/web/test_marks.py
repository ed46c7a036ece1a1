"""Which letters differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.interfaces.web.viewmodels.marks import LONGEST, differing

texts = st.text(max_size=60)


@given(texts, texts)
def test_the_segments_joined_give_both_texts_back(left: str, right: str) -> None:
    one, other = differing(left, right)

    assert "".join(each.text for each in one) == left
    assert "".join(each.text for each in other) == right


@given(texts, texts)
def test_what_is_not_marked_is_the_same_on_both_sides(left: str, right: str) -> None:
    one, other = differing(left, right)

    assert [each.text for each in one if not each.differs] == [each.text for each in other if not each.differs]


@given(texts)
def test_equal_texts_have_no_mark(text: str) -> None:
    one, other = differing(text, text)

    assert not any(each.differs for each in (*one, *other))


def test_one_changed_letter_is_the_only_one_marked() -> None:
    one, other = differing("HUAMAN", "GUAMAN")

    assert [each.text for each in one if each.differs] == ["H"]
    assert [each.text for each in other if each.differs] == ["G"]


def test_a_very_long_text_is_marked_whole_and_at_once() -> None:
    one, _ = differing("a" * (LONGEST + 1), "b")

    assert [(each.text, each.differs) for each in one] == [("a" * (LONGEST + 1), True)]
