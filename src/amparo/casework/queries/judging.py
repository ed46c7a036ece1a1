"""Opening the two records of a pair for the person who is to say whether they are one human being."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import persons
from amparo.engines.linkage.fields import Fields
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.registries import identity as documents
from amparo.registries.queries import identities, pairs, records
from amparo.registries.queries.pairs import Decision, ScoredPair
from amparo.registries.queries.records import RecordFacts
from amparo.registries.rules.initials import initials
from amparo.vault import queries as vault

PURPOSE = "linkage"


@dataclass(frozen=True, slots=True)
class OpenedSide:
    """One record of a pair with its identity; ``others`` counts the records that are one person with it already."""

    record: RecordFacts
    fields: Fields
    others: int


@dataclass(frozen=True, slots=True)
class OpenedPair:
    """Both records of a pair, what the machine says of them, and the answers that stand."""

    pair: ScoredPair
    left: OpenedSide
    right: OpenedSide
    answers: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Masked:
    """Records of a page of pairs by id, with no more of each than its facts and initials."""

    records: dict[UUID, RecordFacts]
    initials: dict[UUID, str]


def open_pair(*, actor: Actor, pair_id: UUID, at: datetime) -> OpenedPair:
    """Both identities side by side. The ledger has the reading before either is opened (law 4).

    Raises ``Denied`` where the role judges no pairs and ``NotFound`` where there is no such pair.
    """
    actor.require("pair_judge")
    found = pairs.get(pair_id)
    if found is None:
        raise NotFound("judging.no_such_pair")
    both = [found.left, found.right]
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="pair.read", at=at, purpose=PURPOSE, basis="role", subjects=both, detail={}
        )
    opened = vault.open_many(both, documents.COMPARTMENT)
    facts = records.facts(both)
    sides = [OpenedSide(facts[record], _fields(opened.get(record), record), _others(record)) for record in both]
    return OpenedPair(found, sides[0], sides[1], tuple(pairs.answers(*both)))


def _fields(plain: bytes | None, record: UUID) -> Fields:
    return documents.from_bytes(plain).fields if plain else Fields(str(record))


def _others(record: UUID) -> int:
    person = persons.persons_of([record]).get(record)
    return len(persons.records_of([person])[person]) - 1 if person else 0


def masked(*, actor: Actor, record_ids: Collection[UUID], at: datetime) -> Masked:
    """Facts and initials of the records that a list of pairs shows; the ledger notes whose they are."""
    actor.require("pair_judge")
    ids = sorted(set(record_ids))
    if not ids:
        return Masked({}, {})
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="pairs.list", at=at, purpose=PURPOSE, basis="role", subjects=ids,
            detail={"records": len(ids)},
        )  # fmt: skip
    letters = {record: initials(opened.fields) for record, opened in identities.of_records(ids).items()}
    return Masked(records.facts(ids), letters)
