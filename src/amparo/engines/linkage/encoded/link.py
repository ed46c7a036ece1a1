"""Many encodings: candidates, levels, weights, verdicts, people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from amparo.engines.linkage.cluster import Join, clusters
from amparo.engines.linkage.decide import Verdict
from amparo.engines.linkage.encoded import encoding, gate, levels, train
from amparo.engines.linkage.encoded.encoding import Encoding

# A token that so many records share points to nobody.
LARGEST_BLOCK = 100
# What speaks for two people costs so many bits in the order of questions, what is merely lacking so many.
_COST_OF_TWO, _COST_OF_LACK = 8.0, 4.0


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """Two records with their levels, score in bits, contradictions and verdict; ``left`` sorts before ``right``."""

    left: str
    right: str
    score: float
    contradictions: tuple[str, ...]
    verdict: Verdict
    levels: levels.Levels

    @property
    def standing(self) -> float:
        """The score less what its contradictions take: an order from the likeliest to the least likely."""
        two = len(gate.TWO_PEOPLE.intersection(self.contradictions))
        return self.score - _COST_OF_TWO * two - _COST_OF_LACK * (len(self.contradictions) - two)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found. ``pairs`` are those to join or to ask about; ``people`` the sets of records joined alone."""

    pairs: tuple[EncodedPair, ...]
    people: tuple[frozenset[str], ...]
    trained: bool


def link(records: Sequence[Encoding]) -> Linked:
    """Link encodings with weights learnt from them; :class:`encoding.NotComparable` where their labels are not one.

    The same records give the same answer in whatever order they come. Record ids must be unique.
    """
    encoding.together(record.label for record in records)
    ordered = sorted(records, key=lambda record: record.record_id)
    compared = [(a, b, levels.levels(a, b)) for a, b in _candidates(ordered)]
    model = train.train(Counter(graded for _, _, graded in compared))
    pairs = [_judged(a, b, graded, model) for a, b, graded in compared]
    people = _people(ordered, pairs)
    return Linked(tuple(_as_joined(pairs, people)), tuple(people), model.trained)


def _candidates(records: Sequence[Encoding]) -> Iterator[tuple[Encoding, Encoding]]:
    """Records that share a token, each pair once."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for token in _tokens(record):
            blocks[token].append(place)
    pairs = {pair for block in blocks.values() if len(block) <= LARGEST_BLOCK for pair in combinations(block, 2)}
    return ((records[a], records[b]) for a, b in sorted(pairs))


def _tokens(record: Encoding) -> Iterator[str]:
    """The tokens of all kinds; each kind has a key of its own, so that tokens of two kinds do not meet."""
    yield from (token for token in (record.document, record.born) if token)
    for kind in (record.trios, record.ages, record.events, record.near_events):
        yield from kind


def _judged(a: Encoding, b: Encoding, graded: levels.Levels, model: train.Model) -> EncodedPair:
    score = model.score(graded)
    against = gate.contradictions(graded)
    return EncodedPair(a.record_id, b.record_id, score, against, _verdict(score, against, model), graded)


def _verdict(score: float, against: Sequence[str], model: train.Model) -> Verdict:
    """Nothing is joined over a contradiction; what speaks for two people is asked about only where one is likelier."""
    if not against:
        return "join" if score >= model.join else "ask" if score >= model.ask else "no"
    telling = gate.TWO_PEOPLE.intersection(against)
    if len(telling) > 1:
        return "no"
    return "ask" if score >= (model.doubt if telling else model.ask) else "no"


def _people(records: Iterable[Encoding], pairs: Iterable[EncodedPair]) -> list[frozenset[str]]:
    told = list(pairs)
    joins = [Join(pair.left, pair.right, pair.score) for pair in told if pair.verdict == "join"]
    doubts = [(pair.left, pair.right) for pair in told if gate.TWO_PEOPLE.intersection(pair.contradictions)]
    return clusters((record.record_id for record in records), joins, (), doubts=doubts)


def _as_joined(pairs: Iterable[EncodedPair], people: Iterable[frozenset[str]]) -> Iterator[EncodedPair]:
    """The pairs worth telling, with the verdicts that the sets of records give them."""
    owner = {record: number for number, group in enumerate(people) for record in group}
    for pair in pairs:
        if owner[pair.left] == owner[pair.right]:
            yield replace(pair, verdict="join")
        elif pair.verdict != "no":
            yield replace(pair, verdict="ask")
