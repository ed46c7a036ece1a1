"""The pair of keys of backups: the public half stays where backups are written, the private half is carried away."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from amparo.kernel.errors import Conflict, Invalid

PUBLIC, PRIVATE = "amparo-backup.public", "amparo-backup.private"
_WORDS = {PUBLIC: "amparo-backup-public-1", PRIVATE: "amparo-backup-private-1"}
_LONGEST = 1024


def make(folder: Path) -> tuple[Path, Path]:
    """Make a pair in a folder, which is made where it is not there; returns the public and the private file.

    Raises ``Conflict`` where either is there already: the backups of a key that is overwritten never open again.
    """
    private = X25519PrivateKey.generate()
    files = folder / PUBLIC, folder / PRIVATE
    if any(file.exists() for file in files):
        raise Conflict("backup.key_exists")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(files[1], private.private_bytes_raw(), 0o600)
        _write(files[0], private.public_key().public_bytes_raw(), 0o644)
    except OSError as error:
        raise Invalid("backup.key_not_written") from error
    return files


def public(path: Path) -> X25519PublicKey:
    """The public key in a file; raises ``Invalid`` where there is none."""
    return X25519PublicKey.from_public_bytes(_read(path, PUBLIC))


def private(path: Path) -> X25519PrivateKey:
    """The private key in a file; raises ``Invalid`` where there is none."""
    return X25519PrivateKey.from_private_bytes(_read(path, PRIVATE))


def _write(path: Path, key: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{_WORDS[path.name]} {b64encode(key).decode('ascii')}\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, kind: str) -> bytes:
    try:
        with path.open("rb") as file:
            words = file.read(_LONGEST).decode("ascii", "replace").split()
        key = b64decode(words[1], validate=True) if len(words) == 2 and words[0] == _WORDS[kind] else b""
    except OSError as error:
        raise Invalid("backup.no_key_file") from error
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Invalid("backup.bad_public_key" if kind == PUBLIC else "backup.bad_private_key")
    return key
