"""Which types of events an actor may write."""

from __future__ import annotations

from amparo.access.actors import Actor
from amparo.pack.current import pack
from amparo.pack.definitions import EventType
from amparo.registries.rules.writing import may_write


def writable(actor: Actor) -> list[EventType]:
    """The types of events that the actor's unit writes, in the order of the pack; none without the capability."""
    if not actor.can("event_write"):
        return []
    return [definition for definition in pack().events.values() if may_write(definition, actor.unit)]
