"""May this actor do this to this person, for this purpose? Pure, and no unless something says yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from amparo.access.actors import Actor
from amparo.access.rules.relations import Relation
from amparo.kernel.errors import AmparoError, Denied, Invalid, NotFound
from amparo.pack.definitions import Compartment

Reason = Literal["", "role", "excluded", "no_relation", "emergency", "part", "purpose", "reserved"]


class Act(StrEnum):
    """What is done to a person's data; the value is the capability that it needs."""

    THREAD = "thread_read"
    IDENTITY = "identity_reveal"
    WRITE = "event_write"
    ASSIGN = "assign"
    READINGS = "ledger_read"
    EXCLUDE = "exclude"
    OPEN_IN_AN_EMERGENCY = "break_glass"


RELATED = frozenset({Relation.ASSIGNED, Relation.RECORD, Relation.REFERRAL, Relation.REGION, Relation.ROLE})
# What an emergency allows: reading on the screen. No export, no paper, no passing on, no writing.
_IN_AN_EMERGENCY = frozenset({Act.THREAD, Act.IDENTITY})
# What needs a purpose out of the pack's closed list; everything else has its one purpose.
_FOR_A_PURPOSE = frozenset({Act.IDENTITY})
IDENTITY = str(Compartment.IDENTITY)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to do: ``leaves_the_screen`` where it is to be printed or taken away."""

    act: Act
    purpose: str = ""
    leaves_the_screen: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer: by which relation yes, or for which reason no."""

    allowed: bool
    relation: Relation
    reason: Reason = ""


def decide(
    actor: Actor,
    asked: Asked,
    relation: Relation,
    *,
    purposes: Collection[str] = (),
    reserved: bool = False,
    parts: Collection[str] = (),
) -> Decision:
    """Answer for one person.

    ``purposes`` is the closed list; ``reserved`` says that her name is under reserve; ``parts`` are what an emergency
    was opened for.
    """
    reason = _refusal(actor, asked, relation, purposes, reserved)
    if not reason and relation is Relation.BREAK_GLASS and asked.act is Act.IDENTITY and IDENTITY not in parts:
        reason = "part"
    return Decision(not reason, relation, reason)


def _refusal(actor: Actor, asked: Asked, relation: Relation, purposes: Collection[str], reserved: bool) -> Reason:
    if not actor.can(asked.act):
        return "role"
    if relation is Relation.EXCLUDED:
        return "excluded"
    if asked.act is Act.OPEN_IN_AN_EMERGENCY:
        return ""
    if relation is Relation.BREAK_GLASS:
        if asked.act not in _IN_AN_EMERGENCY or asked.leaves_the_screen:
            return "emergency"
    elif relation not in RELATED:
        return "no_relation"
    if asked.act is Act.IDENTITY and reserved:
        return "reserved"
    return "purpose" if asked.act in _FOR_A_PURPOSE and asked.purpose not in purposes else ""


def refusal(decision: Decision) -> AmparoError:
    """How a no is said: whether the person exists is told to nobody who may not know her."""
    if decision.reason == "role":
        return Denied("access.role")
    if decision.reason == "emergency":
        return Denied("access.emergency_reads_only")
    if decision.reason == "part":
        return Denied("emergency.another_part")
    if decision.reason == "reserved":
        return Denied("identity.reserved")
    return Invalid("access.purpose") if decision.reason == "purpose" else NotFound("person.unknown")
