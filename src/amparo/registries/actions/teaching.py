"""Letting people's answers teach the weights, and taking that back: always somebody's act, never the machine's own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.registries.actions.open_record import SOURCE
from amparo.registries.models import LabelAdoption, Record
from amparo.registries.queries import labels


def adopt(*, actor: Actor, expecting: int, at: datetime) -> UUID:
    """Let every answer that stands teach the weights; returns the id of the adoption.

    All records wait to be compared anew, which the next ``tick`` or delivery does. Raises ``Denied``, ``Invalid``
    where there is nothing to learn from, and ``Conflict`` where there are not ``expecting`` labels any more: what is
    adopted is what was shown.
    """
    actor.require("labels_adopt")
    with transaction.atomic():
        found = labels.proposal()
        if not found.labels:
            raise Invalid("labels.none")
        if len(found.labels) != expecting:
            raise Conflict("labels.changed_meanwhile")
        made = LabelAdoption.objects.create(
            labels=[[list(each.pair.levels), each.pair.rarity, each.same] for each in found.labels],
            expected=found.expected,
            model=found.base,
            effect={"before": found.before, "after": found.after, "join_raised_by": found.join_raised_by},
            at=at,
            by=actor.name,
        )
        detail: dict[str, object] = {"labels": len(found.labels), "before": found.before, "after": found.after}
        _compare_anew(actor, "labels.adopt", at, detail)
    return made.id


def revert(*, actor: Actor, adoption_id: UUID, at: datetime) -> None:
    """Let an adoption count no longer; the one before it counts again. Raises ``NotFound`` and ``Conflict``."""
    actor.require("labels_adopt")
    with transaction.atomic():
        found = LabelAdoption.objects.select_for_update().filter(id=adoption_id).first()
        if found is None:
            raise NotFound("labels.unknown")
        if found.reverted_at is not None:
            raise Conflict("labels.reverted_already")
        found.reverted_at, found.reverted_by = at, actor.name
        found.save(update_fields=["reverted_at", "reverted_by"])
        _compare_anew(actor, "labels.revert", at, {"labels": len(found.labels)})


def _compare_anew(actor: Actor, act: str, at: datetime, detail: dict[str, object]) -> None:
    # Records that were opened in Amparo say nothing to compare them by.
    Record.objects.exclude(source=SOURCE).update(linked=False)
    ledger.record(author=actor.author, act=act, at=at, purpose="linkage", basis="role", detail=detail)
