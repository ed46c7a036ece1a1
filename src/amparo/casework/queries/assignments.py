"""Whom an office works with, and which of its workers each was given to by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.access.rules.relations import OF_ONES_OWN_OFFICE
from amparo.casework import models
from amparo.casework.models import Assignment, Membership, Reach
from amparo.casework.queries import nobody, persons, shapes
from amparo.casework.queries.shapes import Person
from amparo.ledger import actions as ledger

PAGE = 25
CAPABILITY = "assign"
Show = Literal["", "nobody", "mine"]


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the office who can be given a person; ``given`` counts whom she has."""

    username: str
    display_name: str
    given: int


@dataclass(frozen=True, slots=True)
class Given:
    """A person of the office with whom she was given to; empty where to nobody."""

    person: Person
    initials: str
    username: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Shared:
    """One page of the people an office works with, the most pressing first, and its workers."""

    people: tuple[Given, ...]
    total: int
    pages: int
    workers: tuple[Worker, ...]


def read(*, actor: Actor, show: Show, page: int, at: datetime, only: UUID | None = None) -> Shared:
    """The page; that it was looked at, and whose codes it shows, is in the ledger before.

    ``only`` shows one person, or nobody where she is not the office's.
    """
    actor.require(CAPABILITY)
    given = of_office(actor)
    own = _narrowed(_own_people(actor), given, show, actor)
    own = own.filter(id=persons.anchor_of(only)) if only else own
    total = own.count()
    rows = list(own.order_by("rank", "id")[(page - 1) * PAGE : page * PAGE])
    members = persons.records_of([row.id for row in rows])
    shown = [record for ids in members.values() for record in ids]
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="assignments.read", at=at, purpose="coordination", basis="relation", subjects=shown
        )
    standing = list(given.filter(record__in=shown))
    letters = persons.initials_among(members)
    workers = _workers(actor, given)
    known = {worker.username for worker in workers}
    hers = {row.id: [each for each in standing if each.record in members[row.id]] for row in rows}
    people = (_given(shapes.person(row), letters.get(row.id, ""), hers[row.id], known) for row in rows)
    return Shared(tuple(people), total, max(1, -(-total // PAGE)), workers)


def of_office(actor: Actor) -> QuerySet[Assignment]:
    """What stands at the actor's office."""
    own = Assignment.objects.filter(institution=actor.institution, unit=actor.unit, office=actor.office)
    return own.filter(ended_at=None)


def may_be_given(actor: Actor, username: str, person: UUID) -> bool:
    """Whether a user is of the actor's office, may read threads, and knows this person by her office.

    The same is done whatever the answer, so that its time does not tell a colleague who is kept away from a stranger.
    """
    found = next((user for user in _colleagues(actor) if user.name == username), None)
    relation = persons.relation_to(found or actor, person)
    return found is not None and relation in OF_ONES_OWN_OFFICE


def _own_people(actor: Actor) -> QuerySet[models.Person]:
    """The persons of the actor's own office: whom it holds a record of, or who were referred to it."""
    named = Q(office=actor.office) | Q(office="", department__in=actor.departments)
    ties = Reach.objects.filter(named, institution=actor.institution, unit=actor.unit)
    return persons.visible(actor).filter(id__in=ties.values("person")).exclude(id__in=nobody.people())


def _narrowed(
    own: QuerySet[models.Person], given: QuerySet[Assignment], show: Show, actor: Actor
) -> QuerySet[models.Person]:
    if not show:
        return own
    chosen = given.filter(username=actor.name) if show == "mine" else given.filter(username__in=_names(actor))
    people = Membership.objects.filter(record__in=chosen.values("record")).values("person")
    return own.filter(id__in=people) if show == "mine" else own.exclude(id__in=people)


def _given(person: Person, initials: str, standing: Collection[Assignment], workers: Collection[str]) -> Given:
    """To whom: the latest, where two records with one each were joined; nobody where she left the office."""
    latest = max(standing, key=lambda each: each.at, default=None)
    if latest is None or latest.username not in workers:
        return Given(person, initials, "", None)
    return Given(person, initials, latest.username, latest.at)


def _workers(actor: Actor, given: QuerySet[Assignment]) -> tuple[Worker, ...]:
    counted: dict[str, set[UUID]] = {}
    for username, record in given.values_list("username", "record"):
        counted.setdefault(username, set()).add(record)
    names = _names(actor)
    called = users.names_of(names)
    return tuple(
        Worker(name, called[name], len(counted.get(name, ()))) for name in sorted(names, key=called.__getitem__)
    )


def _names(actor: Actor) -> set[str]:
    return {each.name for each in _colleagues(actor)}


def _colleagues(actor: Actor) -> list[Actor]:
    """Everybody of the actor's office who may sign in and read threads, herself included."""
    there = users.of_office(actor.institution, actor.office)
    found = [users.actor_of(user) for user in users.active_or_not(there) if user.is_active]
    own = (actor.institution, actor.unit, actor.office)
    return [each for each in found if (each.institution, each.unit, each.office) == own and each.can("thread_read")]
