"""Training, batch linking and searching, on a small invented world."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations

import pytest

from amparo.engines.linkage import batch, calibrate, search, train
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.shipped import shipped
from amparo.engines.linkage.weigh import Model
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
RECORDS, TRUTH = invented.world(500, 11)


@pytest.fixture(scope="module")
def model() -> Model:
    return train.train(RECORDS, TABLES, seed=1)


def test_training_changes_the_model_and_survives_json(model: Model) -> None:
    assert model.origin == "trained"
    assert model.m != shipped().m
    assert Model.from_json(model.to_json()) == model


def test_a_model_holds_no_name(model: Model) -> None:
    text = model.to_json().upper()

    assert not any(f'"{name}"' in text for name in (*invented.SURNAMES, *invented.FEMALE))
    assert "KISPE" not in text


def test_few_records_get_the_shipped_model() -> None:
    assert train.train(RECORDS[:100], TABLES, seed=1) == shipped()


def test_agreement_weighs_more_than_disagreement(model: Model) -> None:
    for weights in model.weights:
        assert weights[-1] > weights[1] or len(weights) == 2


def test_what_is_joined_alone_is_right_and_most_is_found(model: Model) -> None:
    pairs = batch.link(RECORDS, model, TABLES)
    people: dict[int, list[str]] = defaultdict(list)
    for record, person in TRUTH.items():
        people[person].append(record)
    true = {pair for records in people.values() for pair in combinations(sorted(records), 2)}
    joined = {pair for members in batch.people(TRUTH, pairs) for pair in combinations(sorted(members), 2)}

    assert len(joined & true) >= 0.99 * len(joined)
    assert len(joined & true) >= 0.6 * len(true)
    assert len({(pair.left, pair.right) for pair in pairs} & true) >= 0.93 * len(true)


def test_a_trained_model_scores_one_record_as_in_the_batch(model: Model) -> None:
    by_id = {record.record_id: record for record in RECORDS}
    stored = Model.from_json(model.to_json())

    for pair in batch.link(RECORDS[:200], model, TABLES, keep_below_ask=True)[:200]:
        (alone,) = batch.score_one(by_id[pair.left], [by_id[pair.right]], stored, TABLES)
        assert alone.score == pytest.approx(pair.score, abs=1e-6)
        assert alone.verdict == pair.verdict or "ask" in (alone.verdict, pair.verdict)


def test_the_order_of_records_does_not_change_the_pairs(model: Model) -> None:
    forwards = batch.link(RECORDS[:200], model, TABLES)

    assert batch.link(RECORDS[:200][::-1], model, TABLES) == forwards


def test_several_processes_give_the_same_model_and_the_same_pairs(model: Model) -> None:
    alone = batch.link(RECORDS, model, TABLES)

    learnt, ready = train.train_ready(RECORDS, TABLES, seed=1, processes=2)

    assert learnt == model
    assert batch.link_ready(ready, learnt, processes=3) == batch.link(RECORDS, model, TABLES, processes=2) == alone


def test_pairs_that_are_not_worth_a_question_are_those_that_were_never_compared(model: Model) -> None:
    everything = batch.link(RECORDS[:300], model, TABLES, keep_below_ask=True)
    worth = {(pair.left, pair.right) for pair in batch.link(RECORDS[:300], model, TABLES)}

    assert {
        (pair.left, pair.right) for pair in everything if pair.score >= model.join and not pair.contradictions
    } <= worth
    assert len(worth) < len(everything) / 2


def test_a_block_that_is_too_large_is_parted() -> None:
    many = [Fields(f"r{number:03d}", given="Maria Rosa", surname1="Quispe", surname2="Flores") for number in range(60)]
    twice = Fields("x", given="Maria Rosa", surname1="Quispe", doc_type="DNI", doc_number="71234568")
    again = Fields("y", given="Maria", surname1="Quispe", doc_type="DNI", doc_number="71234568")

    pairs = batch.link([*many, twice, again], shipped(), TABLES, keep_below_ask=True, largest_block=20)

    assert [(pair.left, pair.right) for pair in pairs] == [("x", "y")]


def test_the_curve_finds_the_point_where_chances_are_even() -> None:
    draw = random.Random(4)
    scores = [draw.uniform(-20, 40) for _ in range(2000)]
    anchors = [(score, draw.random() < 1 / (1 + 2 ** (12 - score))) for score in scores]

    curve = calibrate.fit(anchors, even=10.0)

    assert curve is not None
    assert curve.probability(12.0) == pytest.approx(0.5, abs=0.15)
    assert curve.slope == pytest.approx(1.0, abs=0.2)


def test_a_few_wrong_numbers_do_not_make_high_scores_look_wrong() -> None:
    draw = random.Random(4)
    scores = [draw.uniform(-20, 40) for _ in range(2000)]
    anchors = [(score, draw.random() < 0.98 / (1 + 2 ** (12 - score))) for score in scores]

    curve = calibrate.fit(anchors, even=10.0)

    assert curve is not None
    assert curve.probability(30.0) > 0.999


def test_wrong_numbers_alone_do_not_bend_the_curve() -> None:
    draw = random.Random(5)
    anchors = [(draw.gauss(36, 8), draw.random() < 0.97) for _ in range(1500)]

    curve = calibrate.fit(anchors, even=12.0)

    assert curve is not None
    assert curve.probability(30.0) > 0.999


def test_too_few_anchors_give_no_curve() -> None:
    assert calibrate.fit([(10.0, True)] * 30, even=10.0) is None


HER = Fields(
    "her", given="María Elena", surname1="Quispe", surname2="De la Cruz", doc_type="DNI", doc_number="71234568"
)
OTHERS = [
    Fields("rosa", given="Rosa", surname1="Quispe", surname2="Mamani"),
    Fields("jose", given="Jose", surname1="Torres", surname2="Rojas"),
    Fields("metsa", given="Lucia", surname1="Maynas", native_name="Metsa Kabi", alias="la Gata"),
]


@pytest.mark.parametrize(
    "text",
    [
        "maria quispe",
        "Kispe Elena",
        "elena de la cruz",
        "CRUZ QUISPE",
        "Maria Elena Quizpe",
        "71234568",
        "71234586",
        "Qui Mar",
    ],
)
def test_she_is_found_first_whatever_is_missing_or_misspelled(text: str) -> None:
    hits = search.rank(search.typed(text), [*OTHERS, HER], TABLES)

    assert hits[0].record_id == "her"


def test_a_native_name_or_an_alias_finds_too() -> None:
    assert search.rank(search.typed("metsa"), [HER, *OTHERS], TABLES)[0].record_id == "metsa"
    assert search.rank(search.typed("lucia gata"), [HER, *OTHERS], TABLES)[0].record_id == "metsa"


def test_who_does_not_fit_is_not_shown() -> None:
    assert search.rank(search.typed("Percy Ahuanari"), [HER, *OTHERS], TABLES) == []
    assert search.rank(Fields(""), [HER, *OTHERS], TABLES) == []
