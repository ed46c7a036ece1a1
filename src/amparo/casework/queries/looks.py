"""Whom an account opened, as the ledger has it, and how many a day it may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from amparo.access.actors import Actor
from amparo.access.rules.relations import Relation
from amparo.casework.models import Assignment
from amparo.casework.queries import persons
from amparo.casework.rules.snooping import Look
from amparo.kernel.errors import Denied
from amparo.ledger import queries as entries

_NAMES = frozenset({"identity.reveal", "record.reveal"})
LOOKS = frozenset({"thread.read", "record.read", "grounds.read"}) | _NAMES
"""Acts that open one person."""
_WORK = frozenset({
    "event.write", "record.open", "delivery.take", "person.assign", "person.separate", "consent.recall",
    "recall.answer", "notice.seen", "place.ask", "place.write", "emergency.open",
})  # fmt: skip
"""Acts by which somebody does something for a person, after which reading her is explained."""
_EXPLAINED_BY = (Relation.ASSIGNED, Relation.BREAK_GLASS)
MOST_IN_A_DAY = 150
"""So many unassigned people are more than an office's worst day (a court morning, a yearly review)."""
ENOUGH = "access.enough_today"

Row = tuple[datetime, str, str, UUID]
"""Moment, act, basis and one record of an entry."""


def require_room(*, actor: Actor, person: UUID, relation: str, at: datetime) -> None:
    """Raise ``Denied`` where the actor has opened as many people today as an account may, and this is another one.

    Whoever was given to her by name, and whoever she opens in an emergency, is not counted.
    """
    if relation in _EXPLAINED_BY:
        return
    # The ledger's index is by account and number: so many entries back is quick, whatever the account has done since.
    reached = entries.moment_of_last(actor=actor.name, acts=LOOKS, number=MOST_IN_A_DAY)
    if reached is None or reached < midnight(at):
        return
    rows = entries.done_by(actor.name, entries.first_since(midnight(at)), LOOKS)
    opened = {record for _at, _act, basis, record in rows if basis not in _EXPLAINED_BY}
    people = set(persons.persons_of(opened).values())
    if len(people) >= MOST_IN_A_DAY and person not in people:
        raise Denied(ENOUGH)


def of(username: str, since: int) -> tuple[set[Look], set[UUID]]:
    """What an account opened from an entry on, by the clock of the country, and the people whom its work explains."""
    rows = entries.done_by(username, since, LOOKS | _WORK)
    given = Assignment.objects.filter(username=username, ended_at=None).values_list("record", flat=True)
    person_of = persons.persons_of({record for *_rest, record in rows} | set(given))
    known = [row for row in rows if row[3] in person_of]
    explained = {person_of[record] for record in given if record in person_of}
    explained |= {person_of[record] for _at, act, basis, record in known if act in _WORK or basis in _EXPLAINED_BY}
    return _looks(known, person_of), explained


def midnight(at: datetime) -> datetime:
    """The beginning of the day, in the country."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time()))


def _looks(rows: Iterable[Row], person_of: dict[UUID, UUID]) -> set[Look]:
    """One for each reading of a person, though it is about several records of hers."""
    return {
        Look(timezone.localtime(moment).replace(tzinfo=None), person_of[record], act in _NAMES)
        for moment, act, _basis, record in rows
        if act in LOOKS
    }
