from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.cluster import Join, clusters

RECORDS = tuple("abcdefgh")
PAIRS = st.sampled_from(list(combinations(RECORDS, 2)))
JOINS = st.lists(
    st.builds(
        lambda pair, score, human: Join(*pair, score=score, human=human), PAIRS, st.integers(1, 5), st.booleans()
    ),
    max_size=14,
)


def test_links_make_people() -> None:
    found = clusters("abcd", [Join("a", "b", 20), Join("b", "c", 19)], [])

    assert found == [frozenset("abc"), frozenset("d")]


def test_a_human_separation_stands_against_any_score() -> None:
    found = clusters("abc", [Join("a", "b", 99), Join("b", "c", 98)], [("a", "c")])

    assert found == [frozenset("ab"), frozenset("c")]


def test_a_human_same_joins_over_the_machines_doubts() -> None:
    assert clusters("ab", [Join("a", "b", human=True)], [], doubts=[("a", "b")]) == [frozenset("ab")]


def test_a_doubt_stops_the_machine_also_across_a_chain() -> None:
    found = clusters("abc", [Join("a", "b", 30), Join("b", "c", 20)], [], doubts=[("a", "c")])

    assert found == [frozenset("ab"), frozenset("c")]


def test_a_single_link_does_not_pour_two_lives_into_one() -> None:
    two_pairs = [Join("a", "b", 30), Join("c", "d", 30)]

    assert clusters("abcd", [*two_pairs, Join("b", "c", 20)], []) == [frozenset("ab"), frozenset("cd")]
    assert clusters("abcd", [*two_pairs, Join("b", "c", 20), Join("a", "d", 20)], []) == [frozenset("abcd")]


def test_people_who_contradict_each_other_keep_the_separation() -> None:
    joins = [Join("a", "b", human=True), Join("b", "c", human=True)]

    found = clusters("abc", joins, [("a", "c")])

    assert not any({"a", "c"} <= members for members in found)


@given(JOINS, st.lists(PAIRS, max_size=4), st.lists(PAIRS, max_size=4), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    joins: list[Join], apart: list[tuple[str, str]], doubts: list[tuple[str, str]], draw
) -> None:
    expected = clusters(RECORDS, joins, apart, doubts=doubts)
    shuffled = [draw.sample(list(each), len(each)) for each in (RECORDS, joins, apart, doubts)]
    turned = [Join(join.right, join.left, join.score, join.human) for join in shuffled[1]]

    assert clusters(shuffled[0], turned, [(b, a) for a, b in shuffled[2]], doubts=shuffled[3]) == expected


@given(JOINS, st.lists(PAIRS, max_size=6), st.lists(PAIRS, max_size=4))
def test_every_record_is_in_one_set_and_separations_hold(
    joins: list[Join], apart: list[tuple[str, str]], doubts: list[tuple[str, str]]
) -> None:
    found = clusters(RECORDS, joins, apart, doubts=doubts)

    assert sorted(record for members in found for record in members) == sorted(RECORDS)
    assert not any(set(pair) <= members for pair in apart for members in found)


@given(JOINS, st.lists(PAIRS, max_size=4))
def test_human_judgements_that_agree_are_all_followed(joins: list[Join], doubts: list[tuple[str, str]]) -> None:
    found = clusters(RECORDS, joins, [], doubts=doubts)

    for join in joins:
        if join.human:
            assert any({join.left, join.right} <= members for members in found)
