"""A second password for whoever is forced to sign in: it opens an empty Amparo and tells the officer at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import User
from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger

ALERT = "under_threat"
# What an office's worker sees first in any role; of everything else there is nothing to be seen either.
_SEEN = frozenset({"my_list", "search_hit", "search_thread"})


def has_password(username: str) -> bool:
    """Whether somebody has one."""
    return User.objects.filter(username=username).exclude(threat_password="").exists()


def set_password(*, username: str, password: str, at: datetime) -> None:
    """Take a password for when she is forced, in place of an older one; an empty one takes it away.

    Raises ``Invalid`` where it is the one that she signs in with, which would never open an empty place.
    """
    user = User.objects.get(username=username)
    if password and user.check_password(password):
        raise Invalid("threat.same_password")
    hashed = make_password(password) if password else ""
    with transaction.atomic():
        User.objects.filter(id=user.id).update(threat_password=hashed)
        detail = {"has_one": str(bool(password))}
        ledger.record(author=ledger.Author(user.username, user.institution, user.role), act=ALERT, at=at, detail=detail)


def user_of(username: str, password: str) -> User | None:
    """Whoever may sign in under this name and has this password for when she is forced.

    It takes the time of one hash whether there is such a user and such a password or not.
    """
    user = User.objects.filter(username=username, is_active=True).exclude(threat_password="").first()
    if user is None:
        make_password(password)
        return None
    return user if check_password(password, user.threat_password) else None


def tell(*, actor: Actor, at: datetime) -> None:
    """Tell the officer that somebody was forced to sign in; inside the transaction of the sign-in."""
    alerts.tell_officer(kind=ALERT, subjects=(), username=actor.name, at=at)


def emptied(actor: Actor) -> Actor:
    """Somebody who looks like the actor and reaches nobody: of no office, and with a name that nothing is given to."""
    return Actor(
        name=f"{actor.name}!", role=actor.role, capabilities=actor.capabilities & _SEEN, language=actor.language
    )
