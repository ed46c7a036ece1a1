"""Answers about pairs: given, and taken back. Nothing is ever changed; what answers come to is a fold over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.registries.models import Judgement, Record
from amparo.registries.queries import outcomes
from amparo.registries.rules.judging import Kind, may_see
from amparo.vault import actions as vault

ANSWERS = ("same", "not_same", "unsure")
NOTE = "judgement"
"""The compartment of the vault that holds reviewers' own words."""
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer says of two records, with the code of the reason and her own words, which are sealed.

    ``kind`` is what the answer can do, ``risks`` the codes of why it takes two people.
    """

    left: UUID
    right: UUID
    answer: str
    reason: str = ""
    note: str = ""
    kind: Kind = Kind.ALONE
    risks: tuple[str, ...] = ()


def judge(*, actor: Actor, answer: Answer, at: datetime) -> Judgement:
    """Write a reviewer's answer. Raises ``Denied``, ``Invalid`` for an unknown answer, ``NotFound`` for a record."""
    actor.require("pair_resolve" if answer.kind is Kind.RESOLUTION else "pair_judge")
    _check(answer)
    left, right = sorted((answer.left, answer.right))
    with transaction.atomic():
        if Record.objects.filter(id__in=(left, right)).count() != 2:
            raise NotFound("judging.no_such_record")
        judgement = Judgement.objects.create(
            left_id=left,
            right_id=right,
            answer=answer.answer,
            by=actor.name,
            reason=answer.reason,
            at=at,
            kind=answer.kind,
            risks=list(answer.risks),
            has_note=bool(answer.note),
        )
        if answer.note:
            _seal(actor, judgement.id, answer.note)
        _record(actor, judgement, "pair.resolve" if answer.kind is Kind.RESOLUTION else "pair.judge")
    return judgement


def _check(answer: Answer) -> None:
    if answer.answer not in ANSWERS or answer.left == answer.right:
        raise Invalid("judging.unknown_answer")
    if answer.kind is Kind.RESOLUTION and answer.answer == "unsure":
        raise Invalid("judging.must_resolve")
    if len(answer.note) > _LONGEST_NOTE:
        raise Invalid("judging.long_note", most=_LONGEST_NOTE)


def _seal(actor: Actor, judgement: UUID, note: str) -> None:
    vault.seal_many([vault.Document(judgement, NOTE, 1, actor.institution, note.encode())])


def withdraw(*, actor: Actor, judgement_id: UUID, at: datetime) -> Judgement:
    """Take an answer back, so that what stood before it stands again; the answer itself stays in the history.

    Raises ``NotFound`` where there is no such answer, or none that the actor may see, and ``Conflict`` where it was
    taken back already.
    """
    actor.require("pair_judge")
    with transaction.atomic():
        undone = Judgement.objects.select_for_update().filter(id=judgement_id).exclude(answer="withdrawn").first()
        if undone is None or not _may_undo(actor, undone):
            raise NotFound("judging.no_such_judgement")
        if Judgement.objects.filter(undoes=undone).exists():
            raise Conflict("judging.already_withdrawn")
        withdrawal = Judgement.objects.create(
            left_id=undone.left_id, right_id=undone.right_id, answer="withdrawn", by=actor.name, at=at, undoes=undone
        )
        _record(actor, withdrawal, "pair.withdraw")
    return withdrawal


def _may_undo(actor: Actor, undone: Judgement) -> bool:
    """Her own answer, or one that she may see; how a disagreement was ended is undone by who may end one."""
    resolves = actor.can("pair_resolve")
    if undone.kind == Kind.RESOLUTION:
        return resolves
    outcome = outcomes.of(undone.left_id, undone.right_id)
    return may_see(outcome, by=undone.by, reader=actor.name, resolves=resolves)


def _record(actor: Actor, judgement: Judgement, act: str) -> None:
    ledger.record(
        author=actor.author,
        act=act,
        at=judgement.at,
        purpose="linkage",
        basis="role",
        subjects=[judgement.left_id, judgement.right_id],
        detail={
            "answer": judgement.answer, "reason": judgement.reason, "kind": judgement.kind, "risks": judgement.risks,
        },
    )  # fmt: skip
