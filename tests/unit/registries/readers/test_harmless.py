"""Cells that go out: no spreadsheet takes one for a formula, and what comes back is what went out."""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from amparo.registries.readers.tables import FORMULA_STARTS, harmless, unescaped

UNSEEN = ["", "\ufeff", " ", "\u200b", "\xa0\ufeff"]
SUSPECT = st.builds(
    str.__add__, st.sampled_from(UNSEEN), st.builds(str.__add__, st.sampled_from("=+-@\t\r"), st.text())
)
# No reader hands on a text that begins with an apostrophe before a formula: it takes that for its own.
TYPED = (st.text() | SUSPECT).filter(lambda text: not text.startswith("'"))


@given(TYPED)
def test_no_text_that_goes_out_begins_like_a_formula_and_every_one_comes_back(text: str) -> None:
    written = harmless(text)

    assert not written.lstrip("".join(UNSEEN)).startswith(FORMULA_STARTS)
    assert unescaped(written) == text


@given(SUSPECT)
def test_whatever_looks_like_a_formula_is_marked_also_in_a_csv(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow(["x", harmless(text)])
    file.seek(0)

    assert next(csv.reader(file))[1].startswith("'")


@pytest.mark.parametrize("start", [unseen + sign for unseen in UNSEEN for sign in "=+-@"])
def test_a_workbook_holds_it_as_text(start: str) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.add_worksheet().write_string(0, 0, harmless(f"{start}HYPERLINK(1)"))
    book.close()

    cell = load_workbook(buffer).active["A1"]

    assert (cell.data_type, cell.value[0]) == ("s", "'")
