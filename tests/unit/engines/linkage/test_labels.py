"""What answers teach the weights: nothing where they were foreseen, and never that the machine may be bolder."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import labels
from amparo.engines.linkage.labels import Compared, Label
from amparo.engines.linkage.levels import CODES, COMPARISONS, POSITION, Birth, Given, level_code
from amparo.engines.linkage.shipped import shipped

MODEL = shipped()
BIRTH = POSITION["birth"]


@st.composite
def compared(draw: st.DrawFn) -> Compared:
    levels = tuple(draw(st.integers(0, len(each.levels) - 1)) for each in COMPARISONS)
    return Compared(levels, draw(st.floats(-5, 5)))


LABELS = st.lists(st.builds(Label, compared(), st.booleans()), max_size=30)


def at(birth: Birth, *, barred: bool = False) -> Compared:
    levels = [0] * len(CODES)
    levels[POSITION["given"]], levels[BIRTH] = Given.NEAR, birth
    return Compared(tuple(levels), 0.0, ("siblings",) if barred else ())


def test_no_answers_change_nothing() -> None:
    assert labels.learn(MODEL, [], expected=1000) == MODEL


@given(LABELS, st.randoms())
def test_the_order_of_the_answers_does_not_matter(told: list[Label], shuffling: object) -> None:
    shuffled = list(told)
    shuffling.shuffle(shuffled)  # type: ignore[attr-defined]

    assert labels.learn(MODEL, shuffled, expected=1000) == labels.learn(MODEL, told, expected=1000)


@given(LABELS, st.floats(1, 1e6))
def test_chances_stay_chances_and_u_stays(told: list[Label], expected: float) -> None:
    after = labels.learn(MODEL, told, expected=expected)

    for code in CODES:
        assert sum(after.m[code][1:]) == pytest.approx(sum(MODEL.m[code][1:]))
        assert all(chance > 0 for chance in after.m[code][1:])
    assert (after.u, after.prior, after.join, after.ask) == (MODEL.u, MODEL.prior, MODEL.join, MODEL.ask)


def test_answers_that_the_model_foresaw_change_next_to_nothing() -> None:
    """Of pairs with a probability p, a share of p being the same is no news."""
    pair = at(Birth.SAME)
    chance = MODEL.probability(labels.score(pair, MODEL))
    many = 1000
    told = [Label(pair, number < round(chance * many)) for number in range(many)]

    after = labels.learn(MODEL, told, expected=1000)

    assert after.m["birth"] == pytest.approx(MODEL.m["birth"], abs=0.001)


def test_surprising_answers_move_the_levels_they_are_about() -> None:
    pair = at(Birth.TYPO)
    same = labels.learn(MODEL, [Label(pair, True)] * 40, expected=1000)
    apart = labels.learn(MODEL, [Label(pair, False)] * 40, expected=1000)

    assert same.weights[BIRTH][Birth.TYPO] >= MODEL.weights[BIRTH][Birth.TYPO] >= apart.weights[BIRTH][Birth.TYPO]
    assert same.weights[BIRTH][Birth.TYPO] > apart.weights[BIRTH][Birth.TYPO]


def test_the_more_was_learnt_before_the_less_an_answer_moves() -> None:
    told = [Label(at(Birth.TYPO), False)] * 20

    def moved(expected: float) -> float:
        after = labels.learn(MODEL, told, expected=expected)
        return abs(after.weights[BIRTH][Birth.TYPO] - MODEL.weights[BIRTH][Birth.TYPO])

    assert moved(100_000) < moved(1_000)


def test_answers_about_barred_pairs_teach_nothing() -> None:
    assert labels.learn(MODEL, [Label(at(Birth.TYPO, barred=True), False)] * 40, expected=1000) == MODEL


@given(st.lists(st.tuples(compared(), st.sampled_from([True, False, None])), max_size=40))
def test_the_machine_never_becomes_bolder(pairs: list[tuple[Compared, bool | None]]) -> None:
    assert labels.guarded(MODEL, pairs).join >= MODEL.join


def test_errors_among_what_is_joined_alone_raise_the_threshold() -> None:
    def reaching(bits: float) -> Compared:
        return Compared((0,) * len(CODES), bits)

    sure = [(reaching(MODEL.join + 20), None)] * 5000
    wrong = [(reaching(MODEL.join + 1), False)] * 50

    assert labels.guarded(MODEL, sure + wrong).join == pytest.approx(MODEL.join + 20)


@given(compared())
def test_a_stored_pair_reads_back_as_it_was_compared(pair: Compared) -> None:
    told = [(code, level_code(code, level), 0.0) for code, level in zip(CODES, pair.levels, strict=True) if level]
    told.append(("given_rarity", "rare", pair.rarity))

    back = labels.of_evidence(told)

    assert back == pair
    assert math.isclose(labels.score(back, MODEL), labels.score(pair, MODEL))


def test_every_level_is_shown_before_and_after() -> None:
    told = [Label(at(Birth.TYPO), True), Label(at(Birth.TYPO), False)]
    shown = labels.changes(MODEL, labels.learn(MODEL, told, expected=1000), told)

    typo = next(each for each in shown if (each.comparison, each.level) == ("birth", Birth.TYPO))
    assert (typo.same, typo.not_same) == (1, 1)
    assert len(shown) == sum(len(each.levels) - 1 for each in COMPARISONS)
