"""What third records say of a pair, and how plain files are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from amparo.engines.linkage import batch, plain, together
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.pairs import ScoredPair
from amparo.engines.linkage.prepare import prepare
from amparo.engines.linkage.shipped import shipped
from amparo.kernel.dates import Approx, Precision
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
TRUSTING = replace(shipped(), join=18.0, trusted=("maybe_siblings", "maybe_twins"))
ELENA = Fields(
    "elena-pnp",
    institution="pnp",
    given="Maria Elena",
    surname1="Ahuanari",
    surname2="Tamani",
    sex="F",
    birth=Approx.exact(date(2005, 4, 9)),
    doc_type="DNI",
    doc_number="71234568",
    event_on=date(2020, 2, 3),
    event_place="170103",
)
HURRIED = replace(ELENA, record_id="hurried-mp", institution="mp", given="Maria", doc_type="", doc_number="")
SISTER = replace(
    ELENA, record_id="sister-pnp", given="Maria", birth=Approx.exact(date(2007, 11, 30)), doc_number="78765432"
)


def verdicts(*records: Fields) -> dict[frozenset[str], ScoredPair]:
    known = {record.record_id: prepare(record, TABLES) for record in records}
    judge = partial(batch.judge, model=TRUSTING)
    listed = sorted(known)
    pairs = [judge(known[a], known[b]) for place, a in enumerate(listed) for b in listed[place + 1 :]]
    settled = together.settled(pairs, known, TRUSTING, judge)
    return {frozenset((pair.left, pair.right)): pair for pair in settled}


def test_a_name_left_out_is_joined_where_no_sister_is_seen() -> None:
    (pair,) = verdicts(ELENA, HURRIED).values()

    assert pair.verdict == "join"
    assert pair.contradictions == ()


def test_a_name_left_out_is_asked_about_where_a_twin_is_seen() -> None:
    twin = replace(ELENA, record_id="twin-pnp", given="Maria", doc_number="71234569")
    told = verdicts(ELENA, HURRIED, twin)

    assert told[frozenset((ELENA.record_id, HURRIED.record_id))].verdict == "ask"
    assert told[frozenset((ELENA.record_id, twin.record_id))].verdict != "join"


def test_a_sister_with_another_birth_does_not_stand_in_the_way() -> None:
    told = verdicts(ELENA, HURRIED, SISTER)

    assert told[frozenset((ELENA.record_id, SISTER.record_id))].verdict != "join"
    assert told[frozenset((HURRIED.record_id, SISTER.record_id))].verdict != "join"


def test_two_rows_of_one_desk_with_unlike_names_are_two_people() -> None:
    other_row = replace(HURRIED, institution="pnp")
    (pair,) = verdicts(ELENA, other_row).values()

    assert pair.verdict == "ask"


def test_one_record_alone_is_more_careful_than_the_batch() -> None:
    (pair,) = batch.score_one(ELENA, [HURRIED], TRUSTING, TABLES)

    assert pair.verdict == "ask"


def test_the_order_of_pairs_changes_no_verdict() -> None:
    assert verdicts(ELENA, HURRIED, SISTER) == verdicts(SISTER, HURRIED, ELENA)


def test_sets_give_their_pairs_the_last_word() -> None:
    (pair,) = verdicts(ELENA, HURRIED).values()
    apart = [frozenset({ELENA.record_id}), frozenset({HURRIED.record_id})]
    asked = replace(pair, verdict="ask")

    assert batch.as_joined([pair], apart)[0].verdict == "ask"
    assert batch.as_joined([asked], [apart[0] | apart[1]])[0].verdict == "join"


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ({"fecha_nac": "2005-04-09"}, Approx.exact(date(2005, 4, 9))),
        ({"fecha_nac": "09/04/2005"}, Approx.exact(date(2005, 4, 9))),
        ({"fecha_nac": "2005-04-09 00:00:00"}, Approx.exact(date(2005, 4, 9))),
        ({"fecha_nac": "2005"}, Approx.in_year(2005)),
        ({"edad": "14"}, Approx.born_at_age(14, date(2020, 2, 3))),
        ({"edad": "14 años"}, Approx.born_at_age(14, date(2020, 2, 3))),
        ({"edad": "13-15"}, Approx(date(2004, 2, 4), date(2007, 2, 3), Precision.ESTIMATED_AGE)),
        ({}, None),
    ],
)
def test_births_are_read_however_they_are_written(typed: dict[str, str], birth: Approx | None) -> None:
    fields, unread = plain.read({"record_id": "a", "fecha_hecho": "2020-02-03", **typed})

    assert fields.birth == birth
    assert unread == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [("fecha_nac", "31/02/2005"), ("fecha_nac", "2025-01-01"), ("edad", "quince"), ("edad", "180"), ("sexo", "X")],
)
def test_what_cannot_be_read_is_named_and_left_out(column: str, value: str) -> None:
    fields, unread = plain.read({"record_id": "a", "fecha_hecho": "2020-02-03", column: value})

    assert unread == (column,)
    assert fields.birth is None
    assert fields.sex == ""


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ({"nombres": "QUISPE MAMANI MARIA ELENA"}, ("MARIA ELENA", "QUISPE", "MAMANI")),
        ({"nombres": "Maria Elena"}, ("Maria Elena", "", "")),
        ({"nombres": "Maria Elena Rosa", "ap_paterno": "Quispe"}, ("Maria Elena Rosa", "Quispe", "")),
    ],
)
def test_a_whole_name_in_one_cell_is_parted(typed: dict[str, str], parted: tuple[str, str, str]) -> None:
    fields, _ = plain.read({"record_id": "a", **typed}, TABLES)

    assert (fields.given, fields.surname1, fields.surname2) == parted


def test_an_age_of_the_facts_or_of_the_file_is_an_interval_that_holds_both() -> None:
    fields, _ = plain.read(
        {"record_id": "a", "fecha_hecho": "2020-02-03", "fecha_registro": "2020-06-01", "edad": "14"}
    )

    assert fields.birth is not None
    assert fields.birth.earliest == Approx.born_at_age(14, date(2020, 2, 3)).earliest
    assert fields.birth.latest == Approx.born_at_age(14, date(2020, 6, 1)).latest


def test_two_records_that_fit_two_people_alike_are_asked_about() -> None:
    twin = replace(ELENA, record_id="twin-mimp", institution="mimp", given="Maria Rosa", doc_number="71234569")
    scant = replace(HURRIED, record_id="scant-chs", institution="chs", birth=None)
    told = verdicts(ELENA, HURRIED, twin, scant)

    assert told[frozenset((HURRIED.record_id, scant.record_id))].verdict == "ask"


def test_two_scant_records_are_joined_where_only_one_person_is_seen() -> None:
    again = replace(ELENA, record_id="again-mimp", institution="mimp")
    scant = replace(HURRIED, record_id="scant-chs", institution="chs", birth=None)
    told = verdicts(ELENA, HURRIED, again, scant)

    assert told[frozenset((HURRIED.record_id, scant.record_id))].verdict == "join"


def test_a_name_that_both_twins_bear_does_not_explain_their_numbers_away() -> None:
    one = replace(ELENA, given="Maria")
    other = replace(one, record_id="other-pnp", doc_number="71234569", birth=Approx.born_at_age(14, date(2020, 2, 3)))
    again = replace(one, record_id="again-mp", institution="mp")
    scant = replace(one, record_id="scant-chs", institution="chs", doc_type="", doc_number="")
    told = verdicts(one, other, again, scant)

    assert told[frozenset((one.record_id, again.record_id))].verdict == "join"
    assert told[frozenset((again.record_id, scant.record_id))].verdict == "ask"
