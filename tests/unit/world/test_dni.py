"""Numbers of documents: the published check, series by year of birth, and nobody's number twice."""

from __future__ import annotations

from random import Random

import pytest

from amparo.engines.linkage import documents
from amparo.world import dni


def test_the_published_example_has_its_check_digit():
    assert dni.check_digit("10117410") == "2"


def test_world_and_linkage_agree_on_the_check_characters_though_neither_knows_the_other():
    for seed in range(200):
        number = f"{Random(seed).randrange(10**8):08d}"

        assert documents.check_characters(number) == (dni.check_digit(number), dni.check_letter(number))


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", "", "١٢٣٤٥٦٧٨"])
def test_only_eight_digits_have_a_check_character(number):
    with pytest.raises(ValueError, match="eight digits"):
        dni.check_digit(number)


@pytest.mark.parametrize(
    ("born", "first_digits"), [(1960, "012"), (1985, "4"), (1995, "7"), (2006, "6"), (2016, "789")]
)
def test_the_series_follows_the_year_of_birth(born, first_digits):
    numbers = dni.Numbers()

    assert all(numbers.draw(Random(seed), born)[0] in first_digits for seed in range(50))


def test_a_twins_number_follows_and_no_number_is_given_twice():
    numbers, rng = dni.Numbers(), Random(1)
    given = [numbers.draw(rng, 2008) for _ in range(2000)]
    twins = [numbers.next_to(number) for number in given[:200]]

    assert len({*given, *twins}) == 2200
    assert all(int(twin) == int(number) + 1 for number, twin in zip(given, twins, strict=False))
