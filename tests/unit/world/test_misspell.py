"""Misspellings: each changes a word in its own way, and none ever makes a name disappear."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.world import misspell, names

SURNAMES = sorted({name for deck in names._surnames().values() for name in deck.items})
GIVEN = sorted({name for deck in names._given().values() for name in deck.items})
WORDS = sorted({word for name in (*SURNAMES, *GIVEN) for word in name.split()})

words = st.sampled_from(WORDS) | st.text("abcdefghijklmnñopqrstuvwxyzáéíóúü'", min_size=1, max_size=14)
seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("error", [*misspell.BY_EAR, *misspell.BY_HAND])
@given(word=words, seed=seeds)
def test_an_error_never_empties_a_word_nor_makes_it_unrecognisably_long(error, word, seed):
    written = error(word, Random(seed))

    assert written.strip()
    assert abs(len(written) - len(word)) <= 1
    assert " " not in written


@pytest.mark.parametrize("error", [*misspell.BY_EAR, *misspell.BY_HAND])
@given(word=words, seed=seeds)
def test_an_error_is_the_same_for_the_same_seed(error, word, seed):
    assert error(word, Random(seed)) == error(word, Random(seed))


@pytest.mark.parametrize(
    ("error", "word", "written"),
    [
        (misspell.b_or_v, "Valverde", {"Balverde", "Valberde"}),
        (misspell.s_or_z, "Gonzales", {"Gonsales", "Gonzalez"}),
        (misspell.ll_or_y, "Llanos", {"Yanos"}),
        (misspell.i_or_y, "Isabel", {"Ysabel"}),
        (misspell.k_or_qu, "Quispe", {"Kispe", "Cispe"}),
        (misspell.hua_or_gua, "Huamán", {"Guamán"}),
        (misspell.j_or_g, "Jiménez", {"Jiménez", "Giménez"}),
        (misspell.mute_h, "Hinostroza", {"Inostroza"}),
        (misspell.n_for_enye, "Núñez", {"Núnez"}),
        (misspell.n_before_b, "Campos", {"Canpos"}),
        (misspell.no_apostrophe, "T'ito", {"Tito"}),
        (misspell.anglo_j, "Jhoselin", {"Joselin"}),
        (misspell.final_s, "Torres", {"Torre"}),
    ],
)
def test_a_class_of_error_writes_what_people_write(error, word, written):
    found = {error(word, Random(seed)) for seed in range(30)}

    assert found & written
    assert found <= written | {word} | {misspell.without_accents(each) for each in written}


@given(st.sampled_from([name for name in SURNAMES if " " in name]))
def test_a_particle_may_be_joined_or_dropped_but_the_surname_stays(surname):
    last = surname.split()[-1]

    assert last.lower() in misspell.particle_joined(surname).lower()
    assert misspell.particle_dropped(surname).split()[-1] == last
    assert last.lower() in misspell.particle_shortened(surname).lower()


@given(st.sampled_from(WORDS))
def test_accents_go_and_the_enye_stays_where_it_is_kept(word):
    bare = misspell.without_accents(word)

    assert len(bare) == len(word)
    assert ("ñ" in word.lower()) == ("ñ" in bare.lower())
    assert misspell.without_accents(word, keep_enye=False).isascii()


@given(number=st.from_regex(r"\A[0-9]{8}\Z"), seed=seeds)
def test_a_mistyped_number_differs_in_one_digit_and_a_transposed_one_in_two_neighbours(number, seed):
    wrong = misspell.wrong_digit(number, Random(seed))
    swapped = misspell.transposed_digits(number, Random(seed))

    assert sum(a != b for a, b in zip(number, wrong, strict=True)) == 1
    assert sorted(swapped) == sorted(number)
    assert sum(a != b for a, b in zip(number, swapped, strict=True)) in {0, 2}
    assert (swapped == number) == (len(set(number)) == 1)
