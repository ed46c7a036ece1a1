"""What is told of a person, read as a record; what cannot be read says so at its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules import knowing
from amparo.casework.rules.asking import Vocabulary
from amparo.casework.rules.knowing import Told, Understood
from amparo.engines.linkage.explain import Evidence
from amparo.kernel.dates import Approx

TODAY = date(2026, 11, 20)
WORDS = Vocabulary(frozenset({"DNI", "PAS"}), frozenset({"carpeta", "ficha_cem"}))
PARTICLES = frozenset({"DE", "LA"})
ANYTHING = st.text(max_size=60)


def understood(**told: str | date) -> Understood:
    return knowing.understood(Told(**told), WORDS, PARTICLES, TODAY)  # type: ignore[arg-type]


def test_surnames_are_parted_with_their_particles() -> None:
    fields = understood(given="Flor", surnames="Ahuanari de la Cruz").fields

    assert (fields.surname1, fields.surname2) == ("Ahuanari", "de la Cruz")


@pytest.mark.parametrize(
    ("typed", "earliest", "latest"),
    [
        ("12/03/2006", date(2006, 3, 12), date(2006, 3, 12)),
        ("2006-03-12", date(2006, 3, 12), date(2006, 3, 12)),
        ("2006", date(2006, 1, 1), date(2006, 12, 31)),
        ("17", date(2007, 11, 21), date(2010, 11, 20)),
        ("17 años", date(2007, 11, 21), date(2010, 11, 20)),
        ("15-17", date(2007, 11, 21), date(2012, 11, 20)),
    ],
)
def test_a_birth_is_a_day_a_year_or_an_age(typed: str, earliest: date, latest: date) -> None:
    birth = understood(birth=typed).fields.birth

    assert birth is not None
    assert (birth.earliest, birth.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("told", "part", "code"),
    [
        ({"birth": "el otro día"}, "birth", "known.birth_unreadable"),
        ({"birth": "2031"}, "birth", "known.birth_impossible"),
        ({"birth": "12/03/2031"}, "birth", "known.birth_impossible"),
        ({"document": "XX"}, "document", "known.document_unreadable"),
        ({"document": "AB123456"}, "document", "known.document_of_no_kind"),
        ({"reference": "no sé"}, "reference", "known.no_reference"),
        ({"event_on": date(2026, 11, 21)}, "event_on", "known.event_later"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(told: dict[str, str], part: str, code: str) -> None:
    assert understood(**told).problems == {part: code}


def test_eight_figures_are_a_national_number_even_where_nobody_says_so() -> None:
    assert understood(document="71234567").problems == {}


@given(**dict.fromkeys(("given", "surnames", "alias", "sex", "birth", "document_kind", "document"), ANYTHING))
def test_whatever_is_typed_is_read_or_pointed_out(**told: str) -> None:
    found = understood(**told)

    assert set(found.problems) <= {"birth", "document"}
    assert (found.fields.birth is None) == (not told["birth"].strip() or "birth" in found.problems or _nothing(told))


def _nothing(told: dict[str, str]) -> bool:
    return not "".join(letter for letter in told["birth"] if letter.isprintable() and not letter.isspace())


@pytest.mark.parametrize(
    ("told", "enough", "one"),
    [
        ({}, False, False),
        ({"given": "Flor"}, False, False),
        ({"surnames": "Ahuanari", "sex": "F"}, False, False),
        ({"given": "Flor", "birth": "2010"}, True, False),
        ({"given": "Flor", "surnames": "Ahuanari"}, True, False),
        ({"given": "Flor", "surnames": "Ahuanari", "birth": "2010"}, True, True),
        ({"given": "Flor Lucero", "surnames": "Ahuanari"}, True, True),
        ({"document": "71234567"}, True, True),
        ({"reference": "carpeta 2706014500-2026-77"}, False, False),
    ],
)
def test_too_little_would_mean_too_many(told: dict[str, str], enough: bool, one: bool) -> None:
    fields = understood(**told).fields

    assert (knowing.says_enough(fields), knowing.points_to_one(fields)) == (enough, one)


@pytest.mark.parametrize(
    ("probability", "against", "sure"),
    [
        (0.99, (), 3),
        (0.9, (), 2),
        (0.5, (), 1),
        (0.99, ("siblings",), 1),
        (0.99, ("nothing_else",), 2),
        (0.99, ("maybe_siblings",), 1),
    ],
)
def test_what_speaks_against_makes_nobody_sure(probability: float, against: tuple[str, ...], sure: int) -> None:
    assert knowing.sureness(probability, against) == sure


def test_yes_is_said_where_only_something_is_lacking() -> None:
    assert knowing.is_likely(0.85, ("maybe_homonyms",))
    assert not knowing.is_likely(0.7, ())
    assert not knowing.is_likely(0.99, ("siblings",))


def test_what_agrees_nearly_agrees_and_differs_is_told_by_parts_alone() -> None:
    told = [
        Evidence("document", "near", 5.0, "for"),
        Evidence("surnames", "both", 8.0, "for"),
        Evidence("birth", "days_differ", -4.0, "against"),
        Evidence("surname_rarity", "rare", 2.0, "for"),
    ]

    found = knowing.agreement(told)

    assert (found.agrees, found.nearly, found.differs) == (("surnames",), ("document",), ("birth",))


def test_parts_are_named_and_never_their_values() -> None:
    assert Told(given="Flor", birth="2010").parts == ("given", "birth")


def test_a_birth_of_no_words_is_none() -> None:
    assert understood(birth="  ").fields.birth is None
    assert understood(birth="2010").fields.birth == Approx.in_year(2010)
