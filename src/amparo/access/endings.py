"""Ending an access before its time.

An officer ends anybody's at once. Who watches over others, erases or holds loses hers by two: one officer asks, another
one does it; else one alone could be rid of everybody who would see what she does. What cannot wait for the second is
done by whoever runs the machine.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from amparo.access import alerts
from amparo.access.actions import CHANGE, guards
from amparo.access.actors import Actor
from amparo.access.models import Attestation, User
from amparo.kernel.errors import Invalid, NotFound
from amparo.ledger import actions as ledger

_ASKED, _ENDED = "access_end_asked", "user_changed"


def end(*, actor: Actor, user: User, at: datetime) -> bool:
    """End it, or ask for it where that takes two; returns whether it is ended. For inside a transaction.

    ``user`` is somebody else, locked. Raises ``Invalid`` for who asked herself.
    """
    asked = asked_by().get(user.username, "")
    if guards(user.role) and asked == actor.name:
        raise Invalid("access.end_needs_another")
    if guards(user.role) and not asked:
        _record(actor, user, "access.ask_end", _ASKED, at)
        return False
    _end(actor, user, at)
    return True


def end_at_once(*, actor: Actor, username: str, at: datetime) -> None:
    """End anybody's, as whoever runs the machine may; ``NotFound`` where nobody of that name may sign in."""
    actor.require(CHANGE)
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=username, is_active=True).first()
        if user is None:
            raise NotFound("access.unknown_user")
        _end(actor, user, at)


def asked_by() -> dict[str, str]:
    """Who asked that somebody's access end, by the latter's name; nothing once somebody has said that it is needed.

    What somebody asked who has lost her own access meanwhile is asked no more.
    """
    asked: dict[str, str] = {}
    for username, keeps, by in Attestation.objects.order_by("at", "id").values_list("username", "keeps", "by"):
        asked[username] = "" if keeps else by
    still = set(
        User.objects.filter(username__in=set(asked.values()), is_active=True).values_list("username", flat=True)
    )
    return {username: by for username, by in asked.items() if by in still}


def _end(actor: Actor, user: User, at: datetime) -> None:
    _record(actor, user, "access.end", _ENDED, at)
    User.objects.filter(id=user.id).update(is_active=False)


def _record(actor: Actor, user: User, act: str, told: str, at: datetime) -> None:
    """Kept, in the ledger, and told to the officers, whoever does it: nobody loses her access unseen."""
    Attestation.objects.create(username=user.username, keeps=False, by=actor.name, at=at)
    ledger.record(
        author=actor.author, act=act, at=at, purpose="oversight", basis="role", detail={"user": user.username}
    )
    alerts.tell_officer(kind=told, subjects=(), username=user.username, at=at)
