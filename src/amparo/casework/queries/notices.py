"""What a user must know before she goes on: separations of records that she, or her office, relied on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.access.actors import Actor
from amparo.casework.models import Notice, Separation
from amparo.casework.queries import persons
from amparo.casework.rules.parting import Parts
from amparo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as its reader may see it: of the persons that came of the separation, those she may know."""

    id: UUID
    at: datetime
    wrote: int
    persons: tuple[tuple[UUID, str], ...]


def addressed_to(actor: Actor) -> QuerySet[Notice]:
    """Notices to the actor or to her office that nobody has acknowledged."""
    mine = Q(user=actor.name)
    if actor.office:
        mine |= Q(user="", office=actor.office)
    return Notice.objects.filter(mine, seen_at=None).order_by("-id")


def count(actor: Actor) -> int:
    """How many notices wait for the actor; none where her role works with nobody."""
    return addressed_to(actor).count() if actor.can("my_list") else 0


def read(*, actor: Actor, at: datetime) -> list[Told]:
    """The notices that wait, the newest first; the ledger notes whose codes were shown."""
    actor.require("my_list")
    waiting = list(addressed_to(actor).select_related("separation"))
    told = [_told(actor, notice) for notice in waiting]
    shown = {person for each in told for person, _ in each.persons}
    members = [record for ids in persons.records_of(shown).values() for record in ids]
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="notices.read", at=at, purpose="follow_up", basis="relation", subjects=members
        )
    return told


def _told(actor: Actor, notice: Notice) -> Told:
    records = [UUID(record) for part in notice.separation.parts for record in part]
    whose = set(persons.persons_of(records).values())
    known = persons.visible(actor).filter(id__in=whose).order_by("id").values_list("id", "code")
    return Told(notice.id, notice.separation.at, notice.wrote, tuple(known))


def earlier_separations(records: Collection[UUID]) -> Iterator[tuple[int, Parts]]:
    """Separations of any of these records so far, with the number of their entry in the ledger."""
    wanted = {str(record) for record in records}
    for seq, stored in Separation.objects.values_list("seq", "parts").iterator():
        if any(record in wanted for part in stored for record in part):
            yield seq, tuple(frozenset(UUID(record) for record in part) for part in stored)
