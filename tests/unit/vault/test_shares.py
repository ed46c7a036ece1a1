"""Shares of a key: enough of them give it back, fewer give nothing, and a slip is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.errors import Invalid
from amparo.vault import shares
from amparo.vault.shares import Share

NAME = "0123456789abcdef"
KEYS = st.binary(min_size=32, max_size=32)


@st.composite
def splits(draw: st.DrawFn) -> tuple[bytes, list[Share], int]:
    key, number = draw(KEYS), draw(st.integers(2, 16))
    needed = draw(st.integers(2, number))
    return key, draw(st.permutations(shares.split(key, NAME, number=number, needed=needed))), needed


@given(splits(), st.data())
def test_any_that_are_enough_give_the_key_back(split: tuple[bytes, list[Share], int], data: st.DataObject) -> None:
    key, found, needed = split

    assert shares.joined(found[: data.draw(st.integers(needed, len(found)))]) == key


@given(splits())
def test_one_too_few_is_refused_and_would_fit_any_other_key(split: tuple[bytes, list[Share], int]) -> None:
    key, found, needed = split
    few, last = found[: needed - 1], found[needed - 1]
    with pytest.raises(Invalid, match="too_few"):
        shares.joined(few)

    # For every other key there is a last share that gives it: what the few say rules none out.
    for wanted in (0, int.from_bytes(key) ^ 1):
        weights = {share.number: shares._weight(share.number, [each.number for each in (*few, last)]) for share in few}
        rest = wanted - sum(share.point * weights[share.number] for share in few)
        own = shares._weight(last.number, [each.number for each in (*few, last)])
        fitting = replace(last, point=rest * pow(own, -1, shares._PRIME) % shares._PRIME)
        assert shares.joined([*few, fitting]) == wanted.to_bytes(32)


@given(splits(), st.sampled_from([str.lower, str.split, lambda text: text.replace(" ", "-")]))
def test_what_is_written_is_read_however_it_is_typed(split: tuple[bytes, list[Share], int], typed: object) -> None:
    for share in split[1]:
        text = typed(shares.written(share))  # type: ignore[operator]
        assert shares.read(text if isinstance(text, str) else "".join(text)) == share


@given(splits(), st.data())
def test_a_wrong_missing_or_further_letter_is_told(split: tuple[bytes, list[Share], int], data: st.DataObject) -> None:
    text = shares.written(split[1][0])
    at = data.draw(st.sampled_from([n for n, letter in enumerate(text) if letter.isalnum()]))
    letter = data.draw(st.sampled_from([each for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if each != text[at]]))

    for typed in (text[:at] + letter + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + letter + text[at:]):
        with pytest.raises(Invalid, match="damaged"):
            shares.read(typed)


@given(st.text(max_size=120))
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid, match="damaged"):
        shares.read(text)


def test_shares_of_two_keys_or_two_ways_of_splitting_give_nothing() -> None:
    first = shares.split(bytes(32), NAME, number=5, needed=3)
    with pytest.raises(Invalid, match="of_another_key"):
        shares.joined([*first[:2], *shares.split(bytes(32), "f" * 16, number=5, needed=3)[2:]])
    with pytest.raises(Invalid, match="of_another_key"):
        shares.joined([*first[:3], *shares.split(bytes(32), NAME, number=5, needed=2)[3:]])
    with pytest.raises(Invalid, match="too_few"):
        shares.joined([first[0]] * 3)


@pytest.mark.parametrize(("number", "needed"), [(5, 1), (2, 3), (17, 3), (0, 0)])
def test_numbers_that_make_no_sense_are_refused(number: int, needed: int) -> None:
    with pytest.raises(Invalid, match="numbers"):
        shares.split(bytes(32), NAME, number=number, needed=needed)


def test_the_field_is_one_of_a_prime_above_every_key() -> None:
    """Otherwise some points could not be divided by, and some keys not be split (Miller and Rabin, 40 witnesses)."""
    prime, odd, halved = shares._PRIME, shares._PRIME - 1, 0
    while odd % 2 == 0:
        odd, halved = odd // 2, halved + 1
    assert prime > 2**256 - 1
    for witness in range(2, 42):
        power = pow(witness, odd, prime)
        powers = [pow(power, 2**step, prime) for step in range(halved)]
        assert power == 1 or prime - 1 in powers
