"""Pages of sealed places: ``web/places.html``, ``web/place_decide.html`` and ``web/place_read.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Tone


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request to read a place, by its code."""

    id: UUID
    code: str
    kind: str
    who: str
    office: str
    at: datetime
    until: datetime | None
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of one's own office."""

    id: UUID
    code: str
    kind: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """What the reader has to do with sealed places; forms are ``None`` where she has not the right."""

    asked: tuple[RequestLine, ...]
    to_decide: tuple[RequestLine, ...]
    own: tuple[PlaceLine, ...]
    ask: BaseForm | None
    write: BaseForm | None


@dataclass(frozen=True, slots=True)
class PlaceReadPage:
    """One's own request; ``words`` only once, with the ``mark`` of who reads it and when."""

    line: RequestLine
    open: bool
    words: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PlaceDecidePage:
    """Somebody else's request with the words why."""

    line: RequestLine
    words: str
