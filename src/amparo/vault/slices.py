"""One slice of a rotation: so many rows, in a transaction of their own, moved from an old key to the newest one.

Rows that somebody else is writing are passed over, so that a rotation never waits while it holds anything; a row that
does not open is left exactly as it is.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import models, transaction

from amparo.ledger import rows
from amparo.vault import actions, apart, cipher, files, guard, keys, queries
from amparo.vault.models import OwnerTokens, SealedFile, SealedKey, SealedRow

SIZE = 500


@dataclass(frozen=True, slots=True)
class Slice:
    """The key of the last row that was looked at (``None``: there was none), rows moved, and rows that do not open."""

    last: Any
    done: int
    unreadable: int


TokensOf = Callable[[Collection[UUID]], Mapping[UUID, Collection[str]]]
Move = Callable[[models.QuerySet[models.Model]], Slice]


def data_keys(tables: apart.Tables, renew: bool) -> Move:
    """Moves data keys: wrapped again, or, with ``renew``, made anew with everything that is under them."""

    def move(waiting: models.QuerySet[models.Model]) -> Slice:
        with transaction.atomic(using="vault"), tables.entered():
            held = cast("list[SealedKey]", _held(waiting))
            opened = _opened(held)
            changed = _resealed(tables, opened) if renew else opened
            current = _current(row.institution for row, _ in changed)
            told = []
            for row, key in changed:
                version, wrapping = current[row.institution]
                blob = cipher.seal(key, wrapping, cipher.place_of_data_key(row.owner, row.compartment))
                told.append((blob, version, row.pk))
            rows.update_many(tables.keys, ("wrapped", "key_version", "id"), told)
        return Slice(_last(held), len(opened), len(held) - len(opened))

    return move


def _opened(held: Sequence[SealedKey]) -> list[tuple[SealedKey, bytes]]:
    """Data keys that open, with the key."""
    wrapping = keys.of({(row.institution, row.key_version) for row in held})
    found = []
    for row in held:
        above = wrapping.get((row.institution, row.key_version))
        try:
            found.append((row, queries.unwrapped(row.owner, row.compartment, bytes(row.wrapped), above)))
        except cipher.Unreadable:
            continue
    return found


def _resealed(tables: apart.Tables, opened: Sequence[tuple[SealedKey, bytes]]) -> list[tuple[SealedKey, bytes]]:
    """New data keys, with all documents sealed under them; where a document does not open, the key stays as it is."""
    documents: dict[tuple[UUID, str], list[SealedRow]] = defaultdict(list)
    for document in tables.documents._default_manager.filter(owner__in={row.owner for row, _ in opened}):
        documents[document.owner, document.compartment].append(document)
    result, told = [], []
    for row, key in opened:
        new = os.urandom(cipher.KEY_BYTES)
        try:
            told += [_under(new, key, document) for document in documents[row.owner, row.compartment]]
        except cipher.Unreadable:
            new = key
        result.append((row, new))
    rows.update_many(tables.documents, ("blob", "id"), told)
    return result


def _under(new: bytes, old: bytes, document: SealedRow) -> tuple[bytes, int]:
    place = cipher.place_of(document.owner, document.compartment, document.version)
    return cipher.seal(cipher.unseal(bytes(document.blob), old, place), new, place), document.pk


def file_keys(waiting: models.QuerySet[models.Model]) -> Slice:
    """Moves the keys of files; the files themselves stay as they are."""
    with transaction.atomic(using="vault"):
        held = cast("list[SealedFile]", _held(waiting))
        current = _current(row.institution for row in held)
        told, unreadable = [], 0
        for row in held:
            version, wrapping = current[row.institution]
            try:
                told.append((cipher.seal(files.key_of(row), wrapping, files.key_place(row.pk)), version, row.pk))
            except cipher.Unreadable:
                unreadable += 1
        rows.update_many(SealedFile, ("wrapped", "key_version", "id"), told)
    return Slice(_last(held), len(told), unreadable)


def tokens(tokens_of: TokensOf) -> Move:
    """Moves owners' blind tokens, which are worked out anew from what is sealed; ``tokens_of`` knows how."""

    def move(waiting: models.QuerySet[models.Model]) -> Slice:
        with transaction.atomic(using="vault"):
            held = cast("list[OwnerTokens]", _held(waiting))
            told = _told(tokens_of, [row.owner for row in held])
            version, key = list(keys.blind_keys().items())[-1]
            blinded = actions.blinded_by(key, told)
            actions.delete_tokens((row.owner, bytes(row.packed)) for row in held if row.owner in told)
            actions.insert_tokens(blinded)
            packed = [(b"".join(own), version, owner) for owner, own in blinded.items()]
            rows.update_many(OwnerTokens, ("packed", "key_version", "owner"), packed)
        return Slice(_last(held), len(told), len(held) - len(told))

    return move


def _told(tokens_of: TokensOf, owners: Sequence[UUID]) -> dict[UUID, Collection[str]]:
    """The tokens of owners; who has nothing sealed has none, and whose document does not open is left out."""
    try:
        return dict.fromkeys(owners, ()) | dict(tokens_of(owners))
    except cipher.Unreadable:
        if len(owners) == 1:
            return {}
        half = len(owners) // 2
        return _told(tokens_of, owners[:half]) | _told(tokens_of, owners[half:])


def _held(waiting: models.QuerySet[models.Model]) -> list[models.Model]:
    """So many rows of those that wait, without those that somebody else is writing."""
    guard.use_keys()
    return list(waiting.order_by("pk").select_for_update(skip_locked=True)[:SIZE])


def _last(held: Sequence[models.Model]) -> Any:
    return held[-1].pk if held else None


def _current(institutions: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    return {institution: keys.current(institution) for institution in set(institutions)}
