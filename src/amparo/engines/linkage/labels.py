"""What people's answers teach the weights.

Weights come from unlabelled pairs by expectation maximisation: each pair counts for ``m`` with the probability that
it is of one person. An answer replaces that probability by certainty. This is one step of EM with the labelled
pairs clamped (Nigam, McCallum, Thrun and Mitchell, *Text Classification from Labeled and Unlabeled Documents using
EM*, Machine Learning 39, 2000), taken from where the unlabelled ones have converged, which is a step of incremental EM
(Neal and Hinton, *A View of the EM Algorithm*, 1998)::

    m'(level) = (N m(level) + sum of (y - p) over the labelled pairs at that level) / (N + the same over all levels)

where ``y`` is 1 for *same* and 0 for *not same*, ``p`` what the model gave the pair, and ``N`` the number of pairs of
one person that ``m`` was learnt from. Three things follow. Answers that the model foresaw change nothing. That people
were only asked about doubtful pairs does no harm, because what counts is where an answer departs from what was
expected of such a pair. And ``u`` stays: it comes from random pairs, of which there are millions.

A pair that a contradiction bars says nothing about the weights, since its score leaves the contradiction out; such
answers are counted and not used. The threshold for joining alone is never lowered by answers, only raised where they
show that what is joined alone is less sure than it must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.engines.linkage.decide import Thresholds, Verdict, lowest_safe, verdict
from amparo.engines.linkage.levels import CODES, COMPARISONS, POSITION
from amparo.engines.linkage.weigh import Model

# No level is ever held to be impossible, and fewer pairs than this are too few to be moved by an answer or two.
_LEAST_SHARE, _LEAST_EXPECTED = 1e-4, 200.0
_LEVELS: Mapping[str, Mapping[str, int]] = {
    each.code: {level.name.lower(): level.value for level in each.levels} for each in COMPARISONS
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair that was scored.

    ``levels`` holds its level of each comparison, in the order of :data:`levels.CODES`; ``rarity`` the bits that
    the rarity of the names adds.
    """

    levels: tuple[int, ...]
    rarity: float
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said of a pair."""

    pair: Compared
    same: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One level's weight in bits before and after, with the answers *same* and *not same* about pairs at it."""

    comparison: str
    level: int
    before: float
    after: float
    same: int
    not_same: int


def of_evidence(evidence: Iterable[tuple[str, str, float]], contradictions: Sequence[str] = ()) -> Compared:
    """A stored pair as it was compared: levels by their codes, silence where nothing is told."""
    levels = [0] * len(CODES)
    rarity = 0.0
    for field, level, weight in evidence:
        if field in POSITION:
            levels[POSITION[field]] = _LEVELS[field][level]
        else:
            rarity += weight
    return Compared(tuple(levels), rarity, tuple(contradictions))


def score(pair: Compared, model: Model) -> float:
    """The weight of all evidence of a pair in bits, as :meth:`Model.score`."""
    return pair.rarity + sum(bits[level] for bits, level in zip(model.weights, pair.levels, strict=True))


def usable(labels: Iterable[Label]) -> list[Label]:
    """The answers that can teach the weights: those about pairs that no contradiction bars."""
    return [label for label in labels if not label.pair.contradictions]


def learn(model: Model, labels: Iterable[Label], *, expected: float) -> Model:
    """The model with what the answers teach; ``expected`` is N, the pairs of one person behind ``m``.

    The same model where there are no answers. The order of the answers does not matter.
    """
    told = sorted(usable(labels), key=lambda label: (label.pair.levels, label.pair.rarity, label.same))
    if not told:
        return model
    surprises = [(label, label.same - model.probability(score(label.pair, model))) for label in told]
    weight = max(expected, _LEAST_EXPECTED)
    learnt = {code: _learnt(model.m[code], place, surprises, weight) for place, code in enumerate(CODES)}
    return replace(model, m=learnt, origin=f"{model.origin}+labels")


def _learnt(
    m: Sequence[float], place: int, surprises: Sequence[tuple[Label, float]], weight: float
) -> tuple[float, ...]:
    """The chances of one comparison's levels; that of silence is not used and stays."""
    total = sum(m[1:])
    counts = [weight * chance / total for chance in m[1:]]
    for label, surprise in surprises:
        level = label.pair.levels[place]
        if level:
            counts[level - 1] += surprise
    kept = [max(count, _LEAST_SHARE * weight * min(1.0, chance)) for count, chance in zip(counts, m[1:], strict=True)]
    scale = total / sum(kept)
    return (m[0], *(count * scale for count in kept))


def guarded(model: Model, pairs: Iterable[tuple[Compared, bool | None]]) -> Model:
    """The model with its threshold for joining raised where answers show that it must be; it is never lowered.

    ``pairs`` are the scored ones with a person's answer, or ``None`` where nobody gave one.
    """
    told = []
    for pair, same in pairs:
        if not pair.contradictions:
            reached = score(pair, model)
            told.append((reached, model.probability(reached) if same is None else float(same)))
    safe = lowest_safe(told)
    return model if safe is None or safe <= model.join else replace(model, join=safe)


def changes(before: Model, after: Model, labels: Iterable[Label]) -> list[Change]:
    """The weight of every level before and after, in the order of the comparisons."""
    told = usable(labels)
    found = []
    for place, code in enumerate(CODES):
        for level in range(1, len(before.m[code])):
            here = [label.same for label in told if label.pair.levels[place] == level]
            old, new = before.weights[place][level], after.weights[place][level]
            found.append(Change(code, level, old, new, sum(here), len(here) - sum(here)))
    return found


def verdict_of(pair: Compared, model: Model) -> Verdict:
    """What the machine would do with a pair under a model."""
    return verdict(score(pair, model), pair.contradictions, Thresholds.of(model))
