"""Which fields a reader sees of what an office wrote. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from amparo.access.actors import Actor
from amparo.access.rules import emergencies
from amparo.access.rules.relations import Relation
from amparo.pack.definitions import EventType, ShareLevel

Sight = Literal["full", "fact"]


def sight(actor: Actor, writer: tuple[str, str], level: ShareLevel) -> Sight | None:
    """How much of an event a reader sees: her own unit's whole, others' as the pack shares them; ``None`` nothing.

    ``writer`` is institution and unit of who wrote it.
    """
    if writer == (actor.institution, actor.unit):
        return "full"
    return {"none": None, "fact": "fact", "fields": "full"}[level]


def compartments(actor: Actor, relation: Relation, parts: Collection[str] = ()) -> frozenset[str]:
    """The compartments that an actor may open by a relation: her role's, in an emergency those ``parts`` she named."""
    if relation is Relation.BREAK_GLASS:
        return emergencies.offered(actor.compartments).intersection(parts)
    return actor.compartments


def readable(definition: EventType | None, opened: Collection[str]) -> frozenset[str]:
    """The fields of a type of event that lie in opened compartments; none of a type that the pack does not know."""
    if definition is None:
        return frozenset()
    return frozenset(field.code for field in definition.fields if str(field.compartment) in opened)
