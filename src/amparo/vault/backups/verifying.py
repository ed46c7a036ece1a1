"""Verifying a backup before anything of an installation is touched: this needs no settings and no databases."""

from __future__ import annotations

import hashlib
from io import BufferedReader
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from amparo.kernel.errors import Conflict, Invalid
from amparo.ledger import signing
from amparo.vault.backups import manifest, parts
from amparo.vault.backups.manifest import Manifest
from amparo.vault.backups.stream import opened

KEYS = "keys"
"""The one folder that may be in the place of a restore before it: whoever has the root key puts it there."""


def verify(file: BufferedReader, key: X25519PrivateKey) -> Manifest:
    """Read a backup to its end without writing anything; raises ``Invalid`` where anything in it is not as written."""
    file.seek(0)
    told = None
    for name, pieces in parts.read(opened(file, key)):
        if name == parts.MANIFEST:
            told = manifest.from_bytes(b"".join(pieces))
        elif name == parts.LEDGER_KEY:
            _signing_key(b"".join(pieces), told)
    if told is None:
        raise Invalid("backup.damaged")
    return told


def digest(file: BufferedReader) -> str:
    """The SHA-256 of the file, by which the ledger knows the backups that were written here."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_unless_empty(place: Path) -> None:
    """Raise ``Conflict`` where a folder holds anything but keys."""
    if place.exists() and any(found.name != KEYS for found in place.iterdir()):
        raise Conflict("backup.not_empty")


def _signing_key(key: bytes, told: Manifest | None) -> None:
    """Raise ``Invalid`` unless this is the key whose public half the manifest has."""
    try:
        public = signing.told(Ed25519PrivateKey.from_private_bytes(key).public_key())
    except ValueError as error:
        raise Invalid("backup.damaged") from error
    if told is None or public != told.ledger_key:
        raise Invalid("backup.damaged")
