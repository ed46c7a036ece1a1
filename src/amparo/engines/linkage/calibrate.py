"""What a score is worth, found without labels: document numbers as anchors.

Where two records both have a valid national number, the numbers tell whether they are of one person. Weighing such
pairs *without* their numbers shows how often a score made of everything else is right; a logistic curve through that
gives the probability of any score. A few numbers are wrong (a guardian's number on a child's row), which would make
the highest scores look wrong: the share of such errors is estimated along with the curve and set aside
(label-noise logistic regression, fitted by expectation maximisation).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_ANCHORS = 60
_LN2 = math.log(2)
# Scores that deserve their name have a slope of 1; dependent evidence lowers it. In bits per bit, and bits.
_LIKELY_SLOPE, _SPREAD, _SHIFT = 0.85, 0.05, 2.5
# So many bits above the even point, what still disagrees is a wrong number.
_SURE = 6.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Log odds in bits of a score: ``slope * score + offset``."""

    slope: float
    offset: float

    def probability(self, score: float) -> float:
        """The chance that a pair with this score is of one person."""
        bits = max(min(self.slope * score + self.offset, 500.0), -500.0)
        return 1 / (1 + 2**-bits)


def fit(anchors: Sequence[tuple[float, bool]], *, even: float) -> Curve | None:
    """The curve through pairs of (score without the document, numbers agree); None where there are too few.

    ``even`` is the score at which the model itself gives both answers the same chance. The curve is pulled towards
    passing there with :data:`_LIKELY_SLOPE`: where contradictions have already taken away nearly all pairs of
    different people, the few disagreeing numbers that are left are mostly wrong numbers, and no shape can be learnt.
    """
    if sum(agrees for _, agrees in anchors) < FEWEST_ANCHORS:
        return None
    scores = [score - even for score, _ in anchors]
    labels = [1.0 if agrees else 0.0 for _, agrees in anchors]
    curve, wrong_numbers = Curve(_LIKELY_SLOPE, 0.0), _wrong_at_the_top(scores, labels)
    for _ in range(15):
        told = [_belief(curve, score, label, wrong_numbers) for score, label in zip(scores, labels, strict=True)]
        curve = _logistic(scores, told, curve)
    return Curve(curve.slope, curve.offset - curve.slope * even)


def _wrong_at_the_top(scores: Sequence[float], labels: Sequence[float]) -> float:
    """The share of numbers that are wrong, from the pairs that everything else says are of one person."""
    top = [label for score, label in zip(scores, labels, strict=True) if score > _SURE]
    return (top.count(0.0) + 0.5) / (len(top) + 50)


def _belief(curve: Curve, score: float, label: float, wrong_numbers: float) -> float:
    """The chance that an anchor is of one person, given its score and that numbers may be wrong."""
    if label:
        return 1.0
    same = curve.probability(score)
    mistaken = same * wrong_numbers
    return mistaken / (mistaken + (1 - same) + 1e-12)


def _logistic(scores: Sequence[float], labels: Sequence[float], start: Curve) -> Curve:
    """Logistic regression by Newton's method, with a pull of slope and offset towards what is likely."""
    likely, spread, shift = _LIKELY_SLOPE * _LN2, _SPREAD * _LN2, _SHIFT * _LN2
    slope, offset = start.slope * _LN2, start.offset * _LN2
    for _ in range(12):
        gradient_slope, gradient_offset = (likely - slope) / spread**2, -offset / shift**2
        by_slope, by_both, by_offset = 1 / spread**2, 0.0, 1 / shift**2
        for score, label in zip(scores, labels, strict=True):
            chance = 1 / (1 + math.exp(-max(min(slope * score + offset, 60.0), -60.0)))
            weight = chance * (1 - chance)
            gradient_slope += (label - chance) * score
            gradient_offset += label - chance
            by_slope += weight * score * score
            by_both += weight * score
            by_offset += weight
        determinant = by_slope * by_offset - by_both * by_both
        step_slope = (by_offset * gradient_slope - by_both * gradient_offset) / determinant
        step_offset = (by_slope * gradient_offset - by_both * gradient_slope) / determinant
        longest = max(abs(step_slope) / 0.3, abs(step_offset) / 5.0, 1.0)
        slope, offset = max(slope + step_slope / longest, 0.2 * _LN2), offset + step_offset / longest
        if abs(step_slope) < 1e-7:
            break
    return Curve(slope / _LN2, offset / _LN2)
