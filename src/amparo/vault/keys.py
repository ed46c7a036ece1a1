"""Where keys come from: a provider holds the root key, the root key wraps institutions' keys, those wrap data keys."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction

from amparo.kernel.errors import Invalid
from amparo.vault import cipher
from amparo.vault.models import InstitutionKey

_cache: dict[tuple[str, str, int], bytes] = {}


class KeyProvider(Protocol):
    """Gives the root key of the installation: 32 bytes. A hardware module or key service can stand behind it."""

    def root(self) -> bytes:
        """The root key."""
        ...


class EnvironmentKey:
    """The root key from ``AMPARO_ROOT_KEY``, or from the file that ``AMPARO_ROOT_KEY_FILE`` names, in base 64."""

    def __init__(self, value: str) -> None:
        self._value = value

    def root(self) -> bytes:
        """Decode and check the length."""
        try:
            key = b64decode(self._value, validate=True)
        except ValueError as error:
            raise Invalid("vault.bad_root_key") from error
        if len(key) != cipher.KEY_BYTES:
            raise Invalid("vault.bad_root_key")
        return key


class FileKey:
    """The root key from a file with mode 0600 in the data folder, made at the first use: for demos and tests."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def root(self) -> bytes:
        """Read the key, making it first where there is none."""
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(b64encode(os.urandom(cipher.KEY_BYTES)))
                file.flush()
                os.fsync(file.fileno())
        return EnvironmentKey(self._path.read_text(encoding="ascii").strip()).root()


def provider() -> KeyProvider:
    """The provider that this installation is set to use."""
    path = os.environ.get("AMPARO_ROOT_KEY_FILE")
    value = Path(path).read_text(encoding="ascii").strip() if path else os.environ.get("AMPARO_ROOT_KEY", "")
    return EnvironmentKey(value) if value else FileKey(Path(settings.DATA) / "keys" / "root.key")


def blind_key() -> bytes:
    """The key of the blind tokens, derived from the root key and used for nothing else (HKDF, RFC 5869)."""
    return _derived(b"amparo blind tokens")


def row_key() -> bytes:
    """The key with which contents and own numbers are hashed, so that a hash in the main database says nothing."""
    return _derived(b"amparo row digests")


def factor_key() -> bytes:
    """The key that seals the secrets of users' second factors."""
    return _derived(b"amparo second factors")


def _derived(info: bytes) -> bytes:
    root = _root()
    found = _cache.get((root.hex(), info.decode("ascii"), 0))
    if found is None:
        found = HKDF(algorithm=SHA256(), length=cipher.KEY_BYTES, salt=None, info=info).derive(root)
        _cache[(root.hex(), info.decode("ascii"), 0)] = found
    return found


def _root() -> bytes:
    return provider().root()


def current(institution: str) -> tuple[int, bytes]:
    """The newest key of an institution with its version, making the first one where there is none."""
    version = (
        InstitutionKey.objects.filter(institution=institution).order_by("-version").values_list("version", flat=True)
    ).first()
    if version is None:
        version = _make(institution)
    return version, by_version(institution, version)


def by_version(institution: str, version: int) -> bytes:
    """An institution's key of that version, 32 bytes."""
    root = _root()
    key = _cache.get((root.hex(), institution, version))
    if key is None:
        row = InstitutionKey.objects.get(institution=institution, version=version)
        key = cipher.unseal(bytes(row.wrapped), root, _place(institution, version))
        _cache[(root.hex(), institution, version)] = key
    return key


def _make(institution: str) -> int:
    """Make the first key; where another process was faster, its key is the one that counts."""
    wrapped = cipher.seal(os.urandom(cipher.KEY_BYTES), _root(), _place(institution, 1))
    try:
        with transaction.atomic(using="vault"):
            InstitutionKey.objects.create(institution=institution, version=1, wrapped=wrapped)
    except IntegrityError:
        pass
    return 1


def _place(institution: str, version: int) -> bytes:
    return f"institution key|{institution}|{version}".encode()
