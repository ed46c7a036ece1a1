"""Answers about pairs: given, and taken back. Nothing is ever changed; the newest answer counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.registries.models import Judgement, Record

ANSWERS = ("same", "not_same", "unsure")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer says of two records, with the code of the reason."""

    left: UUID
    right: UUID
    answer: str
    reason: str = ""


def judge(*, actor: Actor, answer: Answer, at: datetime) -> Judgement:
    """Write a reviewer's answer. Raises ``Denied``, ``Invalid`` for an unknown answer, ``NotFound`` for a record."""
    actor.require("pair_judge")
    if answer.answer not in ANSWERS or answer.left == answer.right:
        raise Invalid("judging.unknown_answer")
    left, right = sorted((answer.left, answer.right))
    with transaction.atomic():
        if Record.objects.filter(id__in=(left, right)).count() != 2:
            raise NotFound("judging.no_such_record")
        judgement = Judgement.objects.create(
            left_id=left, right_id=right, answer=answer.answer, by=actor.name, reason=answer.reason, at=at
        )
        _record(actor, judgement, "pair.judge")
    return judgement


def withdraw(*, actor: Actor, judgement_id: UUID, at: datetime) -> Judgement:
    """Take an answer back, so that what stood before it stands again; the answer itself stays in the history.

    Raises ``NotFound`` where there is no such answer and ``Conflict`` where it was taken back already.
    """
    actor.require("pair_judge")
    with transaction.atomic():
        undone = Judgement.objects.select_for_update().filter(id=judgement_id).exclude(answer="withdrawn").first()
        if undone is None:
            raise NotFound("judging.no_such_judgement")
        if Judgement.objects.filter(undoes=undone).exists():
            raise Conflict("judging.already_withdrawn")
        withdrawal = Judgement.objects.create(
            left_id=undone.left_id, right_id=undone.right_id, answer="withdrawn", by=actor.name, at=at, undoes=undone
        )
        _record(actor, withdrawal, "pair.withdraw")
    return withdrawal


def _record(actor: Actor, judgement: Judgement, act: str) -> None:
    ledger.record(
        author=actor.author,
        act=act,
        at=judgement.at,
        purpose="linkage",
        basis="role",
        subjects=[judgement.left_id, judgement.right_id],
        detail={"answer": judgement.answer, "reason": judgement.reason},
    )
