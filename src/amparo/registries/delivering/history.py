"""Which of a record's events its institution's last delivery still stands for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.registries.happenings import Derived


@dataclass(frozen=True, slots=True)
class Written:
    """An event as stored, as far as a new version needs it. ``slot`` is empty for one that a person wrote."""

    id: UUID
    event: Derived
    supersedes: UUID | None
    retracts: bool

    @property
    def imported(self) -> bool:
        """Whether a delivery wrote it."""
        return bool(self.event.slot)


@dataclass(frozen=True, slots=True)
class Told:
    """What the last version told, by the event that would be corrected now if that changed.

    Where a person has corrected an imported event since, her correction is what a later delivery corrects; as long as
    the delivery tells the same as before, it stands.
    """

    events: Mapping[UUID, Derived]


def last_told(events: Iterable[Written]) -> Told:
    """Follow every chain of corrections from its beginning to its end."""
    following = {event.supersedes: event for event in events_list(events) if event.supersedes is not None}
    told: dict[UUID, Derived] = {}
    for first in events_list(events):
        if first.supersedes is not None:
            continue
        last, said = first, first if first.imported else None
        while (after := following.get(last.id)) is not None:
            last = after
            said = last if last.imported else said
        if said is not None and not said.retracts:
            told[last.id] = said.event
    return Told(told)


def events_list(events: Iterable[Written]) -> list[Written]:
    """The events as a list, so that they can be gone through more than once."""
    return events if isinstance(events, list) else list(events)
