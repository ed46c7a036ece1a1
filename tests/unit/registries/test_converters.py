"""Cells as people and spreadsheets write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.registries import converters


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/03/2024", "2024-03-05"), ("5-3-2024", "2024-03-05"), ("05.03.2024 00:00:00", "2024-03-05"),
        ("2024-03-05", "2024-03-05"), ("2024-03-05T10:20", "2024-03-05"), ("20240305", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"), ("05-mar-2024", "2024-03-05"), ("12 set. 2024", "2024-09-12"),
        ("", ""), ("S/D", ""), ("00/00/0000", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_way_people_write_it(typed, day):
    assert converters.as_date(typed) == (day, "", "")


def test_a_date_with_the_month_first_is_read_so_only_where_nothing_else_is_possible():
    assert converters.as_date("08/25/2023") == ("2023-08-25", "note.date_month_first", "")
    assert converters.as_date("08/05/2023") == ("2023-05-08", "", "")


def test_the_day_count_of_a_spreadsheet_is_noted():
    assert converters.as_date("45356") == ("2024-03-05", "note.date_serial", "")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/2024", "date.impossible"), ("05/03/24", "date.short_year"), ("ayer", "date.unreadable"),
        ("05/03/1824", "date.too_old"), ("13/13/2024", "date.impossible"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_never_guessed(typed, reason):
    assert converters.as_date(typed).reason == reason


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_written_day_first_comes_back(day):
    assert converters.as_date(f"{day.day:02d}/{day.month:02d}/{day.year}").value == day.isoformat()


def test_ages_are_years_ranges_or_months():
    assert [converters.as_age(text).value for text in ("17", "17 años", "15-17", "8 meses", "")] == [
        "17", "17", "15-17", "0", "",
    ]  # fmt: skip
    assert converters.as_age("170").reason == "age.impossible"
    assert converters.as_age("menor").reason == "age.unreadable"


def test_a_leading_zero_that_a_spreadsheet_ate_is_put_back_and_noted():
    assert converters.as_document_number("7123456", "DNI") == ("07123456", "note.document_zero", "")
    assert converters.as_document_number("71234567", "DNI") == ("71234567", "", "")


def test_a_wrong_check_character_is_noted_and_the_number_kept():
    assert converters.as_document_number("101174102", "DNI") == ("10117410", "", "")
    assert converters.as_document_number("101174103", "DNI").note == "note.document_invalid"


def test_a_document_in_one_cell_is_split():
    words = {"DNI": "DNI", "CE": "CE", "SIN DOCUMENTO": "SD"}

    assert converters.split_document("DNI 71234567", words) == ("DNI", "71234567")
    assert converters.split_document("ce: 001234567", words) == ("CE", "001234567")
    assert converters.split_document("Sin documento", words) == ("SD", "")
    assert converters.split_document("71234567", words) == ("", "71234567")


def test_districts_are_read_by_the_system_of_the_institution():
    reniec = {"160101": "170101", "070101": "080101"}

    assert converters.as_district("160101", reniec).value == "170101"
    assert converters.as_district("70101", reniec) == ("080101", "note.district_zero", "")
    assert converters.as_district("999999", reniec) == ("", "note.district_unknown", "")


def test_two_institutions_writing_one_case_file_differently_mean_the_same():
    written = ("2706014500-2023-123-0", "2706014500-2023-00123", " 2706014500 / 2023 / 123 ")

    assert {converters.as_reference(text, "carpeta").value for text in written} == {"carpeta:2706014500-2023-123"}
    assert converters.as_reference("2706014500-2023-123-1", "carpeta").value == "carpeta:2706014500-2023-123-1"


def test_several_codes_in_a_cell_keep_their_order_and_come_once():
    words = {"EXPLOTACION SEXUAL": "ES", "MENDICIDAD": "MEN"}

    assert converters.as_codes("Mendicidad / Explotación sexual / MENDICIDAD", words, "/").value == "MEN;ES"
    assert converters.as_codes("Mendicidad / otra cosa", words, "/").reason == "code.unknown"


def test_particles_stay_with_their_surname():
    particles = frozenset({"DE", "LA"})

    assert converters.split_surnames("Ahuanari de la Cruz", particles) == ("Ahuanari", "de la Cruz")
    assert converters.split_surnames("de la Cruz Tamani", particles) == ("de la Cruz", "Tamani")
    assert converters.split_surnames("Tamani", particles) == ("Tamani", "")


def test_invisible_characters_and_double_blanks_go_and_accents_stay():
    assert converters.clean("  A\u200bna  \x07Mari\u0301a\u00a0") == "Ana María"


@given(st.text())
def test_no_text_whatever_makes_a_converter_fail(text):
    words = {"X": "X"}
    for outcome in (
        converters.as_text(text), converters.as_date(text), converters.as_age(text), converters.as_code(text, words),
        converters.as_codes(text, words, "/"), converters.as_document_number(text, "DNI"),
        converters.as_document_number(text, ""), converters.as_district(text, {}), converters.as_reference(text, "r"),
        converters.as_yes_no(text), converters.as_number(text),
    ):  # fmt: skip
        assert isinstance(outcome, converters.Outcome)
        assert not (outcome.value and outcome.reason)
    converters.split_document(text, words)
    converters.split_surnames(text, frozenset())


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert converters.clean(converters.clean(text)) == converters.clean(text)
