"""Who holds the root key: a file, the environment, or a hardware module or key service behind the same interface.

Nothing outside a provider ever sees a root key: it wraps and unwraps the keys below it, and a provider that stands in
front of a PKCS#11 token or a key service hands the work over. ``AMPARO_KEY_PROVIDER`` names the class of such a one.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.module_loading import import_string

from amparo.kernel.errors import Conflict, Invalid
from amparo.vault import cipher
from amparo.vault.models import InstitutionKey, ServiceKey


class KeysUnavailable(Conflict):
    """The key service does not answer. Nothing was shown and nothing lost; it can be asked again."""

    def __init__(self) -> None:
        super().__init__("vault.keys_unavailable")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key under a root key: the root's name, which is no secret, and the sealed bytes."""

    root: str
    blob: bytes


class KeyProvider(Protocol):
    """Wraps and unwraps 32-byte keys under a root key that it keeps to itself.

    Every method raises :class:`KeysUnavailable` where the root key cannot be reached. ``place`` is bound in: a wrapped
    key that is moved to another place does not unwrap.
    """

    def newest(self) -> str:
        """The name of the root key that :meth:`wrap` uses."""
        ...

    def holds(self, root: str) -> bool:
        """Whether keys under this root can be unwrapped here."""
        ...

    def wrap(self, key: bytes, place: bytes) -> Wrapped:
        """A key under the newest root."""
        ...

    def unwrap(self, wrapped: Wrapped, place: bytes) -> bytes:
        """The key again; raises :class:`~amparo.vault.cipher.Unreadable` where it was altered or moved."""
        ...

    def first(self, purpose: str) -> bytes:
        """What the first key for a purpose shall be; later ones are random."""
        ...


class LocalKeys:
    """Root keys in this process's memory, the newest last. Older ones only unwrap, until nothing needs them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {root_name(key): key for key in keys}
        self._first = keys[0]

    def newest(self) -> str:
        """The name of the last key."""
        return next(reversed(self._keys))

    def holds(self, root: str) -> bool:
        """Keys that were wrapped before roots had names are under one of these, too."""
        return not root or root in self._keys

    def wrap(self, key: bytes, place: bytes) -> Wrapped:
        """Seal the key under the newest root."""
        root = self.newest()
        return Wrapped(root, cipher.seal(key, self._keys[root], place))

    def unwrap(self, wrapped: Wrapped, place: bytes) -> bytes:
        """Open it under the root that it names, or under whichever fits where it names none."""
        candidates = [self._keys[wrapped.root]] if wrapped.root else list(self._keys.values())
        for key in candidates[:-1]:
            try:
                return cipher.unseal(wrapped.blob, key, place)
            except cipher.Unreadable:
                continue
        return cipher.unseal(wrapped.blob, candidates[-1], place)

    def only(self) -> bytes:
        """The key itself, to be kept elsewhere; raises ``Invalid`` while there is more than one."""
        if len(self._keys) != 1:
            raise Invalid("vault.several_roots")
        return self._first

    def first(self, purpose: str) -> bytes:
        """Derived from the oldest root (HKDF, RFC 5869), as installations did before such keys were kept."""
        return HKDF(algorithm=SHA256(), length=cipher.KEY_BYTES, salt=None, info=purpose.encode()).derive(self._first)


class FileKeys(LocalKeys):
    """Root keys from a file, one to a line in base 64, the newest last; the file is read anew each time it is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(read_keys(path))

    def add(self, key: bytes) -> None:
        """Put another root key at the end; from now on it wraps, and the others still unwrap."""
        if root_name(key) not in self._keys:
            _write_whole(self.path, [*self._keys.values(), key])

    def keep(self, roots: Collection[str]) -> list[str]:
        """Destroy the root keys that are not among these, never the newest; returns the names of those destroyed."""
        kept = {name: key for name, key in self._keys.items() if name in roots or name == self.newest()}
        if len(kept) < len(self._keys):
            _write_whole(self.path, list(kept.values()))
        return [name for name in self._keys if name not in kept]


def provider(purpose: str = "") -> KeyProvider:
    """The provider that wraps keys of this purpose; the blind tokens' may be another one, kept elsewhere."""
    return providers(purpose)[0]


def providers(purpose: str = "") -> list[KeyProvider]:
    """All providers that a key of this purpose may be under, the one that wraps first."""
    apart = os.environ.get("AMPARO_BLIND_KEY_FILE")
    own: list[KeyProvider] = [FileKeys(Path(apart))] if apart and purpose == BLIND else []
    return [*own, _main()]


BLIND = "amparo blind tokens"
"""The purpose of the blind tokens' key."""


def _main() -> KeyProvider:
    named = os.environ.get("AMPARO_KEY_PROVIDER", "")
    if named not in ("", "file", "environment"):
        return _named(named)
    path, value = os.environ.get("AMPARO_ROOT_KEY_FILE"), os.environ.get("AMPARO_ROOT_KEY", "")
    if path:
        return FileKeys(Path(path))
    if value or named == "environment":
        return LocalKeys(decoded(value))
    return FileKeys(_in_data())


def _in_data() -> Path:
    """The root key's own place, made at the first use; raises ``Invalid`` where it is gone and keys are still under it.

    A new root key would open none of them, and what is sealed from then on would need two.
    """
    path = Path(settings.DATA) / "keys" / "root.key"
    if not path.exists() and (InstitutionKey.objects.exists() or ServiceKey.objects.exists()):
        raise Invalid("vault.root_key_gone")
    return _made(path)


@cache
def _named(dotted: str) -> KeyProvider:
    """The installation's own provider: one object per process, so that it can keep its session open."""
    try:
        return cast(KeyProvider, import_string(dotted)())
    except ImportError as error:
        raise Invalid("vault.no_such_provider", name=dotted) from error


def read_keys(path: Path) -> list[bytes]:
    """The keys in a file; raises ``Invalid`` where it cannot be read or holds something else."""
    try:
        return decoded(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("vault.no_root_key_file") from error


def decoded(text: str) -> list[bytes]:
    """Keys in base 64 with white space between them; raises ``Invalid`` for anything else."""
    try:
        keys = [b64decode(word, validate=True) for word in text.split()]
    except ValueError as error:
        raise Invalid("vault.bad_root_key") from error
    if not keys or any(len(key) != cipher.KEY_BYTES for key in keys):
        raise Invalid("vault.bad_root_key")
    return keys


def root_name(key: bytes) -> str:
    """Sixteen hexadecimal digits that name a root key and tell nothing of it."""
    return hashlib.sha256(b"amparo root key|" + key).hexdigest()[:16]


def put_new(path: Path, key: bytes) -> None:
    """Write a root key into a new file that only its owner reads; raises ``Invalid`` where there is one already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = _written(path, [key])
    except OSError as error:
        raise Invalid("vault.root_key_file_not_written") from error
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise Invalid("vault.root_key_file_exists") from error
    finally:
        unfinished.unlink()


def new_key_file(path: Path) -> bytes:
    """The only key in a file, made there at random first where there is no such file."""
    keys = read_keys(_made(path))
    if len(keys) != 1:
        raise Invalid("vault.bad_root_key")
    return keys[0]


def _made(path: Path) -> Path:
    """The file, made with a random key where it is not there; of two processes that make it the first one wins."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = _written(path, [os.urandom(cipher.KEY_BYTES)])
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
    return path


def _write_whole(path: Path, keys: Sequence[bytes]) -> None:
    """Put keys in the place of those in the file: a reader finds the old file or the new one, never half of one."""
    try:
        os.replace(_written(path, keys), path)
    except OSError as error:
        raise Invalid("vault.root_key_file_not_written") from error


def _written(path: Path, keys: Sequence[bytes]) -> Path:
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"".join(b64encode(key) + b"\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return unfinished
