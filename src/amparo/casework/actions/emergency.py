"""Opening a person without a relation to her, because waiting would harm her."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import alerts, emergencies
from amparo.access.actors import Actor
from amparo.access.rules.deciding import RELATED, Act, Asked
from amparo.casework import models
from amparo.casework.queries import persons
from amparo.casework.queries.emergencies import COMPARTMENT
from amparo.vault import actions as vault


def break_glass(
    *, actor: Actor, person_id: UUID, reason: str, words: str, parts: Collection[str], at: datetime
) -> UUID:
    """Let the actor read parts of a person for half an hour; officer and offices are told at once. Returns her id.

    Whoever has a relation to her already needs no emergency, and none is noted. Raises ``Denied`` where the actor has
    not the right, ``Invalid`` without a reason in words or a part, and ``NotFound`` where the person is not there, or
    is shut to her.
    """
    emergencies.check(actor=actor, reason=reason, words=words, parts=parts, at=at)
    with transaction.atomic():
        person, relation = persons.opened(actor, person_id, Asked(Act.OPEN_IN_AN_EMERGENCY), at=at)
        if relation in RELATED:
            return person.id
        members = persons.records_of([person.id])[person.id]
        begun = emergencies.begin(actor=actor, records=members, reason=reason, parts=parts, at=at)
        for office in _holders(person.id):
            alerts.tell_office(kind="break_glass", office=office, subjects=members, about=begun.id, at=at)
        # The vault's own transaction comes last: should it fail, nothing of this has happened.
        vault.seal_many([vault.Document(begun.id, COMPARTMENT, 1, actor.institution, words.encode())])
    return person.id


def _holders(person: UUID) -> list[tuple[str, str, str]]:
    """The offices that hold a record of hers."""
    held = models.Reach.objects.filter(person=person, relation="record")
    return sorted(set(held.values_list("institution", "unit", "office")))
