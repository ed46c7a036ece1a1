"""Persons are parted among processes without losing or doubling anybody."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.actions.sharing import parts


@given(st.integers(0, 50), st.integers(2, 8))
def test_everybody_is_in_exactly_one_part(count: int, processes: int) -> None:
    people = [frozenset({UUID(int=number)}) for number in range(count)]

    found = parts(people, processes)

    assert len(found) == processes
    assert sorted(people, key=sorted) == sorted((each for part in found for each in part), key=sorted)
