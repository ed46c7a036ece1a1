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
# Scores that deserve their name have a slope of 1; dependent evidence lowers it. The spread is that of natural logs.
_LIKELY_SLOPE, _SPREAD = 0.85, 0.15


@dataclass(frozen=True, slots=True)
class Curve:
    """Log odds in bits of a score: ``slope * score + offset``."""

    slope: float
    offset: float

    def probability(self, score: float) -> float:
        """The chance that a pair with this score is of one person."""
        bits = max(min(self.slope * score + self.offset, 500.0), -500.0)
        return 1 / (1 + 2**-bits)


def fit(anchors: Sequence[tuple[float, bool]]) -> Curve | None:
    """The curve through pairs of (score without the document, numbers agree); None where there are too few.

    Both kinds have to be there in number.
    """
    agreeing = sum(agrees for _, agrees in anchors)
    if agreeing < FEWEST_ANCHORS or len(anchors) - agreeing < FEWEST_ANCHORS // 3:
        return None
    scores = [score for score, _ in anchors]
    labels = [1.0 if agrees else 0.0 for _, agrees in anchors]
    curve, wrong_numbers = Curve(0.5, -0.5 * _middle(anchors)), 0.01
    for _ in range(25):
        told = [_belief(curve, score, label, wrong_numbers) for score, label in zip(scores, labels, strict=True)]
        curve = _logistic(scores, told, curve)
        same = sum(told) + 1e-9
        mistaken = sum(belief for belief, label in zip(told, labels, strict=True) if not label)
        wrong_numbers = min(max(mistaken / same, 0.001), 0.08)
    return curve if curve.slope > 0.05 else None


def _middle(anchors: Sequence[tuple[float, bool]]) -> float:
    """A score between the two kinds, to start from."""
    same = sorted(score for score, agrees in anchors if agrees)
    other = sorted(score for score, agrees in anchors if not agrees)
    return (same[len(same) // 4] + other[len(other) * 3 // 4]) / 2


def _belief(curve: Curve, score: float, label: float, wrong_numbers: float) -> float:
    """The chance that an anchor is of one person, given its score and that numbers may be wrong."""
    if label:
        return 1.0
    same = curve.probability(score)
    mistaken = same * wrong_numbers
    return mistaken / (mistaken + (1 - same) + 1e-12)


def _logistic(scores: Sequence[float], labels: Sequence[float], start: Curve) -> Curve:
    """Logistic regression by Newton's method, with a pull of the slope towards :data:`_LIKELY_SLOPE`.

    Without the pull, few anchors that happen not to overlap would give a curve as steep as a wall.
    """
    slope, offset = start.slope * math.log(2), start.offset * math.log(2)
    for _ in range(12):
        gradient_offset = 0.0
        by_slope, by_both, by_offset = 1 / _SPREAD**2, 0.0, 1e-6
        gradient_slope = (_LIKELY_SLOPE * math.log(2) - slope) / _SPREAD**2
        for score, label in zip(scores, labels, strict=True):
            chance = 1 / (1 + math.exp(-max(min(slope * score + offset, 60.0), -60.0)))
            weight = chance * (1 - chance)
            gradient_slope += (label - chance) * score
            gradient_offset += label - chance
            by_slope += weight * score * score
            by_both += weight * score
            by_offset += weight
        determinant = by_slope * by_offset - by_both * by_both
        if determinant <= 1e-12:
            break
        step_slope = (by_offset * gradient_slope - by_both * gradient_offset) / determinant
        step_offset = (by_slope * gradient_offset - by_both * gradient_slope) / determinant
        longest = max(abs(step_slope) / 0.5, abs(step_offset) / 10.0, 1.0)
        slope, offset = slope + step_slope / longest, offset + step_offset / longest
        if abs(step_slope) < 1e-7:
            break
    return Curve(slope / math.log(2), offset / math.log(2))
