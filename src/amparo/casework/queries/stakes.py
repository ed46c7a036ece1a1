"""What hangs on joining two records: the facts that the rule about second opinions asks for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from amparo.casework.models import Person
from amparo.casework.queries import persons
from amparo.casework.rules import projecting
from amparo.pack.current import pack
from amparo.registries.queries import events, outcomes, pairs
from amparo.registries.rules import stakes
from amparo.registries.rules.stakes import Stakes

_GROWN = 18


def risks_of(left: UUID, right: UUID) -> tuple[str, ...]:
    """Why one person's yes is not enough to join these two records; empty where it is."""
    whose = persons.persons_of([left, right])
    members = persons.records_of(set(whose.values()))
    sides = [members.get(whose[record], [record]) if record in whose else [record] for record in (left, right)]
    return stakes.risks(
        Stakes(
            child=_may_be_child(whose.values()),
            reserved=_is_reserved([*sides[0], *sides[1]]),
            contradictions=pairs.contradictions_among(*sides),
            sizes=(len(sides[0]), len(sides[1])),
            crosses=_crosses(*sides),
        )
    )


def _may_be_child(people: Collection[UUID]) -> bool:
    """Whether either may be under 18; who is of unknown age is held to be a child until shown otherwise."""
    grown = Person.objects.filter(Q(minor=False) | Q(age_low__gte=_GROWN), id__in=set(people)).count()
    return grown < max(1, len(set(people)))


def _is_reserved(records: Collection[UUID]) -> bool:
    """Whether an identity behind any of them was ever ordered to be kept secret, taken back or not."""
    return projecting.is_reserved((event for some in events.of_records(records).values() for event in some), pack())


def _crosses(left: Collection[UUID], right: Collection[UUID]) -> bool:
    """Whether somebody judged a record of one side to be another person than one of the other side."""
    sides = set(left), set(right)
    return any(
        outcome.answer == "not_same"
        and ((edge[0] in sides[0] and edge[1] in sides[1]) or (edge[0] in sides[1] and edge[1] in sides[0]))
        for edge, outcome in outcomes.among({*left, *right}).items()
    )
