"""Workbooks that other programs wrote read here as they read there."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from amparo.registries.readers import sheet, workbook
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.strings import shared_strings, unescape

# What a cell may hold without the program that writes it changing it first.
TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), min_size=1, max_size=20).filter(
    lambda text: text[0] not in "=#" and "_x" not in text and text == text.strip()
)
VALUES = st.one_of(
    TEXTS, st.integers(-(10**12), 10**12), st.dates(date(1901, 1, 1), date(2100, 1, 1)), st.booleans(), st.none()
)


def rows_of(book: Workbook) -> list[sheet.SheetRow]:
    buffer = io.BytesIO()
    book.save(buffer)
    opened = workbook.open_workbook(buffer, len(buffer.getvalue()), Limits())
    return list(sheet.rows(opened, next(iter(opened.sheets)), Limits()))


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_another_program_wrote_is_read_back(table):
    book = Workbook()
    for row in table:
        book.active.append(row)

    found = {row.number: row.cells for row in rows_of(book)}

    for number, row in enumerate(table, start=1):
        wanted = [shown(value) for value in row]
        while wanted and not wanted[-1]:
            wanted.pop()
        assert found.get(number, []) == wanted


def test_a_calendar_that_begins_in_1904_gives_the_same_days():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2024, 3, 5), datetime(2024, 3, 5, 10, 30)])  # noqa: DTZ001 - as a sheet has it

    assert rows_of(book)[0].cells == ["2024-03-05", "2024-03-05T10:30"]


def test_rich_text_of_several_runs_is_one_text_and_its_phonetic_guide_is_left_out():
    part = (
        b'<sst xmlns="x"><si><r><t>Ana </t></r><r><t>Mar\xc3\xada</t></r><rPh><t>no</t></rPh></si>'
        b"<si><t>a_x000D_b</t></si></sst>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("xl/sharedStrings.xml", part)

    assert shared_strings(zipfile.ZipFile(buffer), "xl/sharedStrings.xml", Limits()) == ["Ana María", "a\rb"]


@pytest.mark.parametrize(
    ("stored", "read"),
    [("7123456", "7123456"), ("7123456.0", "7123456"), ("7.123456E6", "7123456"), ("0.5", "0.5"), ("x", "x")],
)
def test_numbers_read_as_a_person_would_have_typed_them(stored, read):
    assert sheet.number_text(stored) == read


@given(st.text(max_size=30))
def test_no_stored_number_whatever_makes_the_reader_fail(text):
    assert isinstance(sheet.number_text(text), str)
    assert isinstance(sheet.date_text(text), str)
    assert isinstance(unescape(text), str)
