"""After a delivery: waiting records are compared, and the persons that come of it are projected anew.

Where the delivery ended a consent, whoever received data by it is asked for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild, recalling, separating
from amparo.registries.actions import linking

# From so many records on, projecting everybody is quicker than following who hangs together with whom.
_MANY = 2000


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What came of it: records compared, pairs joined alone, pairs for people to judge, persons projected anew."""

    compared: int
    joined: int
    to_ask: int
    persons: int


def catch_up(
    *,
    actor: Actor,
    touched: Collection[UUID] = (),
    at: datetime,
    stage: Callable[[str], None] | None = None,
    processes: int = 1,
) -> CaughtUp:
    """Compare the records that wait and project the persons of those and of the ``touched`` ones.

    ``stage`` is told ``training``, ``comparing`` and ``projecting`` as they begin. Both steps may be repeated at any
    time: what is waiting is compared once, and projecting gives the same persons again. ``processes`` may be several
    where no threads are running.
    """
    persons = [0]

    def project(compared: Collection[UUID]) -> None:
        if stage:
            stage("projecting")
        moved = {*touched, *compared}
        tell = partial(separating.tell, actor=actor, at=at)
        many = len(moved) > _MANY
        persons[0] = (
            rebuild.everything(at=at, parted=tell) if many else len(rebuild.around(touched=moved, at=at, parted=tell))
        )
        recalling.send_delivered(actor=actor, records=moved, at=at)

    # In one transaction with the comparing: should the process die, the records wait and nobody is left out of a list.
    linked = linking.link_waiting(actor=actor, at=at, progress=stage, then=project, processes=processes)
    if not linked.records:
        project(())
    return CaughtUp(len(linked.records), linked.joined, linked.to_ask, persons[0])
