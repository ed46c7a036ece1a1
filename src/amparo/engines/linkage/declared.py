"""Linking records of a declared layout: what each comparison is worth is learnt from the records, without labels.

The comparisons of the engine that the layout fills (names, birth …) and its pieces stand side by side in one
Fellegi-Sunter model. *u* comes from pairs drawn at random. *m* and the share of matches come from expectation
maximisation over the pairs that share a key; all other pairs count as certain not to match, so that the pairs are not
a selection that bends the estimate (Winkler 1988; Herzog, Scheuren and Winkler 2007, chapter 9). Gates, clusters and
the choice of the threshold are those of the engine.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from amparo.engines.linkage import block, gate
from amparo.engines.linkage.cluster import Join, clusters
from amparo.engines.linkage.compare import Comparison, compare_prepared
from amparo.engines.linkage.decide import lowest_safe
from amparo.engines.linkage.layout import Entry, Kind, Layout
from amparo.engines.linkage.levels import CODES, level_count
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.pieces import Agreement, Pieces
from amparo.engines.linkage.prepare import Prepared, prepare_all

LARGEST_BLOCK = 100
_RANDOM_PAIRS = 100_000
_ROUNDS = 30
_LEAST = 1e-6
# In pairs: what is believed of a level before any pair is seen.
_PSEUDO = 2.0
_LONG_NUMBER = 6
# So many true pairs for each record at most: more means that the search has taken for a person what is a crowd.
_MOST_MATCHES = 3


@dataclass(frozen=True, slots=True)
class DeclaredPair:
    """Two records with the probability that they are of one person, and what forbids joining them alone."""

    left: str
    right: str
    score: float
    probability: float
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The people that would be joined alone, the pairs with at least even chances, and the probability asked for."""

    people: list[frozenset[str]]
    pairs: list[DeclaredPair]
    threshold: float


@dataclass(frozen=True, slots=True)
class _Pair:
    a: int
    b: int
    levels: tuple[int, ...]
    rarity: float


def link(
    entries: Sequence[Entry], layout: Layout, tables: NameTables, *, seed: int, precision: float = 0.999
) -> Linked:
    """Link the records of a layout. The same records in the same order with the same seed give the same answer."""
    linker = _Linker(entries, layout, tables)
    found = [linker.pair(a, b) for a, b in linker.candidates()]
    weights, prior = _learnt(found, linker.random_levels(random.Random(seed)), linker.counts, len(entries))  # noqa: S311
    scored = [(pair, _score(pair, weights)) for pair in found]
    odds = math.log2(prior / (1 - prior))
    likely = [linker.judged(pair, score, chance) for pair, score in scored if (chance := _chance(score + odds)) >= 0.5]
    free = [pair for pair in likely if not pair.contradictions]
    if layout.once_per_institution:
        free = linker.best_of_each(free)
    safe = lowest_safe(((pair.score, pair.probability) for pair in free), precision=precision)
    joins = [Join(pair.left, pair.right, pair.score) for pair in free if safe is not None and pair.score >= safe]
    doubts = [(pair.left, pair.right) for pair in likely if pair.contradictions]
    people = clusters([entry.fields.record_id for entry in entries], joins, (), doubts=doubts)
    return Linked(people, likely, 1.0 if safe is None else _chance(safe + odds))


class _Linker:
    """The records made ready, and what is asked of two of them."""

    def __init__(self, entries: Sequence[Entry], layout: Layout, tables: NameTables) -> None:
        self._entries, self._layout = entries, layout
        self._people: list[Prepared] = prepare_all([entry.fields for entry in entries], tables)
        self._pieces = Pieces(entries, layout)
        self.counts = [*map(level_count, CODES), *(len(Agreement) for _ in layout.pieces)]

    def pair(self, a: int, b: int) -> _Pair:
        """Two records by their places, compared."""
        person, (levels, rarity) = self._person(a, b), self._pieces.compare(self._entries[a], self._entries[b])
        return _Pair(a, b, (*person.levels, *levels), person.given_rarity + person.surname_rarity + rarity)

    def _person(self, a: int, b: int) -> Comparison:
        return compare_prepared(self._people[a], self._people[b])

    def candidates(self) -> list[tuple[int, int]]:
        """Places of records that share a key, each pair once."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for place, (entry, person) in enumerate(zip(self._entries, self._people, strict=True)):
            for key in {*block.keys_of(person), *self._keys(entry, person)}:
                blocks[key].append(place)
        together = (members for members in blocks.values() if len(members) <= LARGEST_BLOCK)
        found = {pair for members in together for pair in combinations(members, 2)}
        return sorted(pair for pair in found if not self._is_one_institution(*pair))

    def _keys(self, entry: Entry, person: Prepared) -> Iterator[str]:
        """Every two pieces that are told, each with a name too; and a long number by itself."""
        told = [f"{place}={value}" for place, value in enumerate(entry.pieces) if value]
        names = [f"name={part.loose}" for part in (*person.given, *person.surnames)]
        yield from map("|".join, combinations(told + names, 2))
        for piece, value in zip(self._layout.pieces, entry.pieces, strict=True):
            if piece.kind is Kind.NUMBER and len(value) >= _LONG_NUMBER:
                yield f"{piece.column}={value}"

    def _is_one_institution(self, a: int, b: int) -> bool:
        one, other = self._entries[a].fields.institution, self._entries[b].fields.institution
        return self._layout.once_per_institution and one == other

    def random_levels(self, draw: random.Random) -> list[Counter[int]]:
        """How often each level of each comparison is met in pairs drawn at random, nearly all of different people."""
        found: list[Counter[int]] = [Counter() for _ in self.counts]
        places = range(len(self._entries))
        for _ in range(min(_RANDOM_PAIRS, len(places) * (len(places) - 1) // 2)):
            for counter, level in zip(found, self.pair(*draw.sample(places, 2)).levels, strict=True):
                counter[level] += 1
        return found

    def judged(self, pair: _Pair, score: float, probability: float) -> DeclaredPair:
        """The pair by its records, with what forbids joining it among the gates of the layout."""
        found = gate.contradictions(self._people[pair.a], self._people[pair.b], self._person(pair.a, pair.b))
        left, right = sorted(self._entries[place].fields.record_id for place in (pair.a, pair.b))
        return DeclaredPair(
            left, right, score, probability, tuple(each for each in found if each in self._layout.gates)
        )

    def best_of_each(self, pairs: Sequence[DeclaredPair]) -> list[DeclaredPair]:
        """The likeliest pairs of which no record has two in one institution."""
        institution = {entry.fields.record_id: entry.fields.institution for entry in self._entries}
        taken: set[tuple[str, str]] = set()
        kept = []
        for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right)):
            sides = {(pair.left, institution[pair.right]), (pair.right, institution[pair.left])}
            if taken.isdisjoint(sides):
                taken |= sides
                kept.append(pair)
        return kept


def _learnt(
    pairs: Sequence[_Pair], at_random: Sequence[Counter[int]], counts: Sequence[int], records: int
) -> tuple[list[list[float]], float]:
    """Bits per comparison and level, and the share of matches among all pairs, by expectation maximisation."""
    whole = max(records * (records - 1) / 2, 1.0)
    u = [_shares(found, [_PSEUDO] * (count - 1)) for found, count in zip(at_random, counts, strict=True)]
    believed = [_first_belief(count) for count in counts]
    m = [_shares({}, start) for start in believed]
    prior = min(max(1 / max(records, 1), 1e-9), 0.5)
    for _ in range(_ROUNDS):
        weights = _weights(m, u)
        odds = math.log2(prior / (1 - prior))
        matched: list[dict[int, float]] = [defaultdict(float) for _ in counts]
        total = 0.0
        for pair in pairs:
            chance = _chance(_score(pair, weights) + odds)
            if chance > _LEAST:
                total += chance
                for counter, level in zip(matched, pair.levels, strict=True):
                    counter[level] += chance
        m = [_shares(found, start) for found, start in zip(matched, believed, strict=True)]
        prior = min(max(min(total, _MOST_MATCHES * records) / whole, 1e-9), 0.5)
    return _weights(m, u), prior


def _first_belief(count: int) -> list[float]:
    """Of one person agreement is likely, the closest likeliest; else the search ends at whoever shares a street."""
    return [_PSEUDO / 2, *(_PSEUDO * level for level in range(2, count - 1)), *[_PSEUDO * 4 * count] * (count > 2)]


def _shares(found: Mapping[int, float], believed: Sequence[float]) -> list[float]:
    """The share of each level among those that are told; level 0 is silence and has none."""
    told = [found.get(level, 0.0) + extra for level, extra in enumerate(believed, start=1)]
    return [0.0, *(count / sum(told) for count in told)]


def _weights(m: Sequence[Sequence[float]], u: Sequence[Sequence[float]]) -> list[list[float]]:
    return [
        [0.0, *(math.log2(a / b) for a, b in zip(ms[1:], us[1:], strict=True))] for ms, us in zip(m, u, strict=True)
    ]


def _score(pair: _Pair, weights: Sequence[Sequence[float]]) -> float:
    return pair.rarity + sum(bits[level] for bits, level in zip(weights, pair.levels, strict=True))


def _chance(bits: float) -> float:
    return 1 / (1 + math.exp2(-max(min(bits, 500.0), -500.0)))
