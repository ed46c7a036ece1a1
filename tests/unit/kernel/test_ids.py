"""Ids that are made many at once are as good as those made one by one."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.ids import PackedIds, new_id, new_ids


@given(st.integers(0, 300))
def test_many_ids_are_all_different_in_order_and_of_version_7(count: int) -> None:
    made = new_ids(count)

    assert len(set(made)) == count
    assert made == sorted(made)
    assert all(one.version == 7 and one.variant == new_id().variant for one in made)


def test_many_ids_stand_in_time_as_single_ones_do() -> None:
    before, several, after = new_id(), new_ids(3), new_id()

    assert before.bytes[:6] <= several[0].bytes[:6] <= after.bytes[:6]


@given(st.lists(st.lists(st.uuids())))
def test_packed_ids_are_the_ids_that_were_put_in_in_their_order(parts: list[list[UUID]]) -> None:
    packed, whole = PackedIds(), [each for part in parts for each in part]

    for part in parts:
        packed.extend(part)

    assert list(packed) == whole
    assert len(packed) == len(whole)
    assert packed[1:] == whole[1:]
    assert bool(packed) == bool(whole)
