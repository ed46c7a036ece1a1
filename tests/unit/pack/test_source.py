"""YAML and CSV are read as text, and every value knows its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amparo.pack.source import Folder, parse_yaml

words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


@given(st.recursive(words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4)))
def test_what_yaml_writes_is_read_back_as_the_same_texts(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')

    assert parse_yaml(text, "x.yaml", []).value == value


@pytest.mark.parametrize("scalar", ["0801", "NO", "yes", "1.10", "2021-03-31", "null", "1e3", "0x1F", "12:30"])
def test_a_scalar_is_never_taken_for_a_number_a_date_or_a_truth(scalar: str) -> None:
    assert parse_yaml(f"a: {scalar}\n", "x.yaml", []).value == {"a": scalar}


def test_an_empty_value_is_nothing_and_a_quoted_one_is_a_text() -> None:
    assert parse_yaml('a:\nb: ""\n', "x.yaml", []).value == {"a": None, "b": ""}


def test_every_location_knows_its_line() -> None:
    document = parse_yaml("a:\n  - b: 1\n    c: 2\n  - {b: 3,\n     c: 4}\n", "x.yaml", [])

    assert document.line("a", 0, "c") == 3
    assert document.line("a", 1) == 4
    assert document.line("a", 1, "c") == 5
    assert document.line("a", 1, "no", "such") == 4


def test_a_tag_cannot_build_anything() -> None:
    assert parse_yaml("a: !!python/object/apply:os.system [ls]\n", "x.yaml", []).value == {"a": ["ls"]}


def test_a_row_knows_its_line_even_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('a,b\n1,"two\nlines"\n\n3,4\n', "utf-8")

    rows = Folder(tmp_path).csv("x.csv", ("a", "b"))

    assert [(row.line, row["b"]) for row in rows] == [(2, "two\nlines"), (5, "4")]


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("código\n".encode("cp1252"))
    folder = Folder(tmp_path)

    assert folder.csv("x.csv", ("a",)) == []
    assert [problem.code for problem in folder.problems] == ["pack.not_utf8"]
