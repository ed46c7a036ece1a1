"""The key with which this installation signs its checkpoints, and the name it signs under."""

from __future__ import annotations

import hmac
import os
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def private_key() -> Ed25519PrivateKey:
    """The signing key: 32 bytes in a file that only the service's user can read, made at its first use."""
    if not file().exists():
        put(Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(file().read_bytes())


def put(key: bytes) -> None:
    """Put a signing key in its place; raises ``FileExistsError`` where one is, because notes signed by it are kept."""
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(key)


def file() -> Path:
    """Where the signing key is kept."""
    return Path(os.environ.get("AMPARO_LEDGER_KEY_FILE") or Path(settings.DATA) / "keys" / "ledger.ed25519")


def stamps() -> Callable[[str], bytes]:
    """What stamps an entry's digest: HMAC-SHA-256 under a key drawn from the signing key (HKDF, RFC 5869).

    Whoever owns the database alone can write an entry at the end that no checkpoint has seen yet, but not stamp it.
    """
    drawn = HKDF(hashes.SHA256(), length=32, salt=None, info=b"amparo ledger stamp")
    key = drawn.derive(private_key().private_bytes_raw())
    return lambda digest: hmac.digest(key, bytes.fromhex(digest), "sha256")


def public_key() -> str:
    """The public half in base 64: what partners keep to check notes and proofs with."""
    return told(private_key().public_key())


def told(key: Ed25519PublicKey) -> str:
    """A public key in base 64."""
    return b64encode(key.public_bytes_raw()).decode("ascii")


def origin() -> str:
    """The ledger's name on its notes, ``AMPARO_LEDGER_NAME``, by which witnesses tell ledgers apart."""
    return os.environ.get("AMPARO_LEDGER_NAME") or "amparo/ledger"
