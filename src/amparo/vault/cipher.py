"""Sealing and opening: AES-256-GCM with the place of every value bound in. Published constructions only.

A sealed value is ``version byte | nonce (12 bytes) | ciphertext and tag``. Its associated data name the room, the
owner, the compartment and the version, so a value that is moved to another row or column does not open.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from amparo.kernel.errors import Conflict

KEY_BYTES = 32
_FORMAT = b"\x01"
_NONCE_BYTES = 12
TOKEN_BYTES = 12


class Unreadable(Conflict):
    """A sealed value does not open: wrong key, altered, or moved from where it was sealed."""


def seal(plain: bytes, key: bytes, place: bytes) -> bytes:
    """Seal bytes under a 32-byte key, bound to the place they are kept at."""
    return sealing(key)(plain, place)


def sealing(key: bytes) -> Callable[[bytes, bytes], bytes]:
    """:func:`seal` under one key, for many values: what AES makes of the key is made once."""
    encrypt = AESGCM(key).encrypt

    def sealed(plain: bytes, place: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + encrypt(nonce, plain, _FORMAT + place)

    return sealed


def unseal(blob: bytes, key: bytes, place: bytes) -> bytes:
    """Open what :func:`seal` made; raises :class:`Unreadable` when key, content or place are not the same."""
    if blob[:1] != _FORMAT:
        raise Unreadable("vault.unknown_format")
    try:
        return AESGCM(key).decrypt(blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :], _FORMAT + place)
    except InvalidTag as error:
        raise Unreadable("vault.unreadable") from error


def place_of(owner: UUID, compartment: str, version: int) -> bytes:
    """The associated data of a sealed document."""
    return b"sealed|" + owner.bytes + f"|{compartment}|{version}".encode("ascii")


def place_of_data_key(owner: UUID, compartment: str) -> bytes:
    """The associated data of a wrapped data key."""
    return b"data key|" + owner.bytes + b"|" + compartment.encode("ascii")


def blind(value: str, key: bytes) -> bytes:
    """HMAC-SHA-256 of a value, cut to 12 bytes: the same value always gives the same token, and no token gives a value.

    96 bits leave the chance of any two of a million different values sharing a token below 1 in 10**16.
    """
    return keyed_hash(key)(value)[:TOKEN_BYTES]


def keyed_hash(key: bytes) -> Callable[[str], bytes]:
    """HMAC-SHA-256 under one key, for many values: what it makes of the key is made once (RFC 2104, section 4)."""
    begun = HMAC(key, SHA256())

    def hashed(value: str) -> bytes:
        one = begun.copy()
        one.update(value.encode("utf-8"))
        return one.finalize()

    return hashed


def tokens_in(packed: bytes | memoryview) -> list[bytes]:
    """The tokens that stand in a text of bytes one behind the other."""
    return [bytes(packed[start : start + TOKEN_BYTES]) for start in range(0, len(packed), TOKEN_BYTES)]
