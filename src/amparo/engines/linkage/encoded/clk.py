"""A name as one string of bits that is alike for like names and says nothing without the secret.

A cryptographic long-term key (Schnell, Bachteler and Reiher 2011) is a Bloom filter of all bigrams of all names of a
record. Positions come from a keyed hash drawn anew for each (random hashing, Schnell and Borgs 2016), not from two
hashes added up, which Niedermeyer et al. (2014) and Kroll and Steinmetzer (2015) broke. On top lies a linear diffusion
layer (Armknecht, Heng and Schnell 2023): each bit handed over is the sum of several bits of the filter, chosen by the
secret, so that no bit belongs to a bigram any more and about half of all bits are set whatever the name.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import or_, xor

from amparo.engines.linkage.encoded.parameters import Parameters
from amparo.engines.linkage.encoded.secret import Keys

_FULL_BYTE = 256


class LongTermKeys:
    """Makes the keys of one secret. It remembers the bits of each word that it has met."""

    def __init__(self, keys: Keys, parameters: Parameters) -> None:
        self._positions_key = keys.of("positions in the Bloom filter")
        self._parameters = parameters
        self._known: dict[tuple[str, str], int] = {}
        self._sums = _tables_of_sums(_drawn_rows(keys.of("rows of the diffusion layer"), parameters))

    def key(self, words: Iterable[tuple[str, str]], sex: str) -> int:
        """The key of a name whose words come as (strict key, loose key), in any order; empty ``sex`` is unknown."""
        filled = reduce(or_, (self._of_word(*word) for word in words), 0)
        if sex:
            filled |= self._bits(f"sex|{sex}", self._parameters.sex_hashes)
        return self._diffused(filled)

    def _of_word(self, strict: str, loose: str) -> int:
        known = self._known.get((strict, loose))
        if known is None:
            known = reduce(or_, (self._bits(told, count) for told, count in self._pieces(strict, loose)), 0)
            self._known[strict, loose] = known
        return known

    def _pieces(self, strict: str, loose: str) -> Iterator[tuple[str, int]]:
        """The bigrams of a word with its edges, and the whole word under both of its keys."""
        edged = f"_{loose}_"
        yield from ((f"bigram|{edged[at : at + 2]}", self._parameters.bigram_hashes) for at in range(len(edged) - 1))
        yield f"loose|{loose}", self._parameters.loose_hashes
        yield f"strict|{strict}", self._parameters.strict_hashes

    def _bits(self, told: str, count: int) -> int:
        numbers = _numbers(self._positions_key, told, self._parameters.bits)
        return reduce(or_, (1 << next(numbers) for _ in range(count)), 0)

    def _diffused(self, filled: int) -> int:
        parts = filled.to_bytes(self._parameters.bits // 8, "little")
        return reduce(xor, (sums[part] for sums, part in zip(self._sums, parts, strict=True)), 0)


def likeness(one: int, other: int, bits: int) -> float:
    """1 for equal keys, about 0 for keys that have nothing in common: one less twice the share of bits that differ."""
    return 1 - 2 * (one ^ other).bit_count() / bits


def _numbers(key: bytes, told: str, below: int) -> Iterator[int]:
    """Endless numbers from 0 to ``below``, a power of two of at most 2**16, by HMAC-SHA-512 with a counter."""
    counter = 0
    while True:
        block = hmac.digest(key, f"{counter}|{told}".encode(), "sha512")
        yield from (int.from_bytes(block[at : at + 2], "big") % below for at in range(0, len(block), 2))
        counter += 1


def _drawn_rows(key: bytes, parameters: Parameters) -> list[list[int]]:
    """For each bit handed over, the different bits of the filter that it is the sum of."""
    rows = []
    for number in range(parameters.bits):
        drawn = _numbers(key, str(number), parameters.bits)
        row: dict[int, None] = {}
        while len(row) < parameters.diffusion:
            row[next(drawn)] = None
        rows.append(list(row))
    return rows


def _tables_of_sums(rows: list[list[int]]) -> list[list[int]]:
    """For each byte of the filter and each value of it, the bits handed over that it turns."""
    columns = [0] * len(rows)
    for number, row in enumerate(rows):
        for position in row:
            columns[position] |= 1 << number
    return [_sums(columns[at : at + 8]) for at in range(0, len(columns), 8)]


def _sums(columns: list[int]) -> list[int]:
    turn: Callable[[int], int] = lambda value: reduce(  # noqa: E731
        xor, (column for bit, column in enumerate(columns) if value >> bit & 1), 0
    )
    return [turn(value) for value in range(_FULL_BYTE)]
