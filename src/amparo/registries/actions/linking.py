"""Comparing new records with those already known, and keeping what the engine says of them.

A few new records are compared one by one with the candidates that share a blind token; many are compared all at once,
after which the weights are trained anew. Both ways use the same functions and give the same scores. What people have
judged is kept apart and is never touched here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from amparo.access.actors import Actor
from amparo.engines.linkage import batch
from amparo.engines.linkage.batch import ScoredPair
from amparo.engines.linkage.explain import explain
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.weigh import Model
from amparo.ledger import actions as ledger
from amparo.ledger.rows import insert_many
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.registries.models import LinkModel, Pair, Record
from amparo.registries.queries import identities, intake, labels, records

# Above this many waiting records, comparing all with all is faster than one by one.
_MANY = 400
# From fewer records than this there is too little to learn chances from.
_ENOUGH_TO_TRAIN = 600
# From so many records on, several processes are worth starting.
_ENOUGH_TO_SPREAD = 5_000
# Training samples pairs; the same records give the same weights.
_SEED = 28950
_PAIR = (
    "id", "left", "right", "score", "probability", "verdict", "evidence", "contradictions", "doubtful",
    "model", "scored_at",
)  # fmt: skip

_CHUNK = 400

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of linking: the records compared, and pairs by verdict."""

    records: tuple[UUID, ...]
    joined: int
    to_ask: int


def link_waiting(
    *,
    actor: Actor,
    at: datetime,
    progress: Progress | None = None,
    then: Callable[[Collection[UUID]], None] | None = None,
    processes: int = 1,
) -> Linked:
    """Compare every record that waits; one transaction, one entry in the ledger. Nothing of it waits afterwards.

    ``then`` is told the records compared, inside the transaction: should it fail, all of them wait as before. A record
    that came, or changed, while the others were compared waits for the next time. Whoever has no threads may have many
    records compared by several ``processes``.
    """
    waiting = records.waiting()
    if not waiting:
        return Linked((), 0, 0)
    whole = len(waiting) > _MANY
    seen = records.every_version() if whole else waiting
    model, found = _all_with_all(seen, at, progress, processes) if whole else _one_by_one(list(waiting))
    with transaction.atomic():
        wait(Turn.PERSONS)
        fresh = _changed_since(seen, whole=whole)
        compared = [record for record in seen if record not in fresh]
        pairs = [pair for pair in found if fresh.isdisjoint((UUID(pair.left), UUID(pair.right)))]
        _forget(fresh if whole else compared, whole=whole)
        _keep(pairs, model, at)
        _compared([record for record in waiting if record not in fresh])
        if then:
            then(compared)
        joined = sum(pair.verdict == "join" for pair in pairs)
        asked = sum(pair.verdict == "ask" for pair in pairs)
        ledger.record(
            author=actor.author,
            act="linkage.run",
            at=at,
            purpose="linkage",
            basis="role",
            detail={"records": len(compared), "join": joined, "ask": asked, "model": model[0]},
        )
    return Linked(tuple(compared), joined, asked)


def _changed_since(seen: Mapping[UUID, int], *, whole: bool) -> set[UUID]:
    """Records whose version is not the one that was compared; of all records those that came meanwhile too."""
    now = records.every_version() if whole else records.versions_of(seen)
    return {record for record, version in now.items() if seen.get(record) != version}


def _compared(ids: Sequence[UUID]) -> None:
    for start in range(0, len(ids), _CHUNK):
        Record.objects.filter(id__in=ids[start : start + _CHUNK]).update(linked=True)


def _all_with_all(
    seen: Collection[UUID], at: datetime, progress: Progress | None, processes: int
) -> tuple[tuple[str, Model], list[ScoredPair]]:
    """Every record with every other that shares a key, with weights trained on them."""
    # Splink takes seconds to load, and most processes never train.
    from amparo.engines.linkage import ready, train  # noqa: PLC0415

    opened = identities.of_records(seen)
    known = [opened[record].fields for record in sorted(opened)]
    processes = processes if len(known) >= _ENOUGH_TO_SPREAD else 1
    if progress:
        progress("training")
    if len(known) >= _ENOUGH_TO_TRAIN:
        model, told = train.train_ready(known, pack().names, seed=_SEED, processes=processes)
        name, model = labels.overlaid(_named(model, len(known), at), model)
    else:
        name, model = intake.current_model()
        told = ready.ready(known, batch.tables_for(model, pack().names), processes=processes)
    if progress:
        progress("comparing")
    found = batch.link_ready(told, model, processes=processes)
    return (name, model), [pair for pair in found if pair.verdict != "no" or batch.is_doubtful(pair)]


def _named(model: Model, records: int, at: datetime) -> str:
    """The name under which trained weights are kept."""
    name = f"splink-{at:%Y%m%d%H%M%S}"
    LinkModel.objects.update_or_create(
        name=name, defaults={"weights": json.loads(model.to_json()), "trained_at": at, "records": records}
    )
    return name


def _one_by_one(waiting: Sequence[UUID]) -> tuple[tuple[str, Model], list[ScoredPair]]:
    name, model = intake.current_model()
    found: dict[tuple[str, str], ScoredPair] = {}
    for record in waiting:
        opened = identities.of_records([record]).get(record)
        if opened is not None:
            for pair in compare_one(opened.fields, model):
                found[pair.left, pair.right] = pair
    return (name, model), [pair for pair in found.values() if pair.verdict != "no" or batch.is_doubtful(pair)]


def compare_one(fields: Fields, model: Model) -> list[ScoredPair]:
    """One record against the known records that share a blind token with it, the likeliest first."""
    return intake.compare(fields, model)


def _forget(ids: Collection[UUID], *, whole: bool) -> None:
    """Drop what the machine said before of these records, or of all but these; people's judgements are elsewhere."""
    either = Q(left__in=list(ids)) | Q(right__in=list(ids))
    (Pair.objects.exclude(either) if whole else Pair.objects.filter(either)).delete()


def _keep(pairs: Iterable[ScoredPair], named: tuple[str, Model], at: datetime) -> None:
    name, model = named
    insert_many(Pair, _PAIR, (_row(pair, name, model, at) for pair in pairs))


def _row(pair: ScoredPair, name: str, model: Model, at: datetime) -> tuple[object, ...]:
    """The row of a pair; its id comes from the two records, so that an address of a pair outlives a new run."""
    left, right = sorted((UUID(pair.left), UUID(pair.right)))
    told = [[each.field, each.level, round(each.weight, 4)] for each in explain(pair.comparison, model)]
    return (
        pair_id(left, right),
        left,
        right,
        pair.score,
        model.probability(pair.score),
        pair.verdict,
        told,
        list(pair.contradictions),
        batch.is_doubtful(pair),
        name,
        at,
    )


def pair_id(left: UUID, right: UUID) -> UUID:
    """The id of a pair of records, whichever comes first."""
    low, high = sorted((left, right))
    return UUID(bytes=bytes(a ^ b for a, b in zip(low.bytes, high.bytes[::-1], strict=True)))
