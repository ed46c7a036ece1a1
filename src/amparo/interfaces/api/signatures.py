"""Who sent a message: signatures as RFC 9421 has them, by Ed25519, over method, address and the digest of the content.

The library reads and verifies; whose the key is, for how long a message counts and that it counts once is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from django.http import HttpRequest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from amparo.access import partners
from amparo.kernel.errors import Denied

TAG = "amparo"
COVERED = ("@method", "@authority", "@path", "content-digest")
LIFETIME = timedelta(seconds=120)
_SKEW = timedelta(seconds=30)
_NONCE_LETTERS = range(16, 129)


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = _SKEW


class _Keys(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id: str) -> bytes | None:
        """The key in force under an id."""
        return partners.public_key(key_id)


class _Message:
    """A request as the library reads one."""

    def __init__(self, request: HttpRequest) -> None:
        self.method = request.method
        self.url = request.build_absolute_uri()
        self.headers = MappingProxyType(dict(request.headers))


@dataclass(frozen=True, slots=True)
class Sent:
    """A message whose signature holds: by which key, and what makes it the only one of its kind until when."""

    key_id: str
    nonce: str
    until: datetime


def verified(request: HttpRequest) -> Sent:
    """A request that a machine signed. Raises ``Denied`` where nobody did, or not so that it counts."""
    if "Signature" not in request.headers or "Signature-Input" not in request.headers:
        raise Denied("signature.missing")
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys())
    try:
        [found] = verifier.verify(
            _Message(request), max_age=LIFETIME, expect_tag=TAG, require_components=COVERED, body=request.body
        )
    except (HTTPMessageSignaturesException, ValueError, TypeError) as error:
        raise Denied("signature.invalid") from error
    if found.nonce is None or len(found.nonce) not in _NONCE_LETTERS:
        raise Denied("signature.no_nonce")
    created = datetime.fromtimestamp(int(found.parameters["created"]), tz=UTC)
    return Sent(str(found.parameters["keyid"]), found.nonce, created + LIFETIME + 2 * _SKEW)
