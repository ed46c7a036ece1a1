from __future__ import annotations

import pytest

from amparo.engines.linkage import documents, names
from amparo.engines.linkage.documents import Likeness
from amparo.engines.linkage.names import Identity
from tests.unit.engines.linkage import invented

TABLES = invented.tables()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QUISPE DE LA CRUZ, MARIA ELENA", ("MARIA ELENA", "QUISPE", "DE LA CRUZ")),
        ("DE LA CRUZ QUISPE, MARIA", ("MARIA", "DE LA CRUZ", "QUISPE")),
        ("QUISPE MAMANI MARIA ELENA", ("MARIA ELENA", "QUISPE", "MAMANI")),
        ("MARIA ELENA QUISPE MAMANI", ("MARIA ELENA", "QUISPE", "MAMANI")),
        ("MARIA QUISPE", ("MARIA", "QUISPE", "")),
        ("QUISPE, ROSA", ("ROSA", "QUISPE", "")),
        ("NN", ("NN", "", "")),
        ("INICIALES M.E.Q.", ("INICIALES M.E.Q.", "", "")),
    ],
)
def test_a_full_name_is_split_with_its_particles(text: str, expected: tuple[str, str, str]) -> None:
    assert names.split_full_name(text, TABLES) == expected


@pytest.mark.parametrize("text", ["NN", "NN-01", "POR IDENTIFICAR", "N.N.", "", "NO IDENTIFICADA", "CLAVE 12-2020"])
def test_placeholders_are_nobody(text: str) -> None:
    assert names.identity(text) is Identity.NONE


@pytest.mark.parametrize("text", ["M.E.Q.", "INICIALES M.E.Q.", "LA MENOR DE INICIALES MEQ", "M E Q"])
def test_initials_are_weak_identity(text: str) -> None:
    assert names.identity(text) is Identity.INITIALS
    assert names.told(text).initials == "MEQ"


def test_abbreviations_are_written_out() -> None:
    assert names.expanded("Ma. Elena", TABLES) == ("MARIA", "ELENA")
    assert names.expanded("Fco.", TABLES) == ("FRANCISCO",)
    assert names.expanded("Sta. Rosa", TABLES) == ("SANTA", "ROSA")


def test_the_check_characters_of_a_national_number() -> None:
    assert documents.check_characters("10117410") == ("2", "G")
    assert _read("10117410-2").valid
    assert not _read("10117410-3").valid


def test_zeros_that_a_spreadsheet_ate_come_back() -> None:
    eaten = _read("123457")

    assert eaten.number == "00123457"
    assert eaten.repaired
    assert documents.likeness(eaten, _read("00123457")) is Likeness.SAME


def test_one_wrong_digit_or_two_swapped_are_near_and_more_is_different() -> None:
    number = _read("71234568")

    assert documents.likeness(number, _read("71234569")) is Likeness.NEAR
    assert documents.likeness(number, _read("72134568")) is Likeness.NEAR
    assert documents.likeness(number, _read("72143568")) is Likeness.DIFFERENT


def test_kinds_that_cannot_be_compared_say_nothing() -> None:
    passport = documents.read("PASAPORTE", "AB123456")
    assert passport is not None

    assert documents.likeness(passport, _read("71234568")) is Likeness.UNRELATED


@pytest.mark.parametrize("text", ["", "-", "00000000", "NO TIENE", "99999999"])
def test_what_is_no_number_is_no_document(text: str) -> None:
    assert documents.read("DNI", text) is None


def _read(number: str) -> documents.Document:
    read = documents.read("DNI", number)
    assert read is not None
    return read
