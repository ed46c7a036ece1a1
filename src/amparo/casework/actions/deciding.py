"""A reviewer's answer about two records, and its taking back, each with the persons that come of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild
from amparo.kernel.errors import Conflict, NotFound
from amparo.ledger.turns import Turn, wait
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.queries import pairs


def decide(*, actor: Actor, pair_id: UUID, answer: str, reason: str, at: datetime) -> UUID:
    """Answer a pair that waits; the persons of both records are as the answer says afterwards. Returns its id.

    Raises ``Denied``, ``NotFound`` where there is no such pair, ``Invalid`` for an unknown answer and ``Conflict``
    where somebody has answered meanwhile: her answer stands, and nothing is written.
    """
    actor.require("pair_judge")
    with transaction.atomic():
        wait(Turn.PERSONS)
        pair = pairs.get(pair_id)
        if pair is None:
            raise NotFound("judging.no_such_pair")
        said = Answer(pair.left, pair.right, answer, reason)
        judgement = judging.judge(actor=actor, answer=said, at=at)
        # Whoever answered meanwhile had the turn before, so her answer is visible from here on.
        if len(pairs.answers(pair.left, pair.right)) > 1:
            raise Conflict("judging.answered_meanwhile")
        rebuild.around(touched=[pair.left, pair.right], at=at)
    return judgement.id


def undo(*, actor: Actor, judgement_id: UUID, at: datetime) -> None:
    """Take an answer back; what stood before it stands again, for the persons too.

    Raises ``Denied``, ``NotFound`` where there is no such answer and ``Conflict`` where it was taken back already.
    """
    with transaction.atomic():
        wait(Turn.PERSONS)
        withdrawn = judging.withdraw(actor=actor, judgement_id=judgement_id, at=at)
        rebuild.around(touched=[withdrawn.left_id, withdrawn.right_id], at=at)
