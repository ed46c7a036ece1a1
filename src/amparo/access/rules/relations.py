"""What ties an actor to a person. Pure.

Which ties reach an actor is told once, as patterns. A list turns them into a condition of its query, and a page holds
them against the person's ties one by one: both come from :func:`patterns`, so neither shows what the other does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amparo.access.actors import Actor

Pattern = Mapping[str, tuple[str, ...]]
"""Fields of a tie with the values that fit; an empty pattern fits everybody."""

EVERYBODY: Pattern = {}


class Relation(StrEnum):
    """By what right somebody reads a person; the ledger has it beside each reading."""

    EXCLUDED = "excluded"
    ASSIGNED = "assigned"
    RECORD = "record"
    REFERRAL = "referral"
    REGION = "region"
    ROLE = "role"
    BREAK_GLASS = "break_glass"
    NONE = "none"


OF_ONES_OWN_OFFICE = frozenset({Relation.ASSIGNED, Relation.RECORD, Relation.REFERRAL})


@dataclass(frozen=True, slots=True)
class Tie:
    """Why an office knows a person: it holds or wrote a record of hers, or she was referred to it and not refused.

    A referral that was refused ends: it is no tie any more.
    """

    institution: str
    unit: str
    office: str
    department: str
    kind: str


def patterns(actor: Actor) -> tuple[Pattern, ...]:
    """The ties that reach an actor: those that fit any of the patterns. Nobody is reached without one.

    An office works with those whose record it holds or who were referred to it; a regional role with those who are
    known to its kind of office in its departments; roles over everything see everybody, always by code.
    """
    if actor.scope == "all":
        return (EVERYBODY,)
    if actor.scope == "own_region":
        return ({"department": actor.departments, **({"unit": (actor.unit,)} if actor.unit else {})},)
    if not actor.unit:
        return ()
    own = {"institution": (actor.institution,), "unit": (actor.unit,)}
    # A referral may name the kind of office only; it then reaches those of its department.
    unnamed = {**own, "office": ("",), "department": actor.departments}
    return ({**own, "office": (actor.office,)}, unnamed) if actor.office else (unnamed,)


def fits(pattern: Pattern, tie: Tie) -> bool:
    """Whether a tie is one of those that a pattern means."""
    return all(getattr(tie, field) in values for field, values in pattern.items())


def relation(
    actor: Actor, ties: Iterable[Tie], *, excluded: bool = False, emergency: bool = False, assigned: bool = False
) -> Relation:
    """The strongest right of an actor to a person with these ties. Being kept away beats every other.

    ``assigned`` says that her office gave the person to her by name. That opens nothing by itself: it is a relation
    only while her office has a tie of its own.
    """
    if excluded:
        return Relation.EXCLUDED
    wanted = patterns(actor)
    if EVERYBODY in wanted:
        return Relation.ROLE
    found = {_named(actor, tie) for tie in ties if any(fits(pattern, tie) for pattern in wanted)}
    if assigned and not found.isdisjoint(OF_ONES_OWN_OFFICE):
        return Relation.ASSIGNED
    known = (each for each in (Relation.RECORD, Relation.REFERRAL, Relation.REGION) if each in found)
    return next(known, Relation.BREAK_GLASS if emergency else Relation.NONE)


def _named(actor: Actor, tie: Tie) -> Relation:
    """A tie of the actor's own office by its kind; another office's reaches her through the region only."""
    own = (tie.institution, tie.unit) == (actor.institution, actor.unit) and tie.office in (actor.office, "")
    return Relation(tie.kind) if own else Relation.REGION
