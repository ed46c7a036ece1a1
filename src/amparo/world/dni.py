"""Numbers of Peruvian identity documents: series by year of birth, and the check character.

Weights and characters of the check: the published rule of the CUI (eight digits, weights 3 2 7 6 5 4 3 2, sum modulo
11, read off ``65432110987`` or, on documents issued until August 2007, off ``KJIHGFEDCBA``). Series: numbers that
begin with 0 to 3 are the old electoral ones, 4 adults who never had a child's document, 6 to 9 people who did.
"""

from __future__ import annotations

from random import Random

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_DIGITS = "65432110987"
_LETTERS = "KJIHGFEDCBA"

_SERIES: tuple[tuple[int, int, int], ...] = (
    (1979, 1_000_000, 29_999_999),
    (1990, 40_000_000, 47_999_999),
    (2003, 70_000_000, 77_999_999),
    (2008, 60_000_000, 62_999_999),
    (2013, 71_500_000, 79_499_999),
)
_LATEST = (79_500_000, 94_999_999)


def check_digit(number: str) -> str:
    """The ninth character of an eight-digit number, as a digit."""
    return _DIGITS[_remainder(number)]


def check_letter(number: str) -> str:
    """The ninth character as documents issued until August 2007 carried it, a letter."""
    return _LETTERS[_remainder(number)]


def _remainder(number: str) -> int:
    if len(number) != len(_WEIGHTS) or not (number.isascii() and number.isdigit()):
        raise ValueError("a DNI number has eight digits")
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11


def series(year_of_birth: int) -> tuple[int, int]:
    """The lowest and highest number that somebody born in that year is likely to have."""
    for before, low, high in _SERIES:
        if year_of_birth < before:
            return low, high
    return _LATEST


class Numbers:
    """Hands out numbers that nobody else in the world has."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def draw(self, rng: Random, year_of_birth: int) -> str:
        """A free number of the series of that year; the next one is kept free, so that a twin can have it."""
        low, high = series(year_of_birth)
        number = rng.randint(low, high - 1)
        while number in self._taken or number + 1 in self._taken:
            number = rng.randint(low, high - 1)
        self._taken.add(number)
        return f"{number:08d}"

    def next_to(self, number: str) -> str:
        """The number after a twin's, which :meth:`draw` left free at the time, or the next free one."""
        following = int(number) + 1
        while following in self._taken:
            following += 1
        self._taken.add(following)
        return f"{following:08d}"
