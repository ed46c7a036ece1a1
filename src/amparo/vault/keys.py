"""The keys below the root: one per institution and version, which wrap data keys, and one per purpose of the service.

They lie in the vault wrapped by the provider. Opened keys stay in memory, known by their wrapped bytes: a key whose row
was rolled back is never taken for the one that came in its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from amparo.kernel.errors import Invalid
from amparo.vault import cipher, guard, providers
from amparo.vault.models import InstitutionKey, ServiceKey
from amparo.vault.providers import BLIND, KeyProvider, Wrapped

_ROWS = "amparo row digests"
_FACTORS = "amparo second factors"
PURPOSES = (BLIND, _ROWS, _FACTORS)

_Row = TypeVar("_Row", InstitutionKey, ServiceKey)
_opened: dict[tuple[bytes, bytes], bytes] = {}


def blind_keys() -> dict[int, bytes]:
    """The keys of the blind tokens that are in use, by version, the newest last."""
    return _of_purpose(BLIND)


def row_keys() -> dict[int, bytes]:
    """The keys with which contents and own numbers are hashed one after the other, by version, the oldest first.

    A hash in the main database says nothing without all of them.
    """
    return _of_purpose(_ROWS)


def factor_key() -> bytes:
    """The key that seals the secrets of users' second factors."""
    return next(reversed(_of_purpose(_FACTORS).values()))


def current(institution: str) -> tuple[int, bytes]:
    """The newest key of an institution with its version, making the first one where there is none."""
    row = _newest(institution) or _add(lambda: _made(institution, 1)) or InstitutionKey.objects.get(
        institution=institution, version=1
    )  # fmt: skip
    return row.version, _open(row)


def of(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], bytes]:
    """Institutions' keys by institution and version; those that were destroyed are left out."""
    rows = InstitutionKey.objects.filter(institution__in={institution for institution, _ in wanted})
    return {(row.institution, row.version): _open(row) for row in rows if (row.institution, row.version) in set(wanted)}


def renew(institution: str) -> int:
    """Make the next version of an institution's key; everything that is sealed from now on is under it."""
    version, _ = current(institution)
    _add(lambda: _made(institution, version + 1))
    return version + 1


def renew_blind() -> int:
    """Make the next version of the blind tokens' key; owners are looked up by all versions until the old one goes."""
    version = max(blind_keys())
    _add(lambda: _made_for(BLIND, version + 1, os.urandom(cipher.KEY_BYTES)))
    return version + 1


def renew_rows() -> int:
    """Make the next version of the key of row digests; the older ones stay, because it hashes what they made."""
    version = max(row_keys())
    _add(lambda: _made_for(_ROWS, version + 1, os.urandom(cipher.KEY_BYTES)))
    return version + 1


def rewrap() -> int:
    """Put every key under the newest root of its provider; returns how many were under another one."""
    for purpose in PURPOSES:
        _of_purpose(purpose)
    with transaction.atomic(using="vault"):
        rows = [row for row in every() if row.root != _provider_of(row).newest()]
        for row in rows:
            wrapped = _provider_of(row).wrap(_open(row), _place(row))
            row.root, row.wrapped = wrapped.root, wrapped.blob
            row.save(update_fields=["root", "wrapped"])
    return len(rows)


def roots() -> set[str]:
    """The names of the root keys that something is still under; an empty name stands for one from before names."""
    return {row.root for row in every()}


def name(row: InstitutionKey | ServiceKey) -> str:
    """How the ledger and certificates call a key: what it is for, and its version."""
    return f"{row.institution if isinstance(row, InstitutionKey) else row.purpose.replace(' ', '-')}:{row.version}"


def name_of_blind(version: int) -> str:
    """How a version of the blind tokens' key is called."""
    return f"{BLIND.replace(' ', '-')}:{version}"


def every() -> list[InstitutionKey | ServiceKey]:
    """All wrapped keys."""
    return [*InstitutionKey.objects.order_by("id"), *ServiceKey.objects.order_by("id")]


def refuse_lost() -> None:
    """Raise ``Invalid`` where a key does not open with the root keys at hand: they are gone, or another vault's."""
    try:
        for row in every():
            _open(row)
    except cipher.Unreadable as error:
        raise Invalid("vault.root_key_gone") from error


def _newest(institution: str) -> InstitutionKey | None:
    return InstitutionKey.objects.filter(institution=institution).order_by("-version").first()


def _of_purpose(purpose: str) -> dict[int, bytes]:
    """The keys of a purpose, by version, the newest last; the first one is made where there is none."""
    found = ServiceKey.objects.filter(purpose=purpose).order_by("version")
    rows = list(found)
    if not rows:
        _add(lambda: _made_for(purpose, 1, providers.provider(purpose).first(purpose)))
        rows = list(found.all())
    return {row.version: _open(row) for row in rows}


def _made(institution: str, version: int) -> InstitutionKey:
    row = InstitutionKey(institution=institution, version=version)
    return _filled(row, os.urandom(cipher.KEY_BYTES))


def _made_for(purpose: str, version: int, key: bytes) -> ServiceKey:
    return _filled(ServiceKey(purpose=purpose, version=version), key)


def _filled(row: _Row, key: bytes) -> _Row:
    wrapped = _provider_of(row).wrap(key, _place(row))
    row.root, row.wrapped = wrapped.root, wrapped.blob
    return row


def _add(make: Callable[[], _Row]) -> _Row | None:
    """Make a key and keep it; ``None`` where another process was faster: its key is the one that counts."""
    try:
        with transaction.atomic(using="vault"):
            guard.use_keys()
            row = make()
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _open(row: InstitutionKey | ServiceKey) -> bytes:
    place, blob = _place(row), bytes(row.wrapped)
    key = _opened.get((place, blob))
    if key is None:
        key = _opened[place, blob] = _holder(row).unwrap(Wrapped(row.root, blob), place)
    return key


def _holder(row: InstitutionKey | ServiceKey) -> KeyProvider:
    """The provider that can unwrap a key."""
    found = (each for each in providers.providers(_purpose(row)) if each.holds(row.root))
    holder = next(found, None)
    if holder is None:
        raise cipher.Unreadable("vault.unreadable")
    return holder


def _provider_of(row: models.Model) -> KeyProvider:
    return providers.provider(_purpose(row))


def _purpose(row: models.Model) -> str:
    return row.purpose if isinstance(row, ServiceKey) else ""


def _place(row: InstitutionKey | ServiceKey) -> bytes:
    if isinstance(row, InstitutionKey):
        return f"institution key|{row.institution}|{row.version}".encode()
    return f"service key|{row.purpose}|{row.version}".encode()
