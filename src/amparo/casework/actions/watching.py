"""Telling the officer for data protection of signs of snooping: each once a day and account, and not about whom, but
where many look at one person.

She reads the ledger of that account, asks, and decides; nothing is closed by a sign.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.casework.queries import looks, persons
from amparo.casework.rules import snooping
from amparo.ledger import outside
from amparo.ledger import queries as entries


def look(*, at: datetime) -> int:
    """Tell the officer of signs in today's readings that she was not told of today; returns how many."""
    begin, today = looks.midnight(at), timezone.localdate(at)
    since = entries.first_since(begin - snooping.LOOKS_BACK)
    found, of_today = 0, list[set[UUID]]()
    for username in sorted(entries.actors_since(entries.first_since(begin), looks.LOOKS)):
        opened, explained = looks.of(username, since)
        for sign in sorted(snooping.signs(opened, explained, today)):
            found += _tell(f"unusual_{sign}", username, at)
        of_today.append({each.person for each in opened if each.at.date() == today} - explained)
    return found + sum(_tell("unusual_crowd", "", at, about=person) for person in snooping.crowded(of_today))


def tell_of_silence(*, at: datetime) -> bool:
    """Tell the officer, once a day, that the ledger reaches nobody outside; returns whether she was told now."""
    return outside.is_silent(at, since=outside.WARNS_AFTER) and _tell("ledger_silent", "", at)


def tell_of_the_limit(*, username: str, at: datetime) -> None:
    """Tell the officer that an account has opened as many people today as it may."""
    _tell("enough_today", username, at)


def _tell(kind: str, username: str, at: datetime, *, about: UUID | None = None) -> bool:
    """Returns whether she was told now; not where she was told the same of this account, or this person, today."""
    with transaction.atomic():
        if alerts.was_told(kind=kind, username=username, about=about, since=looks.midnight(at)):
            return False
        subjects = persons.records_of([about])[about][:1] if about else []
        alerts.tell_officer(kind=kind, subjects=subjects, username=username, about=about, at=at)
    return True
