"""The tree is that of RFC 9162: roots follow its definition, and proofs hold for what is so and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.ledger import merkle

SIZES = st.integers(1, 200)


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf(str(number).encode()) for number in range(count)]


def defined(found: list[bytes]) -> bytes:
    """MTH as RFC 9162, 2.1.1, writes it down."""
    if len(found) <= 1:
        return found[0] if found else hashlib.sha256().digest()
    middle = 1 << ((len(found) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + defined(found[:middle]) + defined(found[middle:])).digest()


def subtrees(found: list[bytes]) -> Callable[[int, int], bytes]:
    return lambda level, index: defined(found[index << level : (index + 1) << level])


def test_the_root_of_nothing_and_of_one_entry_are_those_of_the_standard() -> None:
    one = merkle.leaf(b"")

    assert merkle.root(0, subtrees([])).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert one.hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(1, subtrees([one])) == one


@given(SIZES)
def test_the_root_follows_the_definition(size: int) -> None:
    found = leaves(size)

    assert merkle.root(size, subtrees(found)) == defined(found)


@given(SIZES)
def test_whole_subtrees_are_completed_once_and_in_order(size: int) -> None:
    found = leaves(size)
    kept: dict[tuple[int, int], bytes] = {(0, place): leaf for place, leaf in enumerate(found)}
    for place, leaf in enumerate(found):
        for level, index, value in merkle.completed(place, leaf, lambda level, index: kept[level, index]):
            assert (level, index) not in kept
            kept[level, index] = value

    assert merkle.root(size, lambda level, index: kept[level, index]) == defined(found)
    assert len(kept) == 2 * size - size.bit_count()


@given(st.data())
def test_an_entry_is_proved_where_it_stands_and_nowhere_else(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index, other = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    found = leaves(size)
    path = merkle.inclusion(index, size, subtrees(found))

    assert merkle.is_included(index, size, found[index], path, defined(found))
    assert merkle.is_included(other, size, found[index], path, defined(found)) == (other == index)
    assert not merkle.is_included(index, size, merkle.leaf(b"other"), path, defined(found))


@given(st.data())
def test_an_older_tree_is_proved_to_be_continued(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    old = data.draw(st.integers(0, size))
    found = leaves(size)
    path = merkle.consistency(old, size, subtrees(found))

    assert merkle.is_consistent(old, size, defined(found[:old]), defined(found), path)


@given(st.data())
def test_a_tree_that_was_rewritten_is_not_proved_to_continue(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 200))
    old = data.draw(st.integers(1, size))
    altered = data.draw(st.integers(0, old - 1))
    found = leaves(size)
    bent = [*found[:altered], merkle.leaf(b"bent"), *found[altered + 1 :]]
    path = merkle.consistency(old, size, subtrees(bent))

    assert not merkle.is_consistent(old, size, defined(found[:old]), defined(bent), path)


@given(st.data())
def test_a_proof_with_a_step_altered_left_out_or_put_in_does_not_hold(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 200))
    index = data.draw(st.integers(0, size - 1))
    found = leaves(size)
    path = merkle.inclusion(index, size, subtrees(found))
    place = data.draw(st.integers(0, len(path) - 1))
    wrong = (
        [*path[:place], merkle.leaf(b"x"), *path[place + 1 :]],
        path[:place] + path[place + 1 :],
        [*path, path[place]],
    )

    for bent in wrong:
        assert not merkle.is_included(index, size, found[index], bent, defined(found))


@pytest.mark.parametrize("old", [-1, 6])
def test_a_proof_about_a_tree_that_cannot_be_does_not_hold(old: int) -> None:
    assert not merkle.is_consistent(old, 5, merkle.EMPTY, merkle.EMPTY, [merkle.EMPTY])
