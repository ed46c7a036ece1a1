"""Encodings: like names stay alike, other secrets share nothing, and no name can be read in what is handed over."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.encoded import encoding, gate, link, secret, train
from amparo.engines.linkage.encoded.clk import LongTermKeys, likeness
from amparo.engines.linkage.encoded.encode import Encoder, is_telling
from amparo.engines.linkage.encoded.levels import Birth, Document, Event, Name, levels
from amparo.engines.linkage.encoded.parameters import Parameters
from amparo.engines.linkage.encoded.secret import Keys, WeakSecret
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables
from amparo.kernel.dates import Approx

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
TABLES = NameTables(particles=frozenset({"DE", "LA"}), nicknames={"MALENA": ("MAGDALENA",)})
ENCODER = Encoder(SECRET, TABLES)
ROSA = Fields(
    "r1",
    institution="pnp",
    registered_on=date(2024, 3, 2),
    given="Canariana Zulema",
    surname1="Quispecanario",
    surname2="De la Cruzcanaria",
    sex="F",
    birth=Approx.exact(date(2007, 4, 9)),
    doc_type="DNI",
    doc_number="71234568",
    origin="160101",
    event_on=date(2024, 3, 1),
    event_place="170103",
)
NAME_KEYS = LongTermKeys(Keys(SECRET, "of the test"), Parameters())
WORDS = st.text("ABCDEFGHIJKLMNOPRSTUVYZ", min_size=3, max_size=9)


def alike(a: Fields, b: Fields) -> float:
    one, other = ENCODER.encode(a).name, ENCODER.encode(b).name
    assert one is not None
    assert other is not None
    return likeness(one, other, encoding.BITS)


@given(WORDS, WORDS, WORDS)
def test_one_name_in_any_dress_and_order_has_one_encoding(given_name: str, first: str, second: str) -> None:
    written = replace(ROSA, given=given_name, surname1=first, surname2=second)
    dressed = replace(ROSA, given=f" {given_name.lower()}. ", surname1=second.title(), surname2=first)

    assert ENCODER.encode(written).name == ENCODER.encode(dressed).name
    assert ENCODER.encode(written).trios == ENCODER.encode(dressed).trios


@given(st.lists(WORDS, min_size=4, max_size=4, unique=True))
def test_likeness_grows_with_what_names_share(words: list[str]) -> None:
    parts = [(word, word) for word in words]
    whole, most, little = (NAME_KEYS.key(some, "") for some in (parts, parts[:3], parts[:1]))

    assert likeness(whole, whole, encoding.BITS) == 1
    assert 1 > likeness(whole, most, encoding.BITS) > likeness(whole, little, encoding.BITS) - 0.12


def test_a_slip_of_a_letter_keeps_names_alike_and_strangers_are_not() -> None:
    slip, stranger = (
        replace(ROSA, given="Canariana Zulemma"),
        replace(ROSA, given="Petronila", surname1="Wong", surname2=""),
    )

    assert alike(ROSA, slip) > 0.6
    assert abs(alike(ROSA, replace(stranger, sex="M"))) < 0.2


@given(WORDS, WORDS)
def test_no_bit_says_anything_by_itself(first: str, second: str) -> None:
    name = ENCODER.encode(replace(ROSA, surname1=first, surname2=second)).name

    assert name is not None
    assert 0.38 < name.bit_count() / encoding.BITS < 0.62


def test_another_secret_shares_no_token_and_cannot_be_compared() -> None:
    one, other = ENCODER.encode(ROSA), Encoder(OTHER, TABLES).encode(ROSA)

    assert {*one.trios, *one.ages, one.document} & {*other.trios, *other.ages, other.document} == set()
    with pytest.raises(encoding.NotComparable) as refused:
        link.link([one, replace(other, record_id="r2")])
    assert refused.value.what == "secret"


def test_other_parameters_or_another_pack_cannot_be_compared() -> None:
    others = Encoder(SECRET, TABLES, Parameters(diffusion=4)), Encoder(SECRET, NameTables())

    for other in others:
        with pytest.raises(encoding.NotComparable) as refused:
            encoding.together([ENCODER.label, other.label])
        assert refused.value.what == "parameters"


def test_nothing_that_was_written_can_be_read_in_what_is_handed_over() -> None:
    told = "|".join(ENCODER.encode(ROSA).row().values()).upper()

    for canary in ("CANAR", "ZULEMA", "QUISPE", "KISPI", "CRUZ", "71234568", "2007", "160101", "170103", "2024-03-01"):
        assert canary not in told
    assert SECRET.hex().upper() not in told


def test_what_is_told_has_one_length_and_silence_is_seen() -> None:
    long = ENCODER.encode(ROSA).row()
    short = ENCODER.encode(replace(ROSA, given="Ana", surname2="", birth=Approx.in_year(2007))).row()
    silent = ENCODER.encode(Fields("r2"))

    assert {column: len(value) for column, value in short.items() if column != "c_nacimiento"} == {
        column: len(value) for column, value in long.items() if column != "c_nacimiento"
    }
    assert silent.is_silent
    assert silent.row()["c_nombre"] == ""


def test_the_encoding_is_the_same_on_every_machine() -> None:
    row = ENCODER.encode(ROSA).row()

    assert row["c_version"] == "amparo-clk-1.70ba169f003d4f07.9110452f724c93c1"
    assert row["c_nombre"][:32] == "073ad287727dfacd908584130e238454"
    assert row["c_documento"] == "867cd5dab14edad1"
    assert row["c_nacimiento"] == "bfd172724c36f0d8"
    assert row["c_trios"].split()[0] == "0b30b2695179fa0a"


def test_a_row_is_read_back_as_it_was() -> None:
    record = ENCODER.encode(ROSA)

    assert encoding.read(record.row()) == record


@pytest.mark.parametrize("column", ["c_version", "c_nombre", "c_documento", "c_nacimiento", "c_trios", "c_hecho"])
def test_a_cut_or_changed_cell_is_named(column: str) -> None:
    row = ENCODER.encode(ROSA).row()
    row[column] = row[column][:-1] + "x"

    with pytest.raises(encoding.NotAnEncoding, match=column):
        encoding.read(row)


def test_a_number_with_a_wrong_check_character_is_not_encoded() -> None:
    assert ENCODER.encode(replace(ROSA, doc_number="71234568X")).document == ""


def test_a_record_number_that_gives_its_person_away_is_noticed() -> None:
    assert is_telling(replace(ROSA, record_id="exp-71234568"))
    assert is_telling(replace(ROSA, record_id="2024_Quispecanario"))
    assert not is_telling(replace(ROSA, record_id="2024-000123"))


@pytest.mark.parametrize(
    "text", ["", "contraseña", "amparo-secret-1:abcd", "amparo-secret-1:" + "00" * 32, "amparo-secret-1:zz"]
)
def test_a_weak_secret_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(WeakSecret) as refused:
        secret.read(text)
    assert str(refused.value) in ("format", "length", "pattern")


@given(st.binary(min_size=32, max_size=32).filter(lambda drawn: len(set(drawn)) >= 16))
def test_a_secret_is_read_back_as_it_was_written(drawn: bytes) -> None:
    assert secret.read(secret.written(drawn)) == drawn


def test_levels_tell_births_documents_and_events_apart() -> None:
    one = ENCODER.encode(ROSA)
    same = ENCODER.encode(replace(ROSA, record_id="r2"))
    year = ENCODER.encode(replace(ROSA, record_id="r3", birth=Approx.in_year(2008), doc_number="45678912"))
    swapped = ENCODER.encode(
        replace(ROSA, record_id="r4", birth=Approx.exact(date(2007, 9, 4)), event_on=date(2024, 3, 9))
    )

    assert levels(one, same) == (Name.SAME, Document.SAME, Birth.SAME, 2, Event.SAME)
    assert levels(one, year)[1:3] == (Document.DIFFERENT, Birth.AGES_AGREE)
    assert levels(one, swapped)[2] == Birth.SAME
    assert levels(one, swapped)[4] == Event.NEAR


def test_sisters_twins_and_namesakes_are_never_joined_alone() -> None:
    sister = replace(ROSA, record_id="r2", given="Canariana Flor", doc_number="", birth=Approx.in_year(2007))
    twin = replace(ROSA, record_id="r3", given="Canarita Zulemita", doc_number="71234569")
    namesake = replace(ROSA, record_id="r4", birth=Approx.in_year(2007), doc_number="", event_place="080101")

    one = ENCODER.encode(ROSA)
    for other in (sister, twin, namesake):
        assert gate.contradictions(levels(one, ENCODER.encode(other)))


def test_the_order_of_records_changes_nothing() -> None:
    records = [ENCODER.encode(replace(ROSA, record_id=f"r{number}")) for number in range(4)]

    assert link.link(records) == link.link(records[::-1])
    assert link.link(records).people == (frozenset({"r0", "r1", "r2", "r3"}),)


def test_weights_are_learnt_from_patterns_without_labels() -> None:
    same = (Name.SAME, Document.SAME, Birth.SAME, 2, Event.SAME)
    other = (Name.UNLIKE, Document.DIFFERENT, Birth.APART, 1, Event.UNSEEN)
    model = train.train(Counter({same: 900, other: 1100}))

    assert model.trained
    assert model.prior == pytest.approx(0.45, abs=0.02)
    assert model.score(same) >= model.join > model.doubt > model.score(other)


def test_few_pairs_teach_nothing() -> None:
    assert not train.train(Counter({(Name.SAME, 0, 0, 0, 0): 3})).trained


def test_a_label_names_version_parameters_and_key() -> None:
    assert re.fullmatch(r"amparo-clk-1\.[0-9a-f]{16}\.[0-9a-f]{16}", ENCODER.label)
