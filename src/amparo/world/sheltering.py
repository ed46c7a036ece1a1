"""A house of refuge that knows whom it takes in, and where it is: referrals by name, as those who protect write them.

Institutions' exports say that a child entered a house and keep which one sealed, so a house learns of her only when
somebody refers her to it. In the demonstration the unit does so in Amparo, with the action that its pages use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework.actions import noting, places
from amparo.casework.actions.noting import Told
from amparo.casework.queries import persons, todo
from amparo.casework.queries.todo import Filters
from amparo.pack.current import pack
from amparo.registries.queries import events
from amparo.registries.queries.events import Written
from amparo.registries.rules import standing as facts_of

MOST = 20
_WHERE = "Jirón Los Shihuahuacos Inventados 412, portón verde, frente al parque infantil"
_ENTERED, _LEFT, _REFERRED = "acogida_ingreso", "acogida_egreso", "derivacion"


def refer(*, actor: Actor, house: str, at: datetime, most: int = MOST) -> int:
    """Refer those on the actor's list who live in a house to this one; returns how many it now knows."""
    referred = 0
    page, pages = 1, 1
    while page <= pages and referred < most:
        found = todo.read(actor=actor, filters=Filters(mine=False, page=page), at=at)
        for person in _living_in_a_house([owed.person.id for owed in found.people])[: most - referred]:
            noting.note(actor=actor, person_id=person, told=_referral(house, at), at=at)
            referred += 1
        page, pages = page + 1, found.pages
    return referred


def seal(*, actor: Actor, at: datetime) -> str:
    """Seal where the actor's house is, so that the demonstration has a place to ask for; returns the place's code.

    The street is invented; there is none of this name in the pack's places.
    """
    return places.write(actor=actor, words=_WHERE, person=None, at=at)


def _living_in_a_house(people: Sequence[UUID]) -> list[UUID]:
    """Those of these of whom the last that is told of houses is that they entered one."""
    records = persons.records_of(people)
    told = events.of_records([record for own in records.values() for record in own])
    return [person for person in people if _last_move(told, records[person]) == _ENTERED]


def _last_move(told: Mapping[UUID, Sequence[Written]], records: Sequence[UUID]) -> str:
    standing = facts_of.standing([event for record in records for event in told.get(record, ())])
    moves = [event for event in standing if event.type in (_ENTERED, _LEFT)]
    return max(moves, key=lambda event: (event.on, event.id)).type if moves else ""


def _referral(house: str, at: datetime) -> Told:
    return Told(_REFERRED, timezone.localdate(at), data={"destino": pack().offices[house].unit, "dependencia": house})
