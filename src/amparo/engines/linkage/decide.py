"""From score and contradictions to a verdict, and the choice of thresholds without labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from amparo.engines.linkage.gate import LACKING, TWO_PEOPLE
from amparo.engines.linkage.weigh import Model

Verdict = Literal["join", "ask", "no"]

PRECISION = 0.999
# However sure the rest may be, no single pair is joined alone below this probability.
LEAST_SURE = 0.9
_COST_OF_TWO, _COST_OF_LACK = 8.0, 4.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores in bits: at ``join`` and above the machine joins alone, at ``ask`` and above it asks a person."""

    join: float
    ask: float

    @classmethod
    def of(cls, model: Model) -> Thresholds:
        """The thresholds that were chosen for a model."""
        return cls(model.join, model.ask)


def verdict(score: float, contradictions: Iterable[str], thresholds: Thresholds) -> Verdict:
    """What the machine does with a pair.

    A contradiction forbids joining. Where it speaks for two people (siblings, twins, another number or birth), only a
    score that would have joined them otherwise is worth a person's question; where two of them, or another number
    and nothing that ties the names to one life, speak for two people, none is.
    """
    against = frozenset(contradictions)
    if not against:
        if score >= thresholds.join:
            return "join"
        return "ask" if score >= thresholds.ask else "no"
    telling = against & TWO_PEOPLE
    if len(telling) > 1 or ("different_documents" in against and against & LACKING):
        return "no"
    needed = thresholds.join if telling else thresholds.ask
    return "ask" if score >= needed else "no"


def standing(score: float, contradictions: Iterable[str]) -> float:
    """The score less what its contradictions take: an order from the likeliest to the least likely, in bits.

    What speaks for two people costs :data:`_COST_OF_TWO` each, what is merely lacking :data:`_COST_OF_LACK`. The
    costs are judgements: they order questions and decide nothing.
    """
    against = frozenset(contradictions)
    return score - _COST_OF_TWO * len(against - LACKING) - _COST_OF_LACK * len(against & LACKING)


def lowest_safe(scored: Iterable[tuple[float, float]], *, precision: float = PRECISION) -> float | None:
    """The lowest score at which what is at or above it has the wanted expected precision.

    ``scored`` holds, for each pair that no contradiction bars, its score and the estimated probability that it is of
    one person. No pair below :data:`LEAST_SURE` counts as safe. None where not even the highest scores reach that
    precision.
    """
    best: float | None = None
    wrong = 0.0
    ordered = sorted(scored, reverse=True)
    for count, (score, probability) in enumerate(ordered, start=1):
        wrong += 1 - probability
        if probability < LEAST_SURE:
            break
        is_last_of_its_score = count == len(ordered) or ordered[count][0] < score
        if is_last_of_its_score and wrong <= (1 - precision) * count:
            best = score
    return best
