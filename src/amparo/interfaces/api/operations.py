"""An operation: what it needs is declared beside it, and asked of whoever signed the message before it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.security.base import AuthBase

from amparo.access import partners
from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.interfaces.api import errors, signatures
from amparo.interfaces.api.schemas import Error

_TITLE, _VERSION = "Amparo", "1"
_ABOUT = (
    "Institutions ask by messages signed as in RFC 9421 with Ed25519, with a Content-Digest (RFC 9530). "
    "How to sign one: docs/api.md."
)
_REFUSALS = frozenset({400, 401, 403, 413, 422, 429, 500, 503})
View = TypeVar("View", bound=Callable[..., Any])

api = NinjaAPI(title=_TITLE, version=_VERSION, description=_ABOUT, openapi_url=None, docs_url=None)
errors.install(api)


class Signed(AuthBase):
    """A message signed by a machine whose role has a capability."""

    openapi_type = "apiKey"
    openapi_in = "header"
    openapi_name = "Signature"

    def __init__(self, capability: str) -> None:
        super().__init__()
        self._capability = capability

    def __call__(self, request: HttpRequest) -> Actor:
        """The machine; raises ``Denied`` where nobody signed, or whoever did may not ask."""
        sent = signatures.verified(request)
        at = timezone.now()
        actor = partners.actor_behind(sent.key_id, at=at)
        # Set before anything is refused, so that what is written down says who it was.
        request.auth = actor  # type: ignore[attr-defined]
        partners.spend(key_id=sent.key_id, nonce=sent.nonce, until=sent.until, at=at)
        actor.require(self._capability)
        return actor


def operation(path: str, capability: str, answer: type[Any], **told: Any) -> Callable[[View], View]:
    """Declare an operation that is asked by POST, the capability that it needs and what it answers."""

    def declare(view: View) -> View:
        declared = policy(capability, signed=True)(view)
        answers = {200: answer, _REFUSALS: Error}
        return api.post(path, auth=Signed(capability), response=answers, **told)(declared)

    return declare


def actor_in(request: HttpRequest) -> Actor:
    """Who signed a message that is being answered."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]
