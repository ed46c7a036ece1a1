"""Signed notes of the ledger's head: checkpoints in the text form that witnesses of transparency logs exchange.

A note says the ledger's name, its size and its root, then when it was made, and bears an Ed25519 signature (the forms
"tlog-checkpoint" and "signed-note" of the C2SP). Whoever holds one can later show that the ledger was bent. Pure.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_DASH = "\N{EM DASH} "
_ED25519 = b"\x01"
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger's name, how many entries it had at a moment, and the root over them."""

    origin: str
    size: int
    root: bytes
    at: str

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode('ascii')}\nat {self.at}\n"


class Unsigned(ValueError):
    """A note that cannot be read, or whose signature is not good."""


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The note with its signature."""
    signature = _key_id(checkpoint.origin, key.public_key()) + key.sign(checkpoint.text.encode("utf-8"))
    return f"{checkpoint.text}\n{_DASH}{checkpoint.origin} {b64encode(signature).decode('ascii')}\n"


def read(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint of a note; raises :class:`Unsigned` unless this key has signed it."""
    text, _, signatures = note.partition("\n\n")
    checkpoint = parse(text)
    for line in signatures.splitlines():
        signature = _signature(line, checkpoint.origin, key)
        if signature is not None and _is_good(signature, checkpoint, key):
            return checkpoint
    raise Unsigned(note[:80])


def parse(text: str) -> Checkpoint:
    """What a note says, whoever signed it; raises :class:`Unsigned` where it is no note."""
    lines = text.splitlines()
    try:
        origin, size, root, at = lines[:4]
        found = Checkpoint(origin, int(size), b64decode(root, validate=True), at.removeprefix("at "))
    except ValueError as error:
        raise Unsigned(text[:80]) from error
    if found.size < 0 or len(found.root) != _ROOT_BYTES:
        raise Unsigned(text[:80])
    return found


def _signature(line: str, origin: str, key: Ed25519PublicKey) -> bytes | None:
    name, _, encoded = line.removeprefix(_DASH).rpartition(" ")
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError:
        return None
    return raw[4:] if name == origin and raw[:4] == _key_id(origin, key) else None


def _is_good(signature: bytes, checkpoint: Checkpoint, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, checkpoint.text.encode("utf-8"))
    except InvalidSignature:
        return False
    return True


def _key_id(origin: str, key: Ed25519PublicKey) -> bytes:
    """Four bytes that name a key; they only choose which key to try."""
    return hashlib.sha256(origin.encode("utf-8") + b"\n" + _ED25519 + key.public_bytes_raw()).digest()[:4]
