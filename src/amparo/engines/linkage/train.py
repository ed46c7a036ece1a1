"""A model from unlabelled records.

Three kinds of chances are estimated in turn. *u*, from pairs drawn at random, which are almost all of different
people. *m*, by Splink's expectation maximisation (:mod:`amparo.engines.linkage.em`) on three selections of pairs:
those whose names agree, those with one birth, those with one document; each trains what it was not selected by. The
*probability* of a score, from documents as anchors (:mod:`amparo.engines.linkage.calibrate`); from it follow the two
thresholds. Everything is smoothed towards the shipped model, so that little data moves it little.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, zip_longest
from typing import TypeVar

import numpy as np

from amparo.engines.linkage import batch, calibrate, documents, em, gate, spread
from amparo.engines.linkage.compare import Comparison, compare_prepared
from amparo.engines.linkage.decide import LEAST_SURE, PRECISION, lowest_safe
from amparo.engines.linkage.em import Levels, duckdb
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import CODES, POSITION, Birth, DocumentLevel, Given, Surnames
from amparo.engines.linkage.names import NameTables, Shares, mark
from amparo.engines.linkage.packed import PackedComparisons, pack, unpack
from amparo.engines.linkage.pairing import Pairs
from amparo.engines.linkage.prepare import Prepared, reader
from amparo.engines.linkage.ready import Ready, ready
from amparo.engines.linkage.shipped import shipped
from amparo.engines.linkage.weigh import Model

T = TypeVar("T")

FEWEST_RECORDS = 500
_RANDOM_PAIRS = 80_000
_TRAINING_PAIRS = 150_000
_CANDIDATES = 250_000
_FEWEST_PAIRS = 100
_COMMON = 10
_PSEUDO_RANDOM, _PSEUDO_MATCHES = 20_000, 30
_ASK_PROBABILITY = 0.005
# Of doubtful cases this share may be of different people before the records around them are looked at; where anchors
# are few, so many cases, of which so many are of different people, stand for them.
_MOST_OTHERS = 0.07
_PSEUDO_OTHERS = (1.0, 20.0)
_NAMES = ("given", "surnames")
# Kin score high whatever the threshold: they say nothing about what a score is worth, only whether they can be trusted.
_KIN_DOUBTS = frozenset({"maybe_siblings", "maybe_twins"})
# Where documents cannot tell what a score is worth, it is taken to be worth this share of what it says.
_UNCHECKED_SLOPE = 0.6


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pair that shares a key, compared."""

    a: Prepared
    b: Prepared
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A pair with two valid numbers: its score without them, whether they agree, and what speaks against joining."""

    score: float
    agrees: bool
    against: frozenset[str]


def train(
    records: Sequence[Fields],
    tables: NameTables,
    *,
    seed: int,
    processes: int = 1,
    engine: em.Engine = duckdb.train,
) -> Model:
    """A model for these records; the shipped one where they are too few to learn from.

    The same records in the same order with the same seed give the same model, whatever the number of processes.
    ``engine`` does the expectation maximisation: ``em.duckdb.train``, or ``em.spark.train``, which may raise
    ``SparkFailed``. They differ in the last digits at most.
    """
    return train_ready(records, tables, seed=seed, processes=processes, engine=engine)[0]


def train_ready(
    records: Sequence[Fields],
    tables: NameTables,
    *,
    seed: int,
    processes: int = 1,
    engine: em.Engine = duckdb.train,
) -> tuple[Model, Ready]:
    """The same, with the records as they were made ready for it: :func:`batch.link_ready` takes them."""
    with spread.undisturbed():
        if len(records) < FEWEST_RECORDS:
            return shipped(), ready(records, tables, processes=processes)
        start = _with_shares(shipped(), records, tables)
        told = ready(records, batch.tables_for(start, tables), processes=processes)
        draw = random.Random(seed)  # noqa: S311  (a sample for statistics, not a secret)
        return _trained(start, told, draw, processes, engine), told


def _trained(start: Model, told: Ready, draw: random.Random, processes: int, engine: em.Engine) -> Model:
    """The model with chances, prior and thresholds learnt; the samples are no larger where there are more records."""
    records = told.records
    drawn = [(draw.randrange(len(records)), draw.randrange(len(records))) for _ in range(_RANDOM_PAIRS)]
    sample, together = _some_candidates(told, draw, processes)
    born = _same_birth(records, draw)
    compared = _compared(records, [*drawn, *sample, *born], processes)
    strangers, others = compared[: len(drawn)], compared[len(drawn) : len(drawn) + len(sample)]
    model = replace(start, u=_u(strangers, start))
    found = [_Candidate(records[a], records[b], told) for (a, b), told in zip(sample, others, strict=True)]
    same_birth = [each.levels for each in compared[len(drawn) + len(sample) :]]
    model = _with_m(model, _selections(found, same_birth, draw), engine)
    share = len(sample) / max(together, 1)
    model = replace(model, prior=_prior(model, found, share * len(records) * (len(records) - 1) / 2))
    return _with_thresholds(model, found)


def _compared(records: Sequence[Prepared], pairs: Sequence[tuple[int, int]], processes: int) -> list[Comparison]:
    """The comparisons of pairs of places, in their order."""
    edges = [len(pairs) * part // processes for part in range(processes + 1)]

    def compare(part: int) -> PackedComparisons:
        return pack(compare_prepared(records[a], records[b]) for a, b in pairs[edges[part] : edges[part + 1]])

    return [comparison for part in spread.over(processes, compare) for comparison in unpack(part)]


def _some_candidates(told: Ready, draw: random.Random, processes: int) -> tuple[list[tuple[int, int]], int]:
    """All candidate pairs in order, or so many drawn from them as are enough; and how many there are."""

    def sizes(part: int) -> list[int]:
        return [len(lefts) for lefts, _ in told.blocks.pairs(part, processes)]

    stretches = _alternating(spread.over(processes, sizes))
    count = sum(stretches)
    drawn = np.array(range(count) if count <= _CANDIDATES else sorted(draw.sample(range(count), _CANDIDATES)))
    before = np.cumsum([0, *stretches])
    edges = np.searchsorted(drawn, before)
    picked = [drawn[low:high] - start for low, high, start in zip(edges, edges[1:], before, strict=False)]

    def pick(part: int) -> list[Pairs]:
        stretches = zip(told.blocks.pairs(part, processes), picked[part::processes], strict=True)
        return [(lefts[here], rights[here]) for (lefts, rights), here in stretches]

    found = _alternating(spread.over(processes, pick))
    return [pair for lefts, rights in found for pair in zip(lefts.tolist(), rights.tolist(), strict=True)], count


def _alternating(parts: Sequence[Sequence[T]]) -> list[T]:
    """What was dealt out in turn, in its order."""
    return [each for turn in zip_longest(*parts) for each in turn if each is not None]


def _with_shares(model: Model, records: Sequence[Fields], tables: NameTables) -> Model:
    """The model with how common names are among the records."""
    surnames: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for of_surnames, of_given in map(reader(tables).names_of, records):
        surnames.update(part.strict for part in of_surnames)
        given.update(part.strict for part in of_given)
    return replace(model, surnames=_shares(surnames), given=_shares(given), origin="trained")


def _shares(counts: Counter[str]) -> Shares:
    """Shares of names borne by at least :data:`_COMMON` records; of the others only what they have in common."""
    total = max(counts.total(), 1)
    common = {name: count for name, count in counts.items() if count >= _COMMON}
    others = [count for count in counts.values() if count < _COMMON]
    # A name met in k records is met again in k - 1 others; half a record stands for what has not been met yet.
    rare = sum(count * max(count - 1, 0.5) for count in others) / max(sum(others), 1) / total
    chance = sum(count * (count - 1) for count in counts.values()) / total**2
    return Shares(
        {mark(name): count / total for name, count in common.items()}, max(rare, 0.5 / total), max(chance, 1e-5)
    )


def _u(strangers: Iterable[Comparison], model: Model) -> dict[str, tuple[float, ...]]:
    """Chances of each level among different people, from random pairs without those that look like one person."""
    counts: dict[str, Counter[int]] = {code: Counter() for code in CODES}
    for comparison in strangers:
        if model.score(comparison) < model.ask:
            for code, level in zip(CODES, comparison.levels, strict=True):
                counts[code][level] += 1
    return {code: _smoothed(counts[code], model.u[code], _PSEUDO_RANDOM) for code in CODES}


def _smoothed(counts: Mapping[int, float], towards: Sequence[float], weight: float) -> tuple[float, ...]:
    told = sum(count for level, count in counts.items() if level)
    levels = range(1, len(towards))
    return (0.0, *((counts.get(level, 0.0) + weight * towards[level]) / (told + weight) for level in levels))


def _same_birth(records: Sequence[Prepared], draw: random.Random) -> list[tuple[int, int]]:
    """All pairs of places of records born on the same day, or those of a sample of such days."""
    born: dict[int, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if record.birth and record.birth.day and not record.birth.invented:
            born[record.birth.earliest].append(place)
    days = sorted(born)
    draw.shuffle(days)
    found: list[tuple[int, int]] = []
    for day in days:
        found.extend(combinations(born[day], 2))
        if len(found) >= _TRAINING_PAIRS:
            break
    return found


def _selections(
    found: Sequence[_Candidate], same_birth: list[Levels], draw: random.Random
) -> list[tuple[list[Levels], tuple[str, ...]]]:
    """The selections to train on, each with the comparisons that it may train."""
    levels = [each.comparison.levels for each in found]
    names_agree = [each for each in levels if each[0] >= Given.NEAR and each[1] >= Surnames.ONE]
    same_document = [each for each in levels if each[POSITION["document"]] == DocumentLevel.SAME]
    return [
        (_sample(names_agree, draw), _all_but(*_NAMES)),
        (_sample([each for each in same_birth if each[2] == Birth.SAME], draw), _all_but("birth")),
        (_sample(same_document, draw), _all_but("document")),
    ]


def _all_but(*codes: str) -> tuple[str, ...]:
    """Every comparison but these; a number that only one person bears needs no training."""
    return tuple(code for code in CODES if code not in (*codes, "reference"))


def _sample(pairs: list[Levels], draw: random.Random) -> list[Levels]:
    return pairs if len(pairs) <= _TRAINING_PAIRS else draw.sample(pairs, _TRAINING_PAIRS)


def _with_m(model: Model, selections: Iterable[tuple[list[Levels], tuple[str, ...]]], engine: em.Engine) -> Model:
    """The model with m chances averaged over the selections, each weighted by the matches found in it."""
    trainings = [
        em.Training(pairs, active, model.m, model.u, prior=0.2)
        for pairs, codes in selections
        if len(pairs) >= _FEWEST_PAIRS and len(active := _that_vary(pairs, codes)) > 1
    ]
    sums: dict[str, dict[int, float]] = {code: defaultdict(float) for code in CODES}
    for training, trained in zip(trainings, engine(trainings), strict=True):
        for code in training.active:
            told = sum(1 for levels in training.pairs if levels[POSITION[code]]) * trained.share
            for level, chance in enumerate(trained.m[code]):
                sums[code][level] += (chance or 0.0) * told
    return replace(model, m={code: _smoothed(sums[code], model.m[code], _PSEUDO_MATCHES) for code in CODES})


def _that_vary(pairs: Iterable[Levels], codes: Iterable[str]) -> list[str]:
    """The comparisons that show at least two levels besides silence: from one alone there is nothing to learn."""
    return [code for code in codes if len({levels[POSITION[code]] for levels in pairs} - {0}) > 1]


def _prior(model: Model, found: Sequence[_Candidate], pairs: float) -> float:
    """The share of matches among so many pairs, as the fixed point of the chances that it gives to the candidates."""
    scores = [score for each in found if (score := model.score(each.comparison)) > 0]
    prior = 1 / math.sqrt(2 * pairs)
    for _ in range(20):
        odds = math.log2(prior / (1 - prior))
        matches = sum(1 / (1 + 2 ** -max(min(score + odds, 500.0), -500.0)) for score in scores)
        prior = min(max(matches / pairs, 1e-9), 0.5)
    return prior


def _with_thresholds(model: Model, found: Sequence[_Candidate]) -> Model:
    """The model with probabilities that documents confirm, what they show to be safe, and the thresholds."""
    anchors = _anchors(model, found)
    even = -math.log2(model.prior / (1 - model.prior))
    curve = calibrate.fit([(each.score, each.agrees) for each in anchors if not each.against & _KIN_DOUBTS], even=even)
    if curve is None:
        curve = calibrate.Curve(_UNCHECKED_SLOPE, -_UNCHECKED_SLOPE * even)
    model = replace(model, slope=curve.slope, offset=curve.offset)
    sure = (math.log2(LEAST_SURE / (1 - LEAST_SURE)) - curve.offset) / curve.slope
    model = replace(model, trusted=_trusted([each for each in anchors if each.score >= sure]))
    scores = [
        score
        for each in found
        if (score := model.score(each.comparison)) >= sure
        and not gate.contradictions(each.a, each.b, each.comparison, model.trusted, telling=model.telling)
    ]
    join = lowest_safe(((score, curve.probability(score)) for score in scores), precision=PRECISION)
    ask = (math.log2(_ASK_PROBABILITY / (1 - _ASK_PROBABILITY)) - curve.offset) / curve.slope
    safe = model.join if join is None else join
    return replace(model, join=safe, ask=min(ask, safe))


def _anchors(model: Model, found: Sequence[_Candidate]) -> list[_Anchor]:
    """Pairs whose documents tell whether they are of one person, judged as if they had none."""
    position, weights = POSITION["document"], model.weights[POSITION["document"]]
    anchors: list[_Anchor] = []
    # One record is in many pairs.
    bare = {id(record): record for each in found for record in (each.a, each.b)}
    bare = {key: replace(record, document=None) for key, record in bare.items()}
    for each in found:
        levels = each.comparison.levels
        if not _tells(each, levels[position]):
            continue
        masked = replace(each.comparison, levels=(*levels[:position], 0, *levels[position + 1 :]))
        against = frozenset(gate.contradictions(bare[id(each.a)], bare[id(each.b)], masked, telling=model.telling))
        if against <= gate.MAYBE:
            score = model.score(each.comparison) - weights[levels[position]]
            anchors.append(_Anchor(score, levels[position] == DocumentLevel.SAME, against))
    return anchors


def _tells(pair: _Candidate, level: int) -> bool:
    """Whether the documents tell one person from two: numbers that follow each other are those of twins."""
    if level != DocumentLevel.NEAR:
        return level != DocumentLevel.MISSING
    one, other = pair.a.document, pair.b.document
    return one is not None and other is not None and documents.are_consecutive(one, other)


def _trusted(anchors: Sequence[_Anchor]) -> tuple[str, ...]:
    """The cases that might be of kin and seldom are.

    Wrong numbers are as frequent among them as among the pairs that nothing speaks against; what differs beyond that
    are different people. Even a trusted case is joined only where no record of a second person is seen
    (:mod:`amparo.engines.linkage.together`), which is why a few in a hundred are borne here.
    """
    plain = [each.agrees for each in anchors if not each.against]
    wrong_numbers = plain.count(False) / max(len(plain), 1)
    trusted = []
    for code in sorted(_KIN_DOUBTS):
        agrees = [each.agrees for each in anchors if each.against == {code}]
        others = max(agrees.count(False) - wrong_numbers * len(agrees), 0.0)
        if others + _PSEUDO_OTHERS[0] <= _MOST_OTHERS * (len(agrees) + _PSEUDO_OTHERS[1]):
            trusted.append(code)
    return tuple(trusted)
