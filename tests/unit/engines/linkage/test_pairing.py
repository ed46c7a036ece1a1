"""Blocks and the pairs within them, against the plain way of saying the same."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import batch, block
from amparo.engines.linkage.pairing import Blocks, Keyed, blocks_of
from amparo.engines.linkage.prepare import Prepared, prepare_all
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
RECORDS = prepare_all(invented.world(120, 5)[0], TABLES)


def _blocks(records: list[Prepared], largest: int) -> Blocks:
    return blocks_of(records, Keyed.of(map(block.keys_of, records)), largest)


def _said_plainly(records: list[Prepared], largest: int) -> set[tuple[int, int]]:
    """All pairs of blocks; those that are too large are parted by birth, then by origin, then passed over."""
    keys = [(key, place) for place, record in enumerate(records) for key in block.keys_of(record)]
    small, large = _parted(keys, largest)
    born = [(f"{key}|{window}", place) for key, place in large for window in block.birth_windows(records[place])]
    more, large = _parted(born, largest)
    near = [(f"{key}|{origin}", place) for key, place in large if (origin := records[place].fields.origin[:6])]
    return small | more | _parted(near, largest)[0]


def _parted(keys: list[tuple[str, int]], largest: int) -> tuple[set[tuple[int, int]], list[tuple[str, int]]]:
    members: dict[str, list[int]] = defaultdict(list)
    for key, place in keys:
        members[key].append(place)
    pairs = {pair for told in members.values() if len(told) <= largest for pair in combinations(sorted(told), 2)}
    return pairs, [(key, place) for key, place in keys if len(members[key]) > largest]


@given(st.permutations(range(len(RECORDS))), st.sampled_from([2, 3, 5, 20, 200]), st.integers(0, len(RECORDS)))
def test_pairs_are_those_of_all_blocks_that_are_small_enough(order: list[int], largest: int, count: int) -> None:
    records = [RECORDS[place] for place in order[:count]]

    found = list(batch.candidate_pairs(records, largest_block=largest))

    assert found == sorted(_said_plainly(records, largest))


def test_parts_have_every_pair_once_between_them() -> None:
    blocks = _blocks(RECORDS, 200)
    whole = [
        pair for lefts, rights in blocks.pairs(at_once=50) for pair in zip(lefts.tolist(), rights.tolist(), strict=True)
    ]

    parts = [
        pair
        for part in range(3)
        for lefts, rights in blocks.pairs(part, 3, at_once=50)
        for pair in zip(lefts.tolist(), rights.tolist(), strict=True)
    ]

    assert sorted(parts) == whole == list(batch.candidate_pairs(RECORDS))


def test_two_records_share_a_block_if_they_are_a_pair() -> None:
    blocks = _blocks(RECORDS, 5)
    pairs = set(batch.candidate_pairs(RECORDS, largest_block=5))

    assert pairs
    assert {pair for pair in combinations(range(len(RECORDS)), 2) if blocks.share(*pair)} == pairs


def test_no_records_have_no_pairs() -> None:
    assert list(batch.candidate_pairs([])) == []
    assert list(batch.candidate_pairs(RECORDS[:1])) == []
