"""Asking who is known, again and again: whoever goes through a list of names is stopped, and the officer is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import Alert
from amparo.kernel.errors import Denied
from amparo.ledger import actions as ledger
from amparo.ledger import queries

ASKING = "intake.ask"
SEARCH = "search"
"""The acts in the ledger that are counted."""
# So many questions in such a time are the work of an office on its worst day; more is somebody's list.
LIMITS = ((60, timedelta(minutes=10)), (400, timedelta(days=1)))
KIND = "trawling"


def check(*, actor: Actor, at: datetime) -> None:
    """Raise ``Denied`` where this account has asked too often; it is written down, and the officer told once a day."""
    if not any(_is_reached(actor, most, at - window) for most, window in LIMITS):
        return
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="access.denied", at=at, basis="none", detail={"reason": "access.too_many"}
        )
        if not Alert.objects.filter(kind=KIND, username=actor.name, at__gt=at - timedelta(days=1)).exists():
            alerts.tell_officer(kind=KIND, subjects=(), username=actor.name, at=at)
    raise Denied("access.too_many")


def _is_reached(actor: Actor, most: int, since: datetime) -> bool:
    """Whether the account's last so many questions were all since then; the ledger is read no further back."""
    oldest = queries.moment_of_last(actor=actor.name, acts=(ASKING, SEARCH), number=most)
    return oldest is not None and oldest > since
