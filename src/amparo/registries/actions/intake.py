"""Asking whether somebody is known before a record of hers is written: the one action behind pages and API.

Only codes leave it: of records, of levels of agreement, of what speaks against. Who may see the persons behind them is
decided where they are shown. What was asked with is compared and forgotten; the ledger has what was found and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.engines.linkage.explain import Evidence, explain
from amparo.engines.linkage.fields import Fields
from amparo.ledger import actions as ledger
from amparo.registries.queries import intake

MOST = 10


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that may be of the same person: how sure the machine is, why, and what forbids it to join them."""

    record: UUID
    score: float
    probability: float
    verdict: str
    evidence: tuple[Evidence, ...]
    contradictions: tuple[str, ...]


def likely(*, actor: Actor, fields: Fields, purpose: str, at: datetime) -> tuple[Likely, ...]:
    """The known records worth a look, the likeliest first, at most :data:`MOST`; nothing is written but the ledger.

    Raises ``Denied`` where the role may not ask who is known.
    """
    actor.require("search_hit")
    name, model = intake.current_model()
    pairs = [pair for pair in intake.compare(fields, model) if pair.verdict != "no"][:MOST]
    found = tuple(
        Likely(
            record=UUID(pair.right if pair.left == fields.record_id else pair.left),
            score=pair.score,
            probability=model.probability(pair.score),
            verdict=pair.verdict,
            evidence=explain(pair.comparison, model),
            contradictions=pair.contradictions,
        )
        for pair in pairs
    )
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="intake.ask",
            at=at,
            purpose=purpose,
            basis="role",
            subjects=[each.record for each in found],
            detail={"model": name, "found": len(found)},
        )
    return found
