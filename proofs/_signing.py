"""A machine of an institution as it signs its messages: what whoever connects to Amparo has to write, too."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_message_signatures import HTTPMessageSigner, algorithms
from http_message_signatures.resolvers import MappingKeyResolver

COVERED = ("@method", "@authority", "@path", "content-digest")


@dataclass
class _Request:
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Machine:
    """A private key, and the id under which its public half is registered."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    key_id: str = ""

    @property
    def public_pem(self) -> bytes:
        """What the institution hands over."""
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(
        self,
        path: str,
        body: bytes,
        *,
        created: datetime | None = None,
        nonce: str | None = None,
        tag: str = "amparo",
        covered: tuple[str, ...] = COVERED,
        host: str = "testserver",
    ) -> dict[str, str]:
        """The headers of a message that is sent by POST, as of now."""
        request = _Request("POST", f"http://{host}{path}")
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519,
            key_resolver=MappingKeyResolver(public_keys={}, private_keys={self.key_id: self.key}),
        )
        signer.sign(
            request, key_id=self.key_id, created=created or datetime.now(UTC), tag=tag, body=body,
            nonce=secrets.token_urlsafe(24) if nonce is None else nonce, covered_component_ids=covered,
        )  # fmt: skip
        return request.headers


def environ(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as Django's test client takes them."""
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
