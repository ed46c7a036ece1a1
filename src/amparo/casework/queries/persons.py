"""Persons, as far as the one who asks may know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.models import Membership, Reach
from amparo.casework.queries import shapes
from amparo.casework.queries.shapes import Person
from amparo.kernel.errors import NotFound
from amparo.registries.queries import identities, records
from amparo.registries.rules.initials import initials

_NOBODY = Q(pk__in=[])


def reach_of(actor: Actor) -> Q | None:
    """The one predicate behind every list and every page: on ``Reach``, whom the actor may work with; None for all.

    An office works with those whose record it holds or who were referred to it; a regional role with those who are
    known in its departments; roles over everything see everybody, always by code.
    """
    if actor.scope == "all":
        return None
    if actor.scope == "own_region":
        reach = Q(department__in=actor.departments)
        return reach & Q(unit=actor.unit) if actor.unit else reach
    if not actor.unit:
        return _NOBODY
    own = Q(institution=actor.institution, unit=actor.unit)
    # A referral may name the kind of office only; it then reaches those of its department.
    unnamed = Q(office="", department__in=actor.departments)
    return own & (Q(office=actor.office) | unnamed if actor.office else unnamed)


def visible(actor: Actor) -> QuerySet[models.Person]:
    """The persons the actor may work with."""
    reach = reach_of(actor)
    # A list of ids and not a question for each person: an office knows thousands of the country's hundred thousands.
    return models.Person.objects.all() if reach is None else models.Person.objects.filter(id__in=_known_by(reach))


def to_those_in_reach(actor: Actor, owed: QuerySet[models.Obligation]) -> QuerySet[models.Obligation]:
    """Those of the steps that are owed to persons the actor may work with."""
    reach = reach_of(actor)
    return owed if reach is None else owed.filter(person__in=_known_by(reach))


def _known_by(reach: Q) -> QuerySet[Reach, UUID]:
    return Reach.objects.filter(reach).values_list("person", flat=True)


def get(actor: Actor, person: UUID) -> Person:
    """One person; ``NotFound`` both where she does not exist and where the actor may not know her.

    The id of any of her records leads to her, so that an address kept from before two records were joined still works.
    """
    membership = Membership.objects.filter(record=person).values_list("person", flat=True).first()
    found = visible(actor).filter(id=membership or person).first()
    if found is None:
        raise NotFound("person.unknown")
    return shapes.person(found)


def relation(actor: Actor, person: Person) -> str:
    """Why the actor may read this person: ``record``, ``referral``, ``region`` or ``role``."""
    if actor.scope == "all":
        return "role"
    mine = Reach.objects.filter(person=person.id, institution=actor.institution, unit=actor.unit)
    relations = set(mine.values_list("relation", flat=True))
    return next((name for name in ("record", "referral") if name in relations), "region")


def records_of(persons: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The ids of the records of each person, in order."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Membership.objects.filter(person__in=list(persons)).order_by("record")
    for person, record in rows.values_list("person", "record"):
        found[person].append(record)
    return found


def persons_of(record_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The person of each record."""
    return dict(Membership.objects.filter(record__in=list(record_ids)).values_list("record", "person"))


def initials_of(persons: Collection[UUID]) -> dict[UUID, str]:
    """The initials by which lists show persons, such as ``M. E. Q. D.``; empty where no name is known."""
    return initials_among(records_of(persons))


def initials_among(members: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, str]:
    """The initials of persons whose records are at hand, in order.

    They come from the earliest record that has a name, and are all that leaves the vault.
    """
    opened = identities.of_records({record for ids in members.values() for record in ids})
    return {
        person: next(filter(None, (initials(opened[record].fields) for record in ids if record in opened)), "")
        for person, ids in members.items()
    }


def codes_of(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """The code of each record, by which people speak of it."""
    return {record: facts.code for record, facts in records.facts(record_ids).items()}
