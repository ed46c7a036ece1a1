"""Asking who is known, again and again: whoever goes through a list of names is stopped, and the officer is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import Question
from amparo.kernel.errors import Denied
from amparo.ledger import actions as ledger
from amparo.ledger.turns import Turn, wait

ASKING = "intake.ask"
SEARCH = "search"
"""The acts in the ledger that such a question becomes once it is answered."""
# So many questions in such a time are the work of an office on its worst day; more is somebody's list.
LIMITS = ((60, timedelta(minutes=10)), (400, timedelta(days=1)))
KIND = "trawling"
TOO_MANY = "access.too_many"
"""The code of the refusal, and the reason that the ledger gives for it."""


def count(*, actor: Actor, at: datetime) -> None:
    """Count one question of this account before it is looked up, however many it asks at the same moment.

    Raises ``Denied`` where it has asked too often; that is written down, and the officer told once a day. What was
    refused does not count.
    """
    if not _is_counted(actor, at):
        raise Denied(TOO_MANY)


def _is_counted(actor: Actor, at: datetime) -> bool:
    """Whether there was room for it; the counting and the writing are one turn of the account."""
    with transaction.atomic():
        wait(Turn.QUESTION, actor.name)
        own = Question.objects.filter(username=actor.name)
        if any(own.filter(at__gt=at - window).count() >= most for most, window in LIMITS):
            _tell(actor, at)
            return False
        own.filter(at__lte=at - max((window for _, window in LIMITS), default=timedelta())).delete()
        Question.objects.create(username=actor.name, at=at)
    return True


def _tell(actor: Actor, at: datetime) -> None:
    ledger.record(author=actor.author, act="access.denied", at=at, basis="none", detail={"reason": TOO_MANY})
    if not alerts.was_told(kind=KIND, username=actor.name, since=at - timedelta(days=1)):
        alerts.tell_officer(kind=KIND, subjects=(), username=actor.name, at=at)
