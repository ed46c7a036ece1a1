"""Which joins take two people, and what comes of their answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.errors import Conflict
from amparo.registries.rules import judging
from amparo.registries.rules.judging import Kind, Outcome, Said, State, check_resolution, kind_of_next, may_see
from amparo.registries.rules.stakes import Stakes, risks

START = datetime(2026, 1, 1, tzinfo=UTC)
PAIR = (UUID(int=1), UUID(int=2))


def said(number: int, answer: str, by: str, kind: str = "opinion", undoes: int | None = None) -> Said:
    at = START + timedelta(hours=number)
    return Said(UUID(int=100 + number), *PAIR, answer, at, UUID(int=100 + undoes) if undoes else None, by, kind)


def outcome(*history: Said) -> Outcome | None:
    return judging.standing(history).get(PAIR)


def stands(*history: Said) -> tuple[str, str]:
    found = outcome(*history)
    assert found is not None
    return found.answer, found.state


@pytest.mark.parametrize(
    ("stakes", "codes"),
    [
        (Stakes(), ()),
        (Stakes(child=True), ("child",)),
        (Stakes(reserved=True), ("reserved",)),
        (Stakes(contradictions=["maybe_siblings"]), ("kin",)),
        (Stakes(contradictions=["different_documents"]), ("contradiction",)),
        (Stakes(sizes=(2, 3)), ("two_threads",)),
        (Stakes(sizes=(1, 9)), ()),
        (Stakes(crosses=True), ("crosses",)),
    ],
)
def test_what_takes_two_people(stakes: Stakes, codes: tuple[str, ...]) -> None:
    assert risks(stakes) == codes


def test_one_yes_where_it_takes_two_joins_nobody() -> None:
    assert stands(said(1, "same", "ana")) == ("unsure", State.PENDING)


def test_two_people_who_agree_join() -> None:
    assert stands(said(1, "same", "ana"), said(2, "same", "eva")) == ("same", State.DECIDED)


def test_the_same_person_twice_is_one_opinion() -> None:
    assert stands(said(1, "same", "ana"), said(2, "same", "ana")) == ("unsure", State.PENDING)


def test_two_who_disagree_keep_the_records_apart_until_a_third_decides() -> None:
    two = said(1, "same", "ana"), said(2, "not_same", "eva")

    assert stands(*two) == ("not_same", State.DISPUTED)
    assert stands(*two, said(3, "same", "sol", "resolution")) == ("same", State.DECIDED)


def test_who_cannot_say_leaves_the_first_opinion_to_a_third() -> None:
    assert stands(said(1, "same", "ana"), said(2, "unsure", "eva")) == ("unsure", State.PENDING)


def test_taking_back_the_resolution_brings_the_disagreement_back() -> None:
    two = said(1, "same", "ana"), said(2, "not_same", "eva")

    resolved = [*two, said(3, "same", "sol", "resolution"), said(4, "withdrawn", "sol", "alone", undoes=3)]

    assert stands(*resolved) == ("not_same", State.DISPUTED)


ANSWERS = st.tuples(
    st.sampled_from(["same", "not_same", "unsure"]), st.sampled_from(["ana", "eva", "sol"]), st.sampled_from(list(Kind))
)


@given(st.lists(ANSWERS, min_size=1, max_size=7), st.randoms())
def test_how_a_pair_stands_does_not_depend_on_the_order_of_reading(
    history: list[tuple[str, str, str]], r: object
) -> None:
    told = [said(number, *each) for number, each in enumerate(history)]
    shuffled = list(told)
    r.shuffle(shuffled)  # type: ignore[attr-defined]

    assert outcome(*shuffled) == outcome(*told)


@given(st.lists(ANSWERS, min_size=1, max_size=7), ANSWERS)
def test_taking_back_the_latest_answer_restores_what_stood(
    history: list[tuple[str, str, str]], latest: tuple[str, str, str]
) -> None:
    told = [said(number, *each) for number, each in enumerate(history)]

    after = [*told, said(50, *latest), said(51, "withdrawn", latest[1], "alone", undoes=50)]

    assert outcome(*after) == outcome(*told)


@given(st.lists(ANSWERS, min_size=1, max_size=7))
def test_no_opinion_alone_ever_joins(history: list[tuple[str, str, str]]) -> None:
    opinions = [said(number, answer, "ana") for number, (answer, _, _) in enumerate(history)]

    assert stands(*opinions)[0] != "same"


def test_only_a_yes_where_much_hangs_on_it_waits_for_a_second() -> None:
    assert kind_of_next(None, by="ana", answer="same", is_risky=True) is Kind.OPINION
    assert kind_of_next(None, by="ana", answer="same", is_risky=False) is Kind.ALONE
    assert kind_of_next(None, by="ana", answer="not_same", is_risky=True) is Kind.ALONE


def test_the_first_cannot_be_the_second_and_nobody_answers_what_is_decided() -> None:
    pending = outcome(said(1, "same", "ana"))
    decided = outcome(said(1, "same", "ana", "alone"))

    with pytest.raises(Conflict, match="yours_already"):
        kind_of_next(pending, by="ana", answer="same", is_risky=True)
    assert kind_of_next(pending, by="eva", answer="not_same", is_risky=False) is Kind.OPINION
    with pytest.raises(Conflict, match="answered_meanwhile"):
        kind_of_next(decided, by="eva", answer="same", is_risky=False)


def test_a_disagreement_is_ended_by_a_third_person() -> None:
    disputed = outcome(said(1, "same", "ana"), said(2, "not_same", "eva"))

    check_resolution(disputed, by="sol")
    for wrong, who in ((disputed, "ana"), (outcome(said(1, "same", "ana")), "sol"), (None, "sol")):
        with pytest.raises(Conflict):
            check_resolution(wrong, by=who)


def test_a_first_opinion_is_seen_by_nobody_else_not_even_by_who_resolves() -> None:
    pending = outcome(said(1, "same", "ana"))

    assert may_see(pending, by="ana", reader="ana", resolves=False)
    assert not may_see(pending, by="ana", reader="eva", resolves=False)
    assert not may_see(pending, by="ana", reader="sol", resolves=True)


def test_of_a_disagreement_both_sides_are_seen_by_who_resolves_only() -> None:
    disputed = outcome(said(1, "same", "ana"), said(2, "not_same", "eva"))

    assert not may_see(disputed, by="ana", reader="eva", resolves=False)
    assert not may_see(disputed, by="ana", reader="eva", resolves=True)
    assert may_see(disputed, by="ana", reader="sol", resolves=True)
