"""Drawing from weighted lists, fast enough for tens of thousands of people."""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Deck(Generic[T]):
    """A list whose items are drawn in proportion to their weights, with replacement."""

    __slots__ = ("_cumulative", "_items")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = list(weighted)
        self._items = [item for item, _ in pairs]
        self._cumulative = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> T:
        """One item."""
        return self._items[bisect(self._cumulative, rng.random() * self._cumulative[-1])]

    @property
    def items(self) -> tuple[T, ...]:
        """Everything that can be drawn."""
        return tuple(self._items)


def deck_of(text: str) -> Deck[str]:
    """A deck written as ``"A:3 B:1"``; a code without a weight weighs 1."""
    parts = (part.partition(":") for part in text.split())
    return Deck((code, float(weight or 1)) for code, _, weight in parts)


def chance(rng: Random, probability: float) -> bool:
    """True with that probability."""
    return rng.random() < probability


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the world's own tables."""
    text = resources.files("amparo.world").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
