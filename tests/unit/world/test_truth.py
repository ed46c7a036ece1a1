"""Measuring a clustering against the truth."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from amparo.world.truth import agreement, truth_pairs

TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}


def test_joining_nothing_is_precise_and_finds_nothing():
    found = agreement(TRUTH, [])

    assert (found.precision, found.recall, found.exposed) == (1.0, 0.0, 0)
    assert found.people == 3


def test_joining_as_in_truth_is_perfect():
    found = agreement(TRUTH, [["a", "b", "c"], ["d", "e"], ["f"]])

    assert (found.precision, found.recall, found.exposed) == (1.0, 1.0, 0)


def test_a_wrong_join_exposes_everybody_in_it():
    found = agreement(TRUTH, [["a", "b", "f"]])

    assert (found.same, found.joined, found.right) == (4, 3, 1)
    assert found.exposed == 2


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 6)), max_size=40))
def test_counting_by_sizes_equals_counting_pair_by_pair(drawn):
    person_of = {record: person for record, (person, _) in enumerate(drawn)}
    clusters = {}
    for record, (_, cluster) in enumerate(drawn):
        clusters.setdefault(cluster, []).append(record)
    same = set(truth_pairs(person_of))
    joined = {pair for records in clusters.values() for pair in combinations(records, 2)}

    found = agreement(person_of, clusters.values())

    assert (found.same, found.joined, found.right) == (len(same), len(joined), len(same & joined))
