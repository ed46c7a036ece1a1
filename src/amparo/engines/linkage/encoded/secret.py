"""The secret that institutions share, and the keys that are derived from it.

The secret is 32 random bytes, written as one line of text. Nobody may choose it: names are few, and whoever guesses a
chosen secret reads every name by trying them all.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

_BEGINNING = "amparo-secret-1:"
BYTES = 32
# 32 random bytes have fewer different values than this once in far more than 10**15 draws.
_FEWEST_VALUES = 16


class WeakSecret(ValueError):
    """The text is not a secret that Amparo made, or not a random one. The message never holds any of it."""


def written(random_bytes: bytes) -> str:
    """The secret made of so many random bytes as the line that its file holds."""
    if len(random_bytes) != BYTES:
        raise WeakSecret("length")
    return f"{_BEGINNING}{random_bytes.hex()}\n"


def read(text: str) -> bytes:
    """The bytes of a secret. :class:`WeakSecret` where the text is no line of :func:`written`, or not random."""
    line = text.strip()
    if not line.startswith(_BEGINNING):
        raise WeakSecret("format")
    try:
        secret = bytes.fromhex(line.removeprefix(_BEGINNING))
    except ValueError:
        raise WeakSecret("format") from None
    if len(secret) != BYTES:
        raise WeakSecret("length")
    if len(set(secret)) < _FEWEST_VALUES:
        raise WeakSecret("pattern")
    return secret


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The keys of one secret under one set of parameters: one of its own for each purpose.

    Other parameters give other keys, so that encodings made under two sets share nothing that could be put together.
    """

    secret: bytes
    parameters: str

    def of(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HMAC-SHA-256 as a key derivation function, NIST SP 800-108)."""
        return hmac.digest(self.secret, f"amparo encode|{self.parameters}|{purpose}".encode(), "sha256")

    @property
    def name(self) -> str:
        """What tells this key from others without giving it away."""
        return self.of("name of the key")[:8].hex()
