"""A reviewer's answer about two records, and its taking back, each with the persons that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild, separating
from amparo.casework.queries import judging as queries
from amparo.casework.queries import stakes
from amparo.ledger.turns import Turn, wait
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.queries import outcomes
from amparo.registries.queries.pairs import ScoredPair
from amparo.registries.rules.judging import Kind, Outcome, check_resolution, kind_of_next


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a pair: the answer, the code of the reason, and her own words, which are sealed."""

    answer: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """An answer that was kept, and how the pair stands with it."""

    judgement: UUID
    outcome: Outcome


def decide(*, actor: Actor, pair_id: UUID, told: Told, at: datetime) -> Decided:
    """Answer a pair that waits; the persons of both records are as the answers say afterwards.

    Where a wrong join would be grave, a yes takes effect once somebody else has said the same. Raises ``Denied``,
    ``NotFound`` where there is no such pair, ``Invalid`` for an unknown answer and ``Conflict`` where the pair needs no
    answer, or none of hers, any more: what stands stays, and nothing is written.
    """
    actor.require("pair_judge")
    with transaction.atomic():
        # Whoever answered meanwhile had the turn before, so her answer is visible from here on.
        wait(Turn.PERSONS)
        pair = queries.pair_for(actor, pair_id)
        risks = stakes.risks_of(pair.left, pair.right)
        outcome = outcomes.of(pair.left, pair.right)
        kind = kind_of_next(outcome, by=actor.name, answer=told.answer, is_risky=bool(risks))
        return _keep(actor, pair, told, kind, risks, at)


def resolve(*, actor: Actor, pair_id: UUID, told: Told, at: datetime) -> Decided:
    """End a disagreement between two reviewers, as a third person. Raises as :func:`decide`."""
    actor.require("pair_resolve")
    with transaction.atomic():
        wait(Turn.PERSONS)
        pair = queries.pair_for(actor, pair_id)
        check_resolution(outcomes.of(pair.left, pair.right), by=actor.name)
        return _keep(actor, pair, told, Kind.RESOLUTION, stakes.risks_of(pair.left, pair.right), at)


def undo(*, actor: Actor, judgement_id: UUID, at: datetime) -> None:
    """Take an answer back; what stood before it stands again, for the persons too.

    Raises ``Denied``, ``NotFound`` where there is no such answer and ``Conflict`` where it was taken back already.
    """
    with transaction.atomic():
        wait(Turn.PERSONS)
        queries.decision_for(actor, judgement_id)
        withdrawn = judging.withdraw(actor=actor, judgement_id=judgement_id, at=at)
        _project(actor, withdrawn.left_id, withdrawn.right_id, at)


def _keep(actor: Actor, pair: ScoredPair, told: Told, kind: Kind, risks: tuple[str, ...], at: datetime) -> Decided:
    answer = Answer(pair.left, pair.right, told.answer, told.reason, told.note, kind, risks)
    judgement = judging.judge(actor=actor, answer=answer, at=at)
    _project(actor, pair.left, pair.right, at)
    outcome = outcomes.of(pair.left, pair.right)
    assert outcome is not None  # noqa: S101 - the answer was just written
    return Decided(judgement.id, outcome)


def _project(actor: Actor, left: UUID, right: UUID, at: datetime) -> None:
    rebuild.around(touched=[left, right], at=at, parted=partial(separating.tell, actor=actor, at=at))
