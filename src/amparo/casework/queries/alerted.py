"""Alerts as their reader sees them: the officer with the code of the person, an office without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.alerts import Raised
from amparo.casework.queries.emergencies import people_of
from amparo.casework.queries.shapes import Person
from amparo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Alerted:
    """An alert with the persons that it is about, where the reader may follow it up."""

    alert: Raised
    people: tuple[Person, ...]


def read(*, actor: Actor, at: datetime) -> list[Alerted]:
    """The newest alerts for the actor."""
    actor.require("alerts_read")
    with transaction.atomic():
        ledger.record(author=actor.author, act="alerts.read", at=at, purpose="oversight", basis="role")
    return [Alerted(each, people_of(actor, each.subjects)) for each in alerts.of(actor)]
