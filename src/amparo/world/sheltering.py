"""A house of refuge that knows whom it takes in: referrals by name, as those who protect children write.

Institutions' exports say that a child entered a house and keep which one sealed, so a house learns of her only when
somebody refers her to it. In the demonstration the unit does so in Amparo, with the action that its pages use.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from amparo.access.actors import Actor
from amparo.casework.actions import noting
from amparo.casework.actions.noting import Told
from amparo.casework.queries import threads, todo
from amparo.casework.queries.threads import Thread
from amparo.casework.queries.todo import Filters
from amparo.pack.current import pack

MOST = 20
_ENTERED, _LEFT, _REFERRED = "acogida_ingreso", "acogida_egreso", "derivacion"


def refer(*, actor: Actor, house: str, at: datetime, most: int = MOST) -> int:
    """Refer those on the actor's list who live in a house to this one; returns how many it now knows."""
    referred = 0
    page, pages = 1, 1
    while page <= pages and referred < most:
        found = todo.read(actor=actor, filters=Filters(mine=False, page=page), at=at)
        for owed in found.people[: most - referred]:
            thread = threads.read(actor=actor, person_id=owed.person.id, at=at)
            if _lives_in_a_house(thread):
                noting.note(actor=actor, person_id=thread.person.id, told=_referral(house, at), at=at)
                referred += 1
        page, pages = page + 1, found.pages
    return referred


def _lives_in_a_house(thread: Thread) -> bool:
    """Whether the last that is told of houses is that she entered one."""
    moves = [seen.event.type for seen in thread.events if not seen.superseded and seen.event.type in (_ENTERED, _LEFT)]
    return moves[-1:] == [_ENTERED]


def _referral(house: str, at: datetime) -> Told:
    return Told(_REFERRED, timezone.localdate(at), data={"destino": pack().offices[house].unit, "dependencia": house})
