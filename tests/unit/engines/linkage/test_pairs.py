"""Blocking, comparing, weighing, gating and explaining pairs of records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import batch, block, compare, decide, explain, gate, weigh
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import CODES, Birth, DocumentLevel, Event, Given, Native, Surnames
from amparo.engines.linkage.prepare import prepare
from amparo.engines.linkage.shipped import shipped
from amparo.kernel.dates import Approx
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
HER = Fields(
    "a",
    institution="pnp",
    given="María Elena",
    surname1="Quispe",
    surname2="De la Cruz",
    sex="F",
    birth=Approx.exact(date(2003, 4, 9)),
    doc_type="DNI",
    doc_number="71234568",
    origin="160101",
    event_on=date(2020, 2, 3),
    event_place="170103",
)


def _also(**changes: Any) -> Fields:
    return replace(HER, record_id="b", **changes)


def _level(code: str, **changes: Any) -> int:
    return compare.compare(HER, _also(**changes), TABLES).level(code)


@pytest.mark.parametrize(
    "changes",
    [
        {"surname1": "Kispe", "surname2": "Cruz", "given": "Ma. Elena"},
        {"surname1": "De la Cruz", "surname2": "Quispe"},
        {"surname2": "DELACRUZ", "given": "Helena Maria"},
        {"surname2": ""},
        {"given": "Elena"},
        {"given": "M. E.", "birth": Approx.exact(date(2003, 9, 4))},
        {"surname1": "", "surname2": "", "given": "NN", "alias": "la flaca"},
        {"given": "Milagros", "birth": Approx.born_at_age(18, date(2020, 2, 3))},
    ],
)
def test_listed_variations_still_share_a_key(changes: dict[str, Any]) -> None:
    assert block.keys(HER, TABLES) & block.keys(_also(**changes), TABLES)


def test_variations_of_names_share_a_key_without_document_birth_or_event() -> None:
    bare = replace(HER, doc_number="", birth=None, event_on=None)
    for given_names, first, second in [
        ("Elena", "Kispe", ""),
        ("Mari", "de la Crus", "Quispe"),
        ("Quispe", "Maria", "Elena"),
    ]:
        other = replace(bare, record_id="b", given=given_names, surname1=first, surname2=second)
        assert block.keys(bare, TABLES) & block.keys(other, TABLES), given_names


def test_no_key_is_a_single_common_value() -> None:
    for key in block.keys(HER, TABLES):
        kind, *parts = key.split("|")
        assert kind in {"doc", "ref"} or len(parts) >= 2


def test_records_have_few_keys() -> None:
    records, _ = invented.world(200, 3)

    assert max(len(block.keys(record, TABLES)) for record in records) <= block.MOST_KEYS


@pytest.mark.parametrize("difference", [-2, -1, 0, 1, 2])
@given(year=st.integers(1960, 2020))
def test_births_two_years_apart_share_a_key_with_a_surname_and_a_letter(difference: int, year: int) -> None:
    one = Fields("a", given="Rosa Elena", surname1="Ahuanari", birth=Approx.exact(date(year, 7, 1)))
    other = Fields("b", given="Rosaura", surname1="Ahuanari", birth=Approx.exact(date(year + difference, 7, 1)))

    assert block.keys(one, TABLES) & block.keys(other, TABLES)


def test_a_query_needs_two_parts_of_a_name_or_a_number() -> None:
    assert not block.query_keys(Fields("", given="Maria"), TABLES)
    assert block.query_keys(Fields("", given="Maria Quispe"), TABLES) & block.keys(HER, TABLES)
    assert block.query_keys(Fields("", doc_number="71234568"), TABLES) & block.keys(HER, TABLES)


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Surnames.BOTH),
        ({"surname1": "Kispe", "surname2": "Cruz"}, Surnames.BOTH),
        ({"surname1": "De la Cruz", "surname2": "Quispe"}, Surnames.BOTH_SWAPPED),
        ({"surname1": "Quizpec", "surname2": "DELACRUZ"}, Surnames.BOTH_NEAR),
        ({"surname2": ""}, Surnames.ONE),
        ({"surname1": "Quispe De La Cruz", "surname2": ""}, Surnames.BOTH),
        ({"surname2": "Mamani"}, Surnames.ONE_AND_CONFLICT),
        ({"surname1": "Rojas", "surname2": "Tamani"}, Surnames.DIFFERENT),
        ({"surname1": "", "surname2": ""}, Surnames.MISSING),
        ({"given": "Cruz Quispe", "surname1": "Maria", "surname2": "Elena"}, Surnames.CROSSED),
        ({"given": "M.E.Q.", "surname1": "", "surname2": ""}, Surnames.INITIALS),
    ],
)
def test_surnames_are_graded(changes: dict[str, Any], level: Surnames) -> None:
    assert _level("surnames", **changes) == level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Ma. Elena", Given.SAME_SEVERAL),
        ("Mari Helena", Given.SAME_SEVERAL),
        ("Elena María", Given.REORDERED),
        ("Elena", Given.PART),
        ("Maria Elenna Rosa", Given.PART),
        ("Maria Elerna", Given.NEAR),
        ("Maria Luisa", Given.SOME),
        ("M. E.", Given.INITIALS),
        ("Juana", Given.DIFFERENT),
        ("", Given.MISSING),
    ],
)
def test_given_names_are_graded_as_sets(name: str, level: Given) -> None:
    assert _level("given", given=name) == level


@pytest.mark.parametrize(
    ("birth", "level"),
    [
        (Approx.exact(date(2003, 4, 9)), Birth.SAME),
        (Approx.exact(date(2003, 9, 4)), Birth.SWAPPED),
        (Approx.exact(date(2003, 4, 8)), Birth.TYPO),
        (Approx.exact(date(2005, 4, 9)), Birth.TYPO),
        (Approx.exact(date(2003, 1, 1)), Birth.AGE_AND_DAY_AGREE),
        (Approx.exact(date(2003, 6, 30)), Birth.AGE_AND_DAY_AGREE),
        (Approx.born_at_age(16, date(2020, 2, 3)), Birth.AGE_AND_DAY_AGREE),
        (Approx.born_at_age(17, date(2020, 2, 3)), Birth.CLOSE),
        (Approx.exact(date(2004, 11, 27)), Birth.DAYS_DIFFER),
        (Approx.exact(date(2006, 11, 27)), Birth.APART),
        (Approx.exact(date(1984, 11, 27)), Birth.FAR),
        (None, Birth.MISSING),
    ],
)
def test_births_are_graded_as_intervals(birth: Approx | None, level: Birth) -> None:
    assert _level("birth", birth=birth) == level


def test_two_years_or_ages_agree_less_than_a_day_and_an_age() -> None:
    by_age = replace(HER, birth=Approx.born_at_age(16, date(2020, 2, 3)))
    invented_day = _also(birth=Approx.exact(date(2003, 1, 1)))

    assert compare.compare(by_age, invented_day, TABLES).level("birth") == Birth.AGES_AGREE


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Event.DAY_AND_PLACE),
        ({"event_place": "080101"}, Event.DAY),
        ({"event_on": date(2020, 3, 2)}, Event.NEAR_AND_PLACE),
        ({"event_on": date(2020, 2, 6)}, Event.NEAR_AND_PLACE),
        ({"event_on": date(2020, 2, 26), "event_place": ""}, Event.NEAR),
        ({"event_on": None}, Event.PLACE),
        ({"event_on": date(2021, 5, 6), "event_place": "080101"}, Event.DIFFERENT),
    ],
)
def test_events_are_graded(changes: dict[str, Any], level: Event) -> None:
    assert _level("event", **changes) == level


def test_a_native_name_is_found_among_official_ones() -> None:
    both = replace(HER, given="Lucia", native_name="Metsa Kabi")

    assert compare.compare(both, _also(native_name="METSA KABI"), TABLES).level("native") == Native.SAME
    assert compare.compare(both, _also(given="Metsa Lucia"), TABLES).level("native") == Native.PART


def test_documents_are_graded() -> None:
    assert _level("document") == DocumentLevel.SAME
    assert _level("document", doc_number="71234586") == DocumentLevel.NEAR
    assert _level("document", doc_number="45678912") == DocumentLevel.DIFFERENT
    assert _level("document", doc_number="") == DocumentLevel.MISSING


RECORDS = invented.world(60, 5)[0]
SOME_RECORDS = st.sampled_from(RECORDS)


@given(SOME_RECORDS, SOME_RECORDS)
def test_comparing_is_symmetric(a: Fields, b: Fields) -> None:
    assert compare.compare(a, b, TABLES) == compare.compare(b, a, TABLES)
    assert gate.between(a, b, TABLES) == gate.between(b, a, TABLES)


@given(SOME_RECORDS, SOME_RECORDS)
def test_evidence_adds_up_to_the_score(a: Fields, b: Fields) -> None:
    comparison = compare.compare(a, b, TABLES)
    told = explain.explain(comparison, shipped())

    assert sum(each.weight for each in told) == pytest.approx(shipped().score(comparison))
    assert all((each.weight > 0) == (each.direction == "for") for each in told)


def test_an_agreement_on_a_rare_name_says_more() -> None:
    common = compare.compare(HER, _also(), TABLES)
    rare = compare.compare(
        replace(HER, surname1="Ahuite", surname2="Tsejem"), _also(surname1="Ahuite", surname2="Tsejem"), TABLES
    )

    assert shipped().score(rare) > shipped().score(common) + 3


def test_a_model_survives_json() -> None:
    model = replace(shipped(), slope=0.8, offset=-7.5, trusted=("maybe_twins",))

    assert weigh.Model.from_json(model.to_json()) == model


def test_a_model_for_other_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="other comparisons"):
        weigh.Model.from_json(shipped().to_json().replace('"day_and_place"', '"somewhere"'))


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("different_documents", {}, {"doc_number": "45678912"}),
        ("siblings", {}, {"given": "Rosa", "birth": Approx.exact(date(2005, 1, 20)), "doc_number": ""}),
        ("twins", {}, {"given": "Maria Elisa", "doc_number": "71234569"}),
        ("guardian_document", {"guardian_doc": "45678912"}, {"doc_number": "45678912"}),
        ("shared_document", {}, {"given": "Justina", "birth": Approx.exact(date(1980, 5, 2))}),
        ("mother_and_daughter", {}, {"birth": Approx.exact(date(1980, 5, 2)), "doc_number": ""}),
        ("birth_far_apart", {}, {"birth": Approx.exact(date(1990, 5, 2)), "doc_number": ""}),
        ("sex_and_birth", {}, {"sex": "M", "birth": Approx.born_at_age(18, date(2020, 2, 3)), "doc_number": ""}),
        ("births_differ", {}, {"birth": Approx.exact(date(2004, 11, 27)), "doc_number": ""}),
        ("no_identity", {}, {"given": "NN", "surname1": "", "surname2": "", "doc_number": ""}),
        ("different_surnames", {}, {"surname1": "Rojas", "surname2": "Tamani", "doc_number": ""}),
        (
            "maybe_homonyms",
            {},
            {
                "birth": Approx.exact(date(2003, 4, 8)),
                "event_on": date(2022, 9, 1),
                "event_place": "150101",
                "doc_number": "",
            },
        ),
        ("maybe_homonyms", {}, {"birth": None, "event_place": "170102", "doc_number": ""}),
        ("maybe_siblings", {}, {"given": "M. R.", "birth": Approx.born_at_age(16, date(2020, 2, 3)), "doc_number": ""}),
        ("no_identity", {}, {"given": "", "doc_number": ""}),
        ("nothing_else", {}, {"birth": None, "origin": "", "event_on": None, "event_place": "", "doc_number": ""}),
    ],
)
def test_contradictions_are_found_and_never_joined(code: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    left, right = replace(HER, **one), _also(**other)
    against = gate.between(left, right, TABLES)

    assert code in against
    assert decide.verdict(1000.0, against, decide.Thresholds(20, 10)) != "join"


def test_an_event_that_fills_the_files_supports_no_name() -> None:
    other = prepare(_also(birth=None, doc_number=""), TABLES)
    her = prepare(HER, TABLES)
    compared = compare.compare_prepared(her, other)

    assert "maybe_homonyms" not in gate.contradictions(her, other, compared)
    assert "maybe_homonyms" in gate.contradictions(her, other, compared, telling=())


def test_an_event_tells_only_where_few_share_it() -> None:
    usual = shipped()
    chances = list(usual.u["event"])
    chances[Event.DAY_AND_PLACE] = 0.4

    assert Event.DAY_AND_PLACE in usual.telling
    assert Event.NEAR not in usual.telling
    assert Event.DAY_AND_PLACE not in replace(usual, u={**usual.u, "event": tuple(chances)}).telling


def test_a_record_written_twice_has_no_contradiction() -> None:
    assert gate.between(HER, _also(), TABLES) == ()


def test_kin_are_not_worth_a_question_until_they_would_have_been_joined() -> None:
    thresholds = decide.Thresholds(join=20, ask=10)

    assert decide.verdict(15, ("siblings",), thresholds) == "no"
    assert decide.verdict(15, ("nothing_else",), thresholds) == "ask"
    assert decide.verdict(15, (), thresholds) == "ask"
    assert decide.verdict(20, (), thresholds) == "join"
    assert decide.verdict(9, (), thresholds) == "no"


def test_the_lowest_safe_score_keeps_the_expected_precision() -> None:
    scored = [*((float(score), 1.0) for score in range(100, 60, -1)), (60.0, 0.98), (59.0, 0.98), (10.0, 0.5)]

    assert decide.lowest_safe(scored, precision=0.99) == 59.0
    assert decide.lowest_safe(scored, precision=0.9995) == 60.0
    assert decide.lowest_safe(scored, precision=0.9999) == 61.0
    assert decide.lowest_safe([(5.0, 0.5)]) is None


def test_one_record_scores_as_in_the_batch() -> None:
    records, _ = invented.world(120, 8)
    pairs = batch.link(records, shipped(), TABLES, keep_below_ask=True)
    by_id = {record.record_id: record for record in records}

    for pair in pairs[:400]:
        (alone,) = batch.score_one(by_id[pair.left], [by_id[pair.right]], shipped(), TABLES)
        assert alone.score == pytest.approx(pair.score, abs=1e-6)
        assert alone.comparison == pair.comparison
        assert alone.verdict == pair.verdict or "ask" in (alone.verdict, pair.verdict)


def test_all_comparisons_have_levels_and_weights() -> None:
    assert len(shipped().weights) == len(CODES)
    assert all(weights[0] == 0.0 for weights in shipped().weights)
