"""Weights for the levels of encodings, from unlabelled pairs.

The model is that of Fellegi and Sunter (1969): candidates are a mixture of pairs of one person and of two, in each of
which the levels are independent; expectation maximisation (Winkler 1988) finds the chances. Here both kinds of chances
are among *candidates*, since what encodings tell of ages and events is seen only where names are already shared. There
are few distinct patterns of levels, so that a run takes no time and needs no tool.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.engines.linkage import calibrate
from amparo.engines.linkage.decide import LEAST_SURE, lowest_safe
from amparo.engines.linkage.encoded.gate import contradictions
from amparo.engines.linkage.encoded.levels import COMPARISONS, Document, Levels

FEWEST_PAIRS = 1_000
# Stricter than for plain records: who would be gated there, seen here only in outline, is among these pairs.
PRECISION = 0.9995
_ASK_PROBABILITY = 0.05
_UNCHECKED_SLOPE = 0.6
_ROUNDS, _SMALL_STEP = 200, 1e-7
# The chances that the search starts from weigh as much as so many pairs.
_PSEUDO_PAIRS = 40.0
_DOCUMENT = list(COMPARISONS).index("document")

_M: Mapping[str, tuple[float, ...]] = {
    "name": (0.0, 0.02, 0.03, 0.07, 0.15, 0.18, 0.55),
    "document": (0.0, 0.05, 0.95),
    "birth": (0.0, 0.04, 0.01, 0.55, 0.40),
    "origin": (0.0, 0.25, 0.75),
    "event": (0.0, 0.20, 0.02, 0.78),
}
_U: Mapping[str, tuple[float, ...]] = {
    "name": (0.0, 0.72, 0.19, 0.03, 0.015, 0.02, 0.025),
    "document": (0.0, 0.995, 0.005),
    "birth": (0.0, 0.15, 0.27, 0.41, 0.17),
    "origin": (0.0, 0.85, 0.15),
    "event": (0.0, 0.80, 0.05, 0.15),
}


@dataclass(frozen=True, slots=True)
class Model:
    """Chances of each level among candidates of one person (``m``) and of two (``u``), and the scores that decide.

    At ``join`` the machine joins alone where nothing forbids it; at ``doubt`` both answers are equally likely; at
    ``ask`` and above a question is worth asking.
    """

    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    prior: float
    join: float
    doubt: float
    ask: float
    trained: bool = False

    def score(self, levels: Sequence[int]) -> float:
        """The evidence of these levels in bits; silence has none."""
        return sum(self.weight(code, level) for code, level in zip(COMPARISONS, levels, strict=True))

    def weight(self, code: str, level: int) -> float:
        """The evidence of one level in bits."""
        return math.log2(self.m[code][level] / self.u[code][level]) if level else 0.0


def shipped() -> Model:
    """The model for when there is too little to learn from: it joins where name, document and birth or event agree."""
    return Model(m=_M, u=_U, prior=0.3, join=9.0, doubt=1.2, ask=-4.0)


def train(found: Mapping[Levels, int]) -> Model:
    """A model from how often each pattern of levels occurs among candidates; the shipped one where they are few."""
    if sum(found.values()) < FEWEST_PAIRS:
        return shipped()
    model = shipped()
    for _ in range(_ROUNDS):
        following = _next(model, found)
        moved = abs(following.prior - model.prior)
        model = following
        if moved < _SMALL_STEP:
            break
    return _with_thresholds(replace(model, trained=True), found)


def _next(model: Model, found: Mapping[Levels, int]) -> Model:
    """One step of expectation maximisation."""
    same: dict[Levels, float] = {}
    for levels, count in found.items():
        same[levels] = count * _posterior(model, levels)
    total = sum(found.values())
    others = {levels: count - same[levels] for levels, count in found.items()}
    return replace(
        model,
        m={code: _chances(same.items(), place, _M[code]) for place, code in enumerate(COMPARISONS)},
        u={code: _chances(others.items(), place, _U[code]) for place, code in enumerate(COMPARISONS)},
        prior=min(max(sum(same.values()) / total, 1e-4), 0.99),
    )


def _posterior(model: Model, levels: Levels) -> float:
    bits = model.score(levels) + _odds(model.prior)
    return 1 / (1 + 2 ** -max(min(bits, 500.0), -500.0))


def _chances(weighed: Iterable[tuple[Levels, float]], place: int, start: Sequence[float]) -> tuple[float, ...]:
    """Chances of one comparison's levels among those that are not silent, pulled towards where the search started."""
    counts: Counter[int] = Counter()
    for levels, weight in weighed:
        counts[levels[place]] += weight  # type: ignore[assignment]
    told = sum(counts[level] for level in range(1, len(start)))
    return (
        0.0,
        *((counts[level] + _PSEUDO_PAIRS * start[level]) / (told + _PSEUDO_PAIRS) for level in range(1, len(start))),
    )


def _with_thresholds(model: Model, found: Mapping[Levels, int]) -> Model:
    """The model with what scores are worth, by document numbers as anchors, and the thresholds that follow."""
    even = -_odds(model.prior)
    curve = calibrate.fit(_anchors(model, found), even=even) or calibrate.Curve(
        _UNCHECKED_SLOPE, -_UNCHECKED_SLOPE * even
    )
    free = {levels: count for levels, count in found.items() if not contradictions(levels)}
    freed = calibrate.Curve(curve.slope, _offset_among(free, model, curve))
    scored = [(score, freed.probability(score)) for levels in free for score in [model.score(levels)] * free[levels]]
    join = lowest_safe(scored, precision=PRECISION)
    return replace(
        model,
        join=math.inf if join is None else max(join, even + _odds(LEAST_SURE)),
        doubt=even,
        ask=even + _odds(_ASK_PROBABILITY) / curve.slope,
    )


def _offset_among(free: Mapping[Levels, int], model: Model, curve: calibrate.Curve) -> float:
    """The offset among pairs that no rule forbids, of which far more are of one person than among all candidates.

    The share of them that is of one person is the one that is the mean of the chances that follow from it.
    """
    bits = {levels: curve.slope * (model.score(levels) + _odds(model.prior)) for levels in free}
    total, share = sum(free.values()), model.prior
    for _ in range(_ROUNDS):
        odds = calibrate.Curve(1.0, _odds(share))
        share = (sum(count * odds.probability(bits[levels]) for levels, count in free.items()) + 1) / (total + 2)
    return curve.offset + _odds(share) - _odds(model.prior)


def _odds(chance: float) -> float:
    return math.log2(chance / (1 - chance))


def _anchors(model: Model, found: Mapping[Levels, int]) -> list[tuple[float, bool]]:
    """For pairs with two numbers that nothing else speaks against: the score without them, and whether they agree."""
    anchors: list[tuple[float, bool]] = []
    for levels, count in found.items():
        number = levels[_DOCUMENT]
        if number and not contradictions(_without_document(levels)):
            score = model.score(levels) - model.weight("document", number)
            anchors += [(score, number == Document.SAME)] * count
    return anchors


def _without_document(levels: Levels) -> Levels:
    return (levels[0], Document.MISSING, *levels[2:])
