"""Ids that are made many at once are as good as those made one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.ids import new_id, new_ids


@given(st.integers(0, 300))
def test_many_ids_are_all_different_in_order_and_of_version_7(count: int) -> None:
    made = new_ids(count)

    assert len(set(made)) == count
    assert made == sorted(made)
    assert all(one.version == 7 and one.variant == new_id().variant for one in made)


def test_many_ids_stand_in_time_as_single_ones_do() -> None:
    before, several, after = new_id(), new_ids(3), new_id()

    assert before.bytes[:6] <= several[0].bytes[:6] <= after.bytes[:6]
