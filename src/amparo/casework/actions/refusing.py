"""Writing down that somebody was refused: whom she came upon, by ids of records, and why she may not.

An address that leads to nobody is written down too: the answer must not take longer where it leads to somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import exclusions
from amparo.access.actors import Actor
from amparo.casework.actions import watching
from amparo.casework.queries import looks, persons
from amparo.ledger import actions as ledger
from amparo.registries.queries import events, pairs, records


def refused(*, actor: Actor, route: str, reason: str, named: Mapping[str, UUID], at: datetime) -> None:
    """Note a refusal. ``named`` are the ids in the address by what they stand for; ``reason`` is the error's code."""
    subjects = _subjects(named)
    if subjects and not persons.everything_shut_to(actor).isdisjoint(subjects):
        exclusions.tried(actor=actor, records=subjects, at=at)
        return
    if reason == looks.ENOUGH:
        watching.tell_of_the_limit(username=actor.name, at=at)
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="access.denied", at=at, purpose="", basis="none", subjects=subjects,
            detail={"route": route, "reason": reason},
        )  # fmt: skip


def _subjects(named: Mapping[str, UUID]) -> Collection[UUID]:
    """The records behind the ids of an address, where there are any."""
    found: set[UUID] = set()
    for kind, known_as in named.items():
        if kind == "person":
            found |= set(persons.records_of([persons.anchor_of(known_as)]).get(persons.anchor_of(known_as), ()))
        elif kind == "record":
            found |= records.existing([known_as])
        elif kind == "event":
            event = events.get(known_as)
            found |= {event.record} if event else set()
        elif kind in ("pair", "judgement"):
            pair = pairs.get(known_as) if kind == "pair" else pairs.decision(known_as)
            found |= {pair.left, pair.right} if pair else set()
    return sorted(found)
