"""Giving a person to a worker of one's own office by name, and to another one later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.access.rules.relations import OF_ONES_OWN_OFFICE
from amparo.casework.models import Assignment
from amparo.casework.queries import assignments, persons
from amparo.kernel.errors import Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger.turns import Turn, wait


def assign(*, actor: Actor, person_id: UUID, username: str, at: datetime) -> None:
    """Give a person to a worker, or to nobody where no name is told; what stood before ends.

    Raises ``Denied``, ``NotFound`` where the person is not the actor's own office's, and ``Invalid`` for a worker who
    is not of the office or may not know the person.
    """
    with transaction.atomic():
        wait(Turn.PERSONS)
        person, relation = persons.opened(actor, person_id, Asked(Act.ASSIGN), at=at)
        if relation not in OF_ONES_OWN_OFFICE:
            raise NotFound("person.unknown")
        if username and not assignments.may_be_given(actor, username, person.id):
            raise Invalid("assignment.not_possible")
        members = persons.records_of([person.id])[person.id]
        open_ones = assignments.of_office(actor).filter(record__in=members)
        before = sorted(set(open_ones.values_list("username", flat=True)))
        open_ones.update(ended_at=at, ended_by=actor.name)
        if username:
            Assignment.objects.create(
                record=person.id, username=username, institution=actor.institution, unit=actor.unit,
                office=actor.office, by=actor.name, at=at,
            )  # fmt: skip
        ledger.record(
            author=actor.author, act="person.assign", at=at, purpose="coordination", basis=relation, subjects=members,
            detail={"to": username, "before": before},
        )  # fmt: skip
