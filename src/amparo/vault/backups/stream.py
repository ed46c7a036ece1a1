"""A stream of bytes sealed to a public key: whoever writes it cannot open it again.

``AMPAROBK | version (1) | name of the recipient's key (8) | ephemeral X25519 public key (32)``, then chunks of one
megabyte, each with its tag of 16 bytes; only the last may be shorter. The key of the file is HKDF-SHA-256 (RFC 5869) of
the X25519 secret (RFC 7748) with both public keys as salt; each chunk is sealed by AES-256-GCM under its number and
whether it is the last, as nonce, with the header bound in. So a chunk that is altered, moved, left out, cut off or
taken from another file does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.kernel.errors import Invalid

CHUNK = 1024 * 1024
_TAG = 16
_MAGIC = b"AMPAROBK"
_VERSION = b"\x01"
_NAME = 8
_HEADER = len(_MAGIC) + len(_VERSION) + _NAME + 32


class Out(Protocol):
    """Where sealed bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""
        ...


class Sealer:
    """Takes plain bytes and writes them sealed. Without :meth:`close` the file has no last chunk and never opens."""

    def __init__(self, out: Out, recipient: X25519PublicKey, chunk: int = CHUNK) -> None:
        ephemeral = X25519PrivateKey.generate()
        public = ephemeral.public_key().public_bytes_raw()
        self._header = _MAGIC + _VERSION + key_name(recipient) + public
        self._cipher = AESGCM(_file_key(ephemeral.exchange(recipient), public, recipient.public_bytes_raw()))
        self._out, self._chunk, self._number, self._waiting = out, chunk, 0, bytearray()
        out.write(self._header)

    def write(self, data: bytes) -> None:
        """Seal what fills a chunk; the rest waits, because only the end tells which chunk is the last."""
        self._waiting += data
        while len(self._waiting) > self._chunk:
            self._seal(bytes(self._waiting[: self._chunk]), last=False)
            del self._waiting[: self._chunk]

    def close(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header))
        self._number += 1


def opened(file: BinaryIO, private: X25519PrivateKey, chunk: int = CHUNK) -> Iterator[bytes]:
    """The plain chunks in order, each only after its tag held; the file is whole once the iterator has ended.

    Raises ``Invalid``: what is no backup, is of another version or key, or was altered or cut.
    """
    header = file.read(_HEADER)
    cipher = AESGCM(_key_of(header, private))
    sealed, number = file.read(chunk + _TAG), 0
    while True:
        following = file.read(chunk + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, header)
        except (InvalidTag, ValueError) as error:
            raise Invalid("backup.damaged") from error
        if not following:
            return
        sealed, number = following, number + 1


def key_name(public: X25519PublicKey) -> bytes:
    """Eight bytes that name a key and say nothing of it."""
    return hashlib.sha256(b"amparo backup key|" + public.public_bytes_raw()).digest()[:_NAME]


def _key_of(header: bytes, private: X25519PrivateKey) -> bytes:
    recipient, start = private.public_key(), len(_MAGIC)
    if header[:start] != _MAGIC:
        raise Invalid("backup.not_a_backup")
    if header[start : start + 1] != _VERSION:
        raise Invalid("backup.unknown_version")
    if len(header) < _HEADER:
        raise Invalid("backup.damaged")
    if header[start + 1 : start + 1 + _NAME] != key_name(recipient):
        raise Invalid("backup.another_key")
    public = header[-32:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        # A public key of small order, which no honest writer draws.
        raise Invalid("backup.damaged") from error
    return _file_key(shared, public, recipient.public_bytes_raw())


def _file_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    drawn = HKDF(SHA256(), length=32, salt=ephemeral + recipient, info=b"amparo backup file key 1")
    return drawn.derive(shared)


def _nonce(number: int, *, last: bool) -> bytes:
    """Unique under the file's key, which is never used for another file."""
    return number.to_bytes(11, "big") + bytes([last])
