"""How a no is said: one shape for all, in Spanish or English, and in the ledger before it is said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from amparo.access import trawling
from amparo.access.actors import Actor
from amparo.casework.actions import refusing
from amparo.interfaces import sentences
from amparo.interfaces.api.schemas import Asked, Error, Part
from amparo.kernel.errors import AmparoError, Conflict, Denied, NotFound
from amparo.ledger import queries as ledger

NOBODY = Actor(name="api:desconocido")
"""Who asks where nobody has signed."""
_SECONDS_TO_WAIT = 600
_TOO_MANY = 429
# Of messages that nobody signed, so many in such a time are written down.
_UNSIGNED = (100, timedelta(minutes=10))
_STATUS = {Denied: 403, NotFound: 404, Conflict: 409}
_LOG = logging.getLogger("django.request")


def install(api: NinjaAPI) -> None:
    """Have every way of going wrong answered here."""
    told: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        AmparoError: _refused,
        ValidationError: _unreadable,
        HttpError: _malformed,
        SuspiciousOperation: _malformed,
        UnreadablePostError: _malformed,
        OperationalError: _busy,
        Exception: _failed,
    }
    for kind, handler in told.items():
        api.add_exception_handler(kind, handler)


def answer(request: HttpRequest, status: int, code: str, parts: Iterable[Part] = ()) -> HttpResponse:
    """An error under a code that has its sentence."""
    return _said(status, Error(codigo=code, mensaje=sentence(request, code), partes=list(parts)))


def sentence(request: HttpRequest, code: str) -> str:
    """The sentence of a code in the language of the one who asks."""
    return sentences.of_code(code, {}, language_of(request))


def language_of(request: HttpRequest) -> str:
    """The language that was asked for, ``es`` or ``en``."""
    return getattr(request, "LANGUAGE_CODE", "es")


def _said(status: int, error: Error) -> HttpResponse:
    return HttpResponse(error.model_dump_json(), status=status, content_type="application/json")


def _refused(request: HttpRequest, error: AmparoError) -> HttpResponse:
    """What a room refuses. Denials are in the ledger first; where that fails, nothing is said but that it failed."""
    status = _status(error)
    # Whoever asks too much was written down where it was counted.
    if isinstance(error, Denied | NotFound) and status != _TOO_MANY:
        _write_down(request, error.code)
    said = _said(status, Error(codigo=error.code, mensaje=sentences.of_error(error, language_of(request))))
    if status == _TOO_MANY:
        said.headers["Retry-After"] = str(_SECONDS_TO_WAIT)
    return said


def _status(error: AmparoError) -> int:
    if error.code.startswith("signature."):
        return 401
    if error.code == trawling.TOO_MANY:
        return _TOO_MANY
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)


def _write_down(request: HttpRequest, reason: str) -> None:
    actor, match = getattr(request, "auth", None), request.resolver_match
    who = actor if isinstance(actor, Actor) else NOBODY
    at = timezone.now()
    if who is NOBODY and _is_flooded(at):
        return
    route = match.url_name or "" if match else ""
    refusing.refused(actor=who, route=route, reason=reason, named={}, at=at)


def _is_flooded(at: datetime) -> bool:
    """Whether so many messages that nobody signed were written down lately that one more would only fill the ledger."""
    oldest = ledger.moment_of_last(actor=NOBODY.name, acts=("access.denied",), number=_UNSIGNED[0])
    return oldest is not None and oldest > at - _UNSIGNED[1]


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not have the shape that the OpenAPI document tells; parts are named only where they are ours."""
    named = {str(step) for each in error.errors for step in each.get("loc", ()) if step in Asked.model_fields}
    told = sentence(request, "api.part_unreadable")
    return answer(request, 422, "api.unreadable", [Part(parte=name, mensaje=told) for name in sorted(named)])


def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return answer(request, 413, "api.too_large")
    return answer(request, 400, "api.malformed")


def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something long is being written, so that nothing can be noted: nothing is told (law 4)."""
    _LOG.error("A signed message could not be noted", exc_info=error)
    said = answer(request, 503, "api.busy")
    said.headers["Retry-After"] = "5"
    return said


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: logged without its words, and told without its way."""
    _LOG.error("A signed message could not be answered", exc_info=error)
    return answer(request, 500, "api.failed")
