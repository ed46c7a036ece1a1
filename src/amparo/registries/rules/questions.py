"""Which question to ask a reviewer next. Pure.

A question is about two persons, not two records: one answer about any pair of records between them settles every
other, both ways (A is B and B is C: A is C; A is B and B is not C: A is not C). So each two persons are asked about
once, by the likeliest of their pairs, and never again while an answer stands between any of their records.

What comes first settles most: the number of pairs of records that the answer decides, times how open the answer is
(the entropy of its probability, in bits), which is the information that an answer is expected to bring. The
use of transitivity follows Wang et al., *Leveraging Transitive Relations for Crowdsourced Joins* (SIGMOD 2013).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from amparo.registries.rules.judging import Edge, Outcome, State

Persons = frozenset[UUID]


class Turn(IntEnum):
    """What is asked before what: the undecided, what others could not say, what the reviewer herself could not."""

    FRESH = 0
    DOUBTED = 1
    OWN_DOUBT = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of records that the machine would ask about."""

    pair: UUID
    left: UUID
    right: UUID
    probability: float

    @property
    def edge(self) -> Edge:
        """Its records."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to ask about; ``settles`` counts the pairs of records that its answer decides."""

    pair: UUID
    turn: Turn
    settles: int
    value: float
    probability: float


@dataclass(frozen=True, slots=True)
class Known:
    """What stands at present: the person of each record, how many records each has, and how pairs stand."""

    person_of: Mapping[UUID, UUID]
    size_of: Mapping[UUID, int]
    outcomes: Mapping[Edge, Outcome]

    def persons_of(self, edge: Edge) -> Persons:
        """The persons of a pair's records: one where they are the same person already, fewer where one is unknown."""
        return frozenset(self.person_of[record] for record in edge if record in self.person_of)


def entropy(probability: float) -> float:
    """How open a question is, in bits: 1 where both answers are as likely, 0 where the answer is known."""
    if not 0 < probability < 1:
        return 0.0
    return -sum(p * math.log2(p) for p in (probability, 1 - probability))


def in_order(candidates: Iterable[Candidate], known: Known, *, reviewer: str) -> list[Question]:
    """The questions for one reviewer, the next one first. The order of the candidates does not matter."""
    settled = _settled(known, reviewer)
    between: dict[Persons, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        persons = known.persons_of(candidate.edge)
        if len(persons) == 2 and persons not in settled:
            between[persons].append(candidate)
    questions = [_question(persons, pairs, known, reviewer) for persons, pairs in between.items()]
    return sorted(questions, key=lambda each: (each.turn, -each.value, -each.probability, each.pair))


def _settled(known: Known, reviewer: str) -> set[Persons]:
    """Persons between whom there is nothing to ask: an answer stands, two people disagree, or it is another's turn."""
    return {
        known.persons_of(edge)
        for edge, outcome in known.outcomes.items()
        if outcome.answer == "not_same"
        or outcome.state is State.DISPUTED
        or (outcome.state is State.PENDING and outcome.is_of(reviewer))
    }


def _question(persons: Persons, pairs: list[Candidate], known: Known, reviewer: str) -> Question:
    """The pair by which two persons are asked about: where a second opinion is due that very pair, or the likeliest."""

    def preference(candidate: Candidate) -> tuple[bool, Turn, float, UUID]:
        outcome = known.outcomes.get(candidate.edge)
        is_second = outcome is not None and outcome.state is State.PENDING
        return (not is_second, _turn(outcome, reviewer), -candidate.probability, candidate.pair)

    asked = min(pairs, key=preference)
    settles = math.prod(known.size_of[person] for person in persons)
    probability = max(candidate.probability for candidate in pairs)
    turn = _turn(known.outcomes.get(asked.edge), reviewer)
    return Question(asked.pair, turn, settles, settles * entropy(probability), probability)


def _turn(outcome: Outcome | None, reviewer: str) -> Turn:
    if outcome is None or outcome.state is not State.UNSURE:
        return Turn.FRESH
    return Turn.OWN_DOUBT if outcome.is_of(reviewer) else Turn.DOUBTED
