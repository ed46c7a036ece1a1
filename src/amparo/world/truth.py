"""The truth about every row, and how well a clustering agrees with it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

R = TypeVar("R", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of records: truly of one person, joined by somebody, and both; and the people whom a join exposes."""

    same: int
    joined: int
    right: int
    people: int
    exposed: int

    @property
    def precision(self) -> float:
        """The share of joined pairs that are right; 1 where nothing was joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """The share of true pairs that were joined; 1 where there is none."""
        return self.right / self.same if self.same else 1.0


def read_truth(path: Path) -> dict[tuple[str, str], int]:
    """The person's number by source and key, as ``build`` wrote them."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {(row["source"], row["key"]): int(row["person"]) for row in csv.DictReader(handle)}


def truth_pairs(person_of: Mapping[R, int]) -> Iterator[tuple[R, R]]:
    """Every pair of records that are on one person, each once, in the order in which the records were given."""
    by_person: dict[int, list[R]] = {}
    for record, person in person_of.items():
        by_person.setdefault(person, []).append(record)
    for records in by_person.values():
        yield from combinations(records, 2)


def agreement(person_of: Mapping[R, int], clusters: Iterable[Iterable[R]]) -> Agreement:
    """How well clusters agree with the truth; records that are in no cluster stand alone.

    Counted from the sizes of groups, never pair by pair, so that hundreds of thousands of records are no trouble.
    Raises KeyError for a record that the truth does not know.
    """
    joined = right = 0
    exposed: set[int] = set()
    for cluster in clusters:
        people = Counter(person_of[record] for record in cluster)
        joined += _pairs(people.total())
        right += sum(map(_pairs, people.values()))
        if len(people) > 1:
            exposed.update(people)
    sizes = Counter(person_of.values())
    return Agreement(sum(map(_pairs, sizes.values())), joined, right, len(sizes), len(exposed))


def _pairs(size: int) -> int:
    return size * (size - 1) // 2
