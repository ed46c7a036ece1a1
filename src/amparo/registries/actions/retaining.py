"""Retention that runs itself: what the country pack says is no longer to be kept is destroyed with its key."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.pack.definitions import Retention
from amparo.registries.actions import erasing
from amparo.registries.actions.erasing import Order
from amparo.registries.models import Event
from amparo.registries.queries import retention
from amparo.vault import erasure
from amparo.vault.erasure import Wanted

_NO_ARTICLE = "-"


@dataclass(frozen=True, slots=True)
class Retained:
    """What a run destroyed, by rule, and the records whose identity went with it."""

    destroyed: dict[str, int]
    records: tuple[UUID, ...]


Besides = Callable[[Collection[UUID]], Collection[UUID]]
"""Tells the ids under which other rooms sealed something about records."""


def _nothing(_records: Collection[UUID]) -> Collection[UUID]:
    return ()


def run(*, actor: Actor, at: datetime, rule: str = "", besides: Besides = _nothing) -> Retained:
    """Destroy what is due and under no hold, so much at once of each rule that somebody verified against its article.

    A rule that nobody verified destroys only where a person names it as ``rule``. ``besides`` names what other rooms
    sealed about records whose identity goes. Raises ``NotFound`` for a rule that the pack does not have.
    """
    if "*" not in actor.capabilities:
        actor.require(erasing.CAPABILITY)
    reported = retention.report(at=at)
    if rule and rule not in {due.rule.code for due in reported}:
        raise NotFound("retention.unknown_rule", rule=rule)
    destroyed: dict[str, int] = {}
    records: list[UUID] = []
    for due in reported:
        if (due.rule.code == rule if rule else due.rule.verified) and due.free:
            chosen = due.free[: retention.AT_ONCE]
            _destroy(actor, due.rule, chosen, besides, at)
            destroyed[due.rule.code] = len(chosen)
            records += chosen if due.rule.kind == "identity" else ()
    return Retained(destroyed, tuple(records))


def _destroy(actor: Actor, rule: Retention, ids: tuple[UUID, ...], besides: Besides, at: datetime) -> None:
    basis = (rule.source or _NO_ARTICLE)[:120]
    if rule.kind == "identity":
        ordered = erasing.order(author=actor.author, told=Order(ids, basis, besides(ids)), at=at)
    else:
        wanted = Wanted(
            subjects=retention.subjects_of(rule.kind, ids),
            owners=[*ids, *_texts(ids)] if rule.kind == "narrative" else ids,
            basis=basis,
            scope=rule.kind,
            compartment="narrative" if rule.kind == "narrative" else "",
        )
        ordered = erasure.order(author=actor.author, wanted=wanted, at=at)
    erasing.finish(ordered, at=at)


def _texts(records: tuple[UUID, ...]) -> list[UUID]:
    """Events of these records that have a text of their own."""
    return list(Event.objects.filter(record__in=records, has_narrative=True).values_list("id", flat=True))
