"""What follows a delivery: new records are compared, persons rebuilt, obligations worked out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild
from amparo.registries.actions import linking

Progress = Callable[[str, int, int], None]
# Above this many records, rebuilding everybody is faster than following each one's links.
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Settled:
    """How many pairs the machine joined and asks about, and how many persons were rebuilt."""

    joined: int
    to_ask: int
    people: int


def settle(*, actor: Actor, touched: Collection[UUID], at: datetime, progress: Progress | None = None) -> Settled:
    """Bring persons up to date with the records that came in. Doing it twice changes nothing.

    Should it be interrupted, the records still wait and the next call takes them up.
    """
    linked = linking.link_waiting(actor=actor, at=at, progress=_stage(progress))
    records = set(linked.records) | set(touched)
    if len(records) > _MANY:
        people = rebuild.everything(at=at, progress=_counted(progress))
    else:
        people = len(rebuild.around(touched=records, at=at)) if records else 0
    return Settled(linked.joined, linked.to_ask, people)


def _stage(progress: Progress | None) -> Callable[[str], None] | None:
    return (lambda stage: progress(stage, 0, 0)) if progress else None


def _counted(progress: Progress | None) -> Callable[[int, int], None] | None:
    return (lambda done, total: progress("people", done, total)) if progress else None
