"""Which names may agree at all: found once for all names that occur, so that pairs of records need only look it up.

The answer may be yes where it should be no, since it is kept in a table that is too small to tell all pairs of names
apart; it is never no where :func:`match_names.grade` sees any likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from amparo.engines.linkage.match_names import grade
from amparo.engines.linkage.prepare import Part

Numbers = npt.NDArray[np.int32]

# Multipliers that spread pairs of numbers of names over the table.
_LEFT, _RIGHT = 0x9E3779B1, 0x85EBCA6B
_SMALLEST, _SLOTS_A_PAIR = 1 << 16, 64


class Vocabulary:
    """Names by number. Number 0 is no name: it agrees with nothing."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._parts: list[Part] = []

    def number(self, part: Part) -> int:
        """The number of a name; the same for the same object, which is kept."""
        number = self._numbers.get(id(part))
        if number is None:
            self._parts.append(part)
            number = self._numbers[id(part)] = len(self._parts)
        return number

    def rarities(self) -> npt.NDArray[np.float64]:
        """The rarity of each name by its number, in bits."""
        return np.array([0.0, *(part.rarity for part in self._parts)])

    def likeness(self) -> Likeness:
        """What is known of all names that have a number by now."""
        return Likeness(self._parts)


class Likeness:
    """A table of pairs of names that agree at least nearly."""

    def __init__(self, parts: Sequence[Part]) -> None:
        found = {(left, right) for left, right in _possible(parts) if grade(parts[left], parts[right])}
        lefts = np.array([left + 1 for left, _ in found], dtype=np.int64)
        rights = np.array([right + 1 for _, right in found], dtype=np.int64)
        size = _SMALLEST
        while size < len(found) * _SLOTS_A_PAIR:
            size *= 2
        self._mask = size - 1
        self._table = np.zeros(size, dtype=np.bool_)
        for one, other in ((lefts, rights), (rights, lefts)):
            self._table[self._slots(one, other)] = True

    def may_agree(self, lefts: Numbers, rights: Numbers) -> npt.NDArray[np.bool_]:
        """For each two numbers whether the names may agree."""
        told: npt.NDArray[np.bool_] = self._table[self._slots(lefts.astype(np.int64), rights.astype(np.int64))]
        return told

    def _slots(self, lefts: npt.NDArray[np.int64], rights: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        mixed = lefts * _LEFT + rights * _RIGHT
        slots: npt.NDArray[np.int64] = (mixed ^ (mixed >> 15)) & self._mask
        return slots


def _possible(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Positions of names that share something without which they cannot agree; each with itself too."""
    yield from ((place, place) for place in range(len(parts)))
    sharing: dict[str, list[int]] = defaultdict(list)
    initials: dict[str, list[int]] = defaultdict(list)
    beginning: dict[str, list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        for form in _forms(part):
            sharing[form].append(place)
        beginning[part.strict[:1]].append(place)
        if len(part.strict) == 1:
            initials[part.strict].append(place)
    for places in sharing.values():
        yield from combinations(places, 2)
    for letter, places in initials.items():
        yield from product(places, beginning[letter])


def _forms(part: Part) -> set[str]:
    """What a name is, may be called, or is but for one letter. Names that agree have one of these in common."""
    return {f"={part.strict}", part.loose, *part.also, *_shortened(part.loose), part.loose.replace("RN", "M")}


def _shortened(word: str) -> Iterable[str]:
    """The word without one of its letters: words that one typing error parts have such a one in common."""
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
