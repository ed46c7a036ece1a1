"""Projecting persons from records: who they are, what they are owed, whom they are in reach of.

Nothing here decides: grouping, facts and obligations come from pure rules and engines. What is written can be dropped
and made again from records, events and judgements to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from amparo.casework.actions import sharing
from amparo.casework.actions.sharing import Moved
from amparo.casework.models import Membership, Obligation, Person, Reach
from amparo.casework.rules import parting, projecting
from amparo.casework.rules.parting import Parts
from amparo.casework.rules.projecting import Projection
from amparo.kernel.memory import seldom_tidied
from amparo.ledger.rows import insert_many, update_many
from amparo.ledger.turns import Turn, wait
from amparo.registries.queries import links
from amparo.registries.rules import grouping

T = TypeVar("T")
Progress = Callable[[int, int], None]
Parted = Callable[[Sequence[Parts]], None]
_CHUNK = 1000
# So many persons take a fraction of a second, which is how long a page may have to wait while terms run out.
_SLICE = 600


def around(*, touched: Collection[UUID], at: datetime, parted: Parted | None = None) -> list[UUID]:
    """Rebuild the persons that hang together with these records; returns the persons as they are now.

    Those with whom the records were one person before are rebuilt too, so that a separation leaves nobody behind.
    ``parted`` is told of persons that fell apart, inside the transaction.
    """
    with transaction.atomic():
        wait(Turn.PERSONS)
        seeds = set(touched) | _companions(touched)
        found = links.around(seeds)
        while companions := _companions(found.records) - found.records:
            found = links.around(found.records | companions)
        people = grouping.people(found)
        before = _persons_of(found.records) if parted else {}
        _write(people, at)
        if parted:
            parted(parting.parted(before, people))
    return [grouping.anchor(person) for person in people]


def everything(*, at: datetime, progress: Progress | None = None, parted: Parted | None = None) -> int:
    """Rebuild all persons, in one transaction; returns how many there are. ``progress`` gets (done, of how many)."""
    with seldom_tidied(), transaction.atomic():
        wait(Turn.PERSONS)
        people = grouping.people(links.every_link())
        before = dict(Membership.objects.values_list("record", "person").iterator()) if parted else {}
        _empty()
        for number, chunk in enumerate(_chunks(people)):
            _insert(sharing.projections(chunk, at))
            if progress:
                progress(number * _CHUNK + len(chunk), len(people))
        if parted:
            parted(parting.parted(before, people))
    return len(people)


def as_of(*, at: datetime, progress: Progress | None = None, processes: int = 1) -> int:
    """Bring what is owed up to a moment without grouping anew: terms run out though nobody writes anything.

    So many persons at a time, each slice in a transaction of its own: pages, which note every reading, go on in
    between. Nobody is left half done, and what is not reached is simply of an earlier moment. More than one of
    ``processes`` may be asked for only where no other thread runs and nothing is being written.
    """
    ids = list(Person.objects.order_by("id").values_list("id", flat=True))
    with seldom_tidied(), sharing.among(processes) as work:
        for start in range(0, len(ids), _SLICE):
            with transaction.atomic():
                wait(Turn.PERSONS)
                for part in work(_members(ids[start : start + _SLICE]), at):
                    _refresh(part)
            if progress:
                progress(min(start + _SLICE, len(ids)), len(ids))
    return len(ids)


def _members(ids: Sequence[UUID]) -> list[frozenset[UUID]]:
    """The records of each of these persons, as they stand; nothing of whom was joined to somebody else meanwhile."""
    found: dict[UUID, list[UUID]] = {}
    for person, record in Membership.objects.filter(person__in=ids).values_list("person", "record"):
        found.setdefault(person, []).append(record)
    return [frozenset(records) for records in found.values()]


def _refresh(moved: Moved) -> None:
    """Write anew what changed; of the others only the line of the person, whose place in lists changes every day."""
    # The key comes last where rows are overwritten.
    update_many(Person, (*projecting.PERSON[1:], "id"), ((*line[1:], line[0]) for line in moved.lines))
    Person.objects.filter(id__in=[each.person[0] for each in moved.changed]).delete()
    _insert(moved.changed)


def _empty() -> None:
    """Drop every projection, table by table, so that nothing has to be looked up row by row."""
    for model in (Obligation, Reach, Membership, Person):
        model.objects.all()._raw_delete("default")


def _companions(touched: Collection[UUID]) -> set[UUID]:
    """Records that are one person with any of these at present."""
    persons: set[UUID] = set()
    found: set[UUID] = set()
    for ids in _chunks(list(touched)):
        persons |= set(Membership.objects.filter(record__in=ids).values_list("person", flat=True))
    for ids in _chunks(list(persons)):
        found |= set(Membership.objects.filter(person__in=ids).values_list("record", flat=True))
    return found


def _persons_of(records: Collection[UUID]) -> dict[UUID, UUID]:
    """The person of each record, as stored."""
    found: dict[UUID, UUID] = {}
    for ids in _chunks(sorted(records)):
        found |= dict(Membership.objects.filter(record__in=ids).values_list("record", "person"))
    return found


def _write(people: Sequence[frozenset[UUID]], at: datetime) -> None:
    for chunk in _chunks(people):
        members = [record for person in chunk for record in person]
        for ids in _chunks(members):
            Person.objects.filter(memberships__record__in=ids).delete()
        _insert(sharing.projections(chunk, at))


def _insert(made: Sequence[Projection]) -> None:
    insert_many(Person, projecting.PERSON, (projection.person for projection in made))
    insert_many(Membership, projecting.MEMBERSHIP, _each(made, lambda projection: projection.memberships))
    insert_many(Reach, projecting.REACH, _each(made, lambda projection: projection.reaches))
    insert_many(Obligation, projecting.OBLIGATION, _each(made, lambda projection: projection.obligations))


def _each(
    made: Iterable[Projection], part: Callable[[Projection], Iterable[Sequence[object]]]
) -> Iterator[Sequence[object]]:
    for projection in made:
        yield from part(projection)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
