"""Whatever somebody types is taken apart without failing, and what she meant is understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules import asking
from amparo.casework.rules.asking import Asked, Vocabulary
from amparo.kernel.dates import Approx
from amparo.registries.converters import fold

TODAY = date(2026, 11, 20)
WORDS = Vocabulary(frozenset({"DNI", "CE", "PAS"}), frozenset({"carpeta", "denuncia", "ficha_cem", "ficha_calp"}))
RESERVED = {"ANO", "ANOS", "YEAR", "YEARS", "DNI", "CE", "PAS", "FICHA", "CARPETA", "DENUNCIA", "CEM", "CALP"}
NAME = st.text(alphabet="ABCDEFGHIJKLMNÑOPQRSTUVWXYZáéíóúñü", min_size=2, max_size=12).filter(
    lambda word: fold(word) not in RESERVED
)


def understood(*texts: str) -> Asked:
    return asking.understood(texts, WORDS, TODAY)


@given(st.text(max_size=300))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    asked = asking.with_reference(understood(text), text, WORDS)

    assert asked.says_enough in (True, False)
    assert asked.fields().record_id == ""


@given(st.lists(NAME, min_size=1, max_size=4), st.integers(1900, 2026), st.randoms())
def test_the_order_of_words_and_year_does_not_matter(names: list[str], year: int, random: object) -> None:
    words = [*names, str(year)]
    random.shuffle(words)  # type: ignore[attr-defined]

    asked = understood(" ".join(words))

    assert sorted(asked.names) == sorted(names)
    assert asked.birth == Approx.in_year(year)


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [
        ("71234567", "", "71234567"),
        ("DNI 71234567", "DNI", "71234567"),
        ("dni: 01234567", "DNI", "01234567"),
        ("CE 001234567 quispe", "CE", "001234567"),
        ("quispe 71234567-8", "", "71234567-8"),
        ("pas AB123456", "PAS", "AB123456"),
    ],
)
def test_a_document_is_a_number_of_six_digits_or_one_after_its_kind(typed: str, kind: str, number: str) -> None:
    asked = understood(typed)

    assert (asked.document_kind, asked.document) == (kind, number)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("carpeta 2706014500-2026-0077-0", {"carpeta:2706014500-2026-77"}),
        ("Denuncia 15", {"denuncia:15"}),
        ("ficha 12-2024", {"ficha_cem:12-2024", "ficha_calp:12-2024"}),
        ("flor 2706014500-2026-77", {f"{kind}:2706014500-2026-77" for kind in WORDS.references}),
    ],
)
def test_a_case_number_is_written_as_registries_write_it(typed: str, found: set[str]) -> None:
    assert understood(typed).references == found


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("flor 14/05/2010", Approx.exact(date(2010, 5, 14))),
        ("2010-05-14 flor", Approx.exact(date(2010, 5, 14))),
        ("flor 2010", Approx.in_year(2010)),
        ("flor 16 años", Approx.born_at_age(16, TODAY, margin=1)),
        ("flor 14/05/2050", None),
        ("flor 1850", None),
        ("flor 16", None),
    ],
)
def test_a_birth_is_a_day_a_year_or_an_age(typed: str, birth: Approx | None) -> None:
    assert understood(typed).birth == birth


def test_a_field_of_its_own_takes_any_case_number() -> None:
    assert asking.with_reference(Asked(), "15", WORDS).references == {f"{kind}:15" for kind in WORDS.references}
    assert asking.with_reference(Asked(), "carpeta 15", WORDS).references == {"carpeta:15"}


@pytest.mark.parametrize(
    ("typed", "enough", "one"),
    [
        ("", False, False),
        ("quispe", False, False),
        ("2010", False, False),
        ("quispe mamani", True, False),
        ("quispe 2010", True, False),
        ("quispe mamani 2010", True, True),
        ("flor quispe mamani", True, True),
        ("71234567", True, True),
    ],
)
def test_what_would_mean_too_many_people_is_not_looked_up(typed: str, enough: bool, one: bool) -> None:
    asked = understood(typed)

    assert (asked.says_enough, asked.points_to_one) == (enough, one)


def test_what_was_told_is_named_and_never_repeated() -> None:
    told = asking.with_sex(understood("flor ahuanari 71234567 2010 carpeta 15"), "F").told

    assert told == ("names", "document", "reference", "birth", "sex")
