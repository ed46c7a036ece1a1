"""Page ``web/notices.html``: separations of records that the reader, or her office, relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One separation: when, how often the reader wrote meanwhile, and id and code of the persons that she may know."""

    id: UUID
    at: datetime
    wrote: int
    persons: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What waits to be looked at; ``may_open`` that the reader may open threads."""

    notices: tuple[NoticeLine, ...]
    may_open: bool
