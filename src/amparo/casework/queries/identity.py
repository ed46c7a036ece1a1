"""The identity behind a code, for somebody who has a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import consents, looks, persons
from amparo.engines.linkage.fields import Fields
from amparo.registries import identity as documents
from amparo.registries.queries import records
from amparo.registries.queries.records import RecordFacts
from amparo.vault import actions as vault


@dataclass(frozen=True, slots=True)
class Revealed:
    """What each record says of who she is, side by side: institutions do not always agree."""

    said: tuple[tuple[RecordFacts, Fields], ...]


def reveal(*, actor: Actor, person_id: UUID, purpose: str, at: datetime) -> Revealed:
    """Open the identity of a person. It is in the ledger, with the purpose, before anything is returned (law 4).

    Raises ``Denied`` where the role may see no names or hers is under reserve, ``NotFound`` where the actor may not
    know the person, and ``Invalid`` without a purpose of the closed list.
    """
    person, relation = persons.opened(actor, person_id, Asked(Act.IDENTITY, purpose), at=at)
    looks.require_room(actor=actor, person=person.id, relation=relation, at=at)
    members = _agreed_to(actor, persons.records_of([person.id])[person.id], at)
    opened = vault.reveal(
        author=actor.author,
        owners=members,
        compartment=documents.COMPARTMENT,
        purpose=purpose,
        basis=relation,
        at=at,
    )
    facts = records.facts(members)
    read = {record: documents.from_bytes(plain).fields for record, plain in opened.items()}
    return Revealed(tuple((facts[record], read[record]) for record in members if record in read))


def _agreed_to(actor: Actor, members: list[UUID], at: datetime) -> list[UUID]:
    """Her records; where consent is the reader's ground and does not cover who she is, only those of her own office."""
    agreed = consents.agreed_of_records(actor, members, at)
    if agreed is None or documents.COMPARTMENT in agreed:
        return members
    facts = records.facts(members)
    own = (actor.institution, actor.unit)
    return [record for record in members if (facts[record].institution, facts[record].unit) == own]
