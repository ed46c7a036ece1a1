"""Who is kept away from a person, for whoever decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import exclusions
from amparo.access.actors import Actor
from amparo.access.exclusions import Standing
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import persons
from amparo.casework.queries.shapes import Person
from amparo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class KeptAway:
    """A person, by her code, with the exclusions that stand."""

    person: Person
    records: tuple[UUID, ...]
    standing: tuple[Standing, ...]


def read(*, actor: Actor, person_id: UUID, at: datetime) -> KeptAway:
    """Raises ``Denied`` where the role keeps nobody away, ``NotFound`` where the actor may not know the person."""
    person, relation = persons.opened(actor, person_id, Asked(Act.EXCLUDE), at=at)
    members = persons.records_of([person.id])[person.id]
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="exclusion.read", at=at, purpose="conflict", basis=relation, subjects=members
        )
    return KeptAway(person, tuple(members), tuple(exclusions.of_records(members)))
