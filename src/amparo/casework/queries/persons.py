"""Persons, as far as the one who asks may know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access import emergencies, exclusions
from amparo.access.actors import Actor
from amparo.access.rules import relations
from amparo.access.rules.deciding import Asked, decide, refusal
from amparo.access.rules.relations import Relation, Tie
from amparo.casework import models
from amparo.casework.models import Assignment, Membership, Reach
from amparo.casework.queries import nobody, shapes
from amparo.casework.queries.shapes import Person
from amparo.kernel.errors import NotFound
from amparo.pack.current import pack
from amparo.registries.queries import identities, records
from amparo.registries.rules.initials import initials

_NOBODY = Q(pk__in=[])


def reach_of(actor: Actor) -> Q | None:
    """The one predicate behind every list and every page: on ``Reach``, whom the actor may work with; None for all.

    It says as a condition of a query what ``access.rules.relations`` says of one person.
    """
    wanted = relations.patterns(actor)
    if relations.EVERYBODY in wanted:
        return None
    return reduce(or_, (Q(**{f"{name}__in": values for name, values in each.items()}) for each in wanted), _NOBODY)


def visible(actor: Actor) -> QuerySet[models.Person]:
    """The persons the actor may work with; whom she is kept away from is none of them, whatever her role."""
    reach, shut = reach_of(actor), people_shut_to(actor)
    # A list of ids and not a question for each person: an office knows thousands of the country's hundred thousands.
    found = models.Person.objects.all() if reach is None else models.Person.objects.filter(id__in=_known_by(reach))
    return found.exclude(id__in=shut) if shut else found


def to_those_in_reach(actor: Actor, owed: QuerySet[models.Obligation]) -> QuerySet[models.Obligation]:
    """Those of the steps that are owed to persons the actor may work with."""
    reach, shut = reach_of(actor), people_shut_to(actor)
    owed = owed if reach is None else owed.filter(person__in=_known_by(reach))
    return owed.exclude(person__in=shut) if shut else owed


def _known_by(reach: Q) -> QuerySet[Reach, UUID]:
    return Reach.objects.filter(reach).values_list("person", flat=True)


def records_in_reach(actor: Actor, *, at_most: int) -> list[UUID] | None:
    """Every record of the persons the actor may work with; ``None`` where there are more than ``at_most``.

    Without baits, which a word as common as a given name would come upon every day.
    """
    theirs = Membership.objects.filter(person__in=visible(actor).exclude(id__in=nobody.people()).values("id"))
    found = list(theirs.values_list("record", flat=True)[: at_most + 1])
    return found if len(found) <= at_most else None


def people_shut_to(actor: Actor) -> set[UUID]:
    """The persons the actor is kept away from; few, where there are any."""
    shut = exclusions.records_shut_to(actor)
    return set(persons_of(shut).values()) if shut else set()


def get(actor: Actor, person: UUID) -> Person:
    """One person; ``NotFound`` both where she does not exist and where the actor may not know her.

    The id of any of her records leads to her, so that an address kept from before two records were joined still works.
    """
    found = visible(actor).filter(id=anchor_of(person)).first()
    if found is None:
        raise NotFound("person.unknown")
    return shapes.person(found)


def known(actor: Actor, people: Collection[UUID]) -> list[Person]:
    """Those of the persons whom the actor may know, in the order of their codes."""
    return [shapes.person(row) for row in visible(actor).filter(id__in=list(people)).order_by("code")]


def anchor_of(known_as: UUID) -> UUID:
    """The id of the person whom the id of one of her records leads to; the id itself where it is no record's."""
    membership = Membership.objects.filter(record=known_as).values_list("person", flat=True).first()
    return membership or known_as


def relation(actor: Actor, person: Person) -> str:
    """By what right the actor may read this person, as the ledger says it; see ``access.rules.relations``."""
    return relation_to(actor, person.id)


def relation_to(actor: Actor, person: UUID, *, at: datetime | None = None) -> Relation:
    """The same by her id. Given a moment, a glass that the actor broke counts where nothing else lets her in."""
    members = records_of([person]).get(person, [])
    ties = Reach.objects.filter(person=person).values_list("institution", "unit", "office", "department", "relation")
    shut = not exclusions.records_shut_to(actor).isdisjoint(members)
    emergency = at is not None and bool(members) and emergencies.open_to(actor, members, at) is not None
    return relations.relation(
        actor, [Tie(*each) for each in ties], excluded=shut, emergency=emergency, assigned=is_assigned(actor, members)
    )


def is_assigned(actor: Actor, members: Collection[UUID]) -> bool:
    """Whether the actor's office gave the person of these records to her by name."""
    mine = Assignment.objects.filter(username=actor.name, record__in=list(members), ended_at=None)
    return mine.filter(institution=actor.institution, unit=actor.unit, office=actor.office).exists()


def opened(actor: Actor, person_id: UUID, asked: Asked, *, at: datetime) -> tuple[Person, Relation]:
    """A person on whom the actor may do what is asked, and by what right.

    Raises ``NotFound`` alike where there is no such person and where the actor may not know her, ``Denied`` where her
    role or her relation does not allow it, and ``Invalid`` without a purpose where one is needed.
    """
    actor.require(asked.act)
    row = models.Person.objects.filter(id=anchor_of(person_id)).first()
    if row is None:
        raise NotFound("person.unknown")
    relation = relation_to(actor, row.id, at=at)
    decision = decide(
        actor, asked, relation, purposes=pack().codes["finalidad_acceso"], reserved=row.reserved,
        parts=parts_in_an_emergency(actor, row.id, relation, at),
    )  # fmt: skip
    if not decision.allowed:
        raise refusal(decision)
    return shapes.person(row), decision.relation


def parts_in_an_emergency(actor: Actor, person: UUID, relation: Relation, at: datetime) -> frozenset[str]:
    """The parts of a person that a glass which the actor broke opens to her; none where she needs no such thing."""
    if relation is not Relation.BREAK_GLASS:
        return frozenset()
    return emergencies.parts_open(actor, records_of([person])[person], at)


def everything_shut_to(actor: Actor) -> frozenset[UUID]:
    """Every record of everybody whom the actor is kept away from; few, where there are any."""
    shut = exclusions.records_shut_to(actor)
    return shut | {record for ids in records_of(people_shut_to(actor)).values() for record in ids} if shut else shut


def reserved_among(record_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the records that belong to somebody whose identity is under reserve."""
    found = Membership.objects.filter(record__in=list(record_ids), person__reserved=True)
    return frozenset(found.values_list("record", flat=True))


def reserved_people(people: Collection[UUID]) -> set[UUID]:
    """Those of the persons whose identity is under reserve."""
    return set(models.Person.objects.filter(id__in=list(people), reserved=True).values_list("id", flat=True))


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

    They come from the earliest record that has a name, and are all that leaves the vault. Of somebody whose identity
    is under reserve not even they do.
    """
    reserved = reserved_people(members)
    members = {person: ids for person, ids in members.items() if person not in reserved}
    opened = identities.of_records({record for ids in members.values() for record in ids})
    return dict.fromkeys(reserved, "") | {
        person: next(filter(None, (initials(opened[record].fields) for record in ids if record in opened)), "")
        for person, ids in members.items()
    }


def codes_of(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """The code of each record, by which people speak of it."""
    return {record: facts.code for record, facts in records.facts(record_ids).items()}
