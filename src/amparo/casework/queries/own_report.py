"""The report that a person asks for: who looked at her data, when, for what and by what right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import materials, persons
from amparo.casework.queries.shapes import Person
from amparo.casework.rules import own_report
from amparo.casework.rules.own_report import Look
from amparo.ledger import actions as ledger
from amparo.ledger import queries as entries
from amparo.pack.current import pack


@dataclass(frozen=True, slots=True)
class OwnReport:
    """Every look that the person may be told of."""

    person: Person
    looks: tuple[Look, ...]


def read(*, actor: Actor, person_id: UUID, at: datetime) -> OwnReport:
    """Make the report; that it was made is in the ledger. Raises ``Denied`` and ``NotFound``."""
    actor.require("ledger_report")
    person, _ = persons.opened(actor, person_id, Asked(Act.READINGS), at=at)
    members = persons.records_of([person.id])[person.id]
    with transaction.atomic():
        ledger.record(author=actor.author, act="ledger.report", at=at, purpose="report", basis="role", subjects=members)
    events = next(materials.of([members])).standing
    zone = timezone.get_current_timezone()
    looks = own_report.looks(entries.about(members), events, pack().rights.withheld, zone)
    return OwnReport(person, tuple(looks))
