"""Writing to the vault: sealing documents, blind tokens and files, revealing an identity, erasing.

Order of the two databases: a caller that writes to both opens its transaction on the main database first and the
vault's inside it, so that the vault commits first. Should the machine stop between the two, the vault holds documents
of an owner that does not exist, or a version that its record never got; never a record without its identity. Whoever
looks owners up by tokens therefore asks which of them exist, and the next version takes the place of the stray one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.ledger import actions as ledger
from amparo.ledger import outside, rows
from amparo.vault import apart, cipher, guard, keys, queries
from amparo.vault.models import Bait, BlindToken, OwnerTokens

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Document:
    """Something to seal: whose it is, in which compartment and version, under which institution's key."""

    owner: UUID
    compartment: str
    version: int
    institution: str
    plain: bytes


def seal_many(documents: Sequence[Document]) -> None:
    """Seal documents. The first version in a compartment makes its data key; later versions use the same one."""
    with transaction.atomic(using="vault"):
        guard.use_keys()
        later = [document for document in documents if document.version > 1]
        _drop_strays(later)
        existing = _existing_keys(later)
        wrapping = {institution: _Wrapping(institution) for institution in {d.institution for d in documents}}
        for tables in (apart.USUAL, apart.PLACES):
            if theirs := [each for each in documents if apart.of(each.compartment) is tables]:
                _seal_in(tables, theirs, existing, wrapping)


def _seal_in(
    tables: apart.Tables,
    documents: Sequence[Document],
    existing: Mapping[tuple[UUID, str], bytes],
    wrapping: Mapping[str, _Wrapping],
) -> None:
    new_keys: dict[tuple[UUID, str], bytes] = {}
    wrapped_rows: list[tuple[object, ...]] = []
    sealed_rows: list[tuple[object, ...]] = []
    for document in documents:
        name = (document.owner, document.compartment)
        key = existing.get(name) or new_keys.get(name)
        if key is None:
            key = new_keys[name] = os.urandom(cipher.KEY_BYTES)
            wrapped_rows.append(wrapping[document.institution].row(document, key))
        place = cipher.place_of(document.owner, document.compartment, document.version)
        blob = cipher.seal(document.plain, key, place)
        sealed_rows.append((document.owner, document.compartment, document.version, blob))
    with tables.entered():
        rows.insert_many(tables.keys, ("owner", "compartment", "institution", "key_version", "wrapped"), wrapped_rows)
        rows.insert_many(tables.documents, ("owner", "compartment", "version", "blob"), sealed_rows)


def _drop_strays(documents: Sequence[Document]) -> None:
    """Remove what a process that died before its record was written left under these versions, or after them."""
    owners: dict[tuple[str, int], list[UUID]] = {}
    for document in documents:
        owners.setdefault((document.compartment, document.version), []).append(document.owner)
    for (compartment, version), some in owners.items():
        for chunk in _chunks(some):
            tables = apart.of(compartment)
            strays = tables.documents._default_manager.filter(compartment=compartment, version__gte=version)
            with tables.entered():
                strays.filter(owner__in=chunk).delete()


def _existing_keys(documents: Sequence[Document]) -> dict[tuple[UUID, str], bytes]:
    owners: dict[str, set[UUID]] = {}
    for document in documents:
        owners.setdefault(document.compartment, set()).add(document.owner)
    found: dict[tuple[UUID, str], bytes] = {}
    for compartment, some in owners.items():
        found |= queries.data_keys(some, compartment, held=True)
    return found


class _Wrapping:
    """Seals data keys under the key of their institution that is in force."""

    def __init__(self, institution: str) -> None:
        self._version, key = keys.current(institution)
        self._seal = cipher.sealing(key)

    def row(self, document: Document, key: bytes) -> tuple[object, ...]:
        """The row of a document's data key."""
        blob = self._seal(key, cipher.place_of_data_key(document.owner, document.compartment))
        return document.owner, document.compartment, document.institution, self._version, blob


def put_tokens(tokens: Mapping[UUID, Collection[str]], *, replacing: Collection[UUID] = ()) -> None:
    """Write the blind tokens of owners; those in ``replacing`` lose the tokens they had."""
    with transaction.atomic(using="vault"):
        guard.use_keys()
        version, key = list(keys.blind_keys().items())[-1]
        blinded = blinded_by(key, tokens)
        _drop_tokens(replacing)
        packed = ((owner, b"".join(own), version) for owner, own in blinded.items())
        rows.insert_many(OwnerTokens, ("owner", "packed", "key_version"), packed)
        insert_tokens(blinded)


def blinded_by(key: bytes, values: Mapping[UUID, Collection[str]]) -> dict[UUID, list[bytes]]:
    """Each owner's values as blind tokens, each once and in order."""
    hashed, cut = cipher.keyed_hash(key), cipher.TOKEN_BYTES
    return {owner: sorted({hashed(value)[:cut] for value in own}) for owner, own in values.items()}


def insert_tokens(blinded: Mapping[UUID, Collection[bytes]]) -> None:
    """Write tokens into the index, in its order: neighbours go into the same page while it is at hand."""
    found = sorted([(token, text) for owner, own in blinded.items() for text in (owner.hex,) for token in own])
    rows.insert_many(BlindToken, ("token", "owner"), found)


def delete_tokens(packed: Iterable[tuple[UUID, bytes]]) -> None:
    """Remove owners' tokens from the index, found by what :class:`OwnerTokens` says."""
    held = [(token, owner) for owner, own in packed for token in cipher.tokens_in(own)]
    rows.delete_many(BlindToken, ("token", "owner"), held)


def _drop_tokens(owners: Collection[UUID]) -> None:
    for chunk in _chunks(sorted(owners)):
        packed = OwnerTokens.objects.filter(owner__in=chunk)
        delete_tokens((row.owner, bytes(row.packed)) for row in packed.select_for_update().order_by("owner"))
        packed.delete()


def reveal(
    *, author: ledger.Author, owners: Sequence[UUID], compartment: str, purpose: str, basis: str, at: datetime
) -> dict[UUID, bytes]:
    """Open the latest documents for a person to read; the ledger has it before anything is returned (law 4).

    Raises ``Denied`` where nobody outside has seen the ledger for too long.
    """
    outside.require_contact(at)
    with transaction.atomic():
        ledger.record(
            author=author,
            act=f"{compartment}.reveal",
            at=at,
            purpose=purpose,
            basis=basis,
            subjects=list(owners),
            detail={"compartment": compartment},
        )
    return queries.open_many(owners, compartment)


def mark_baits(owners: Collection[UUID]) -> None:
    """Mark records as baits: from now on whoever opens one raises an alarm."""
    with transaction.atomic(using="vault"):
        rows.insert_many(Bait, ("owner",), ((owner,) for owner in owners))


def erase(owners: Collection[UUID], compartment: str = "") -> int:
    """Destroy the data keys and tokens of owners; what was sealed can never be opened again. Returns keys destroyed.

    With a ``compartment`` only that one is destroyed, and whoever could be found still can be.
    """
    only = {"compartment": compartment} if compartment else {}
    destroyed = 0
    with transaction.atomic(using="vault"):
        if not compartment:
            _drop_tokens(owners)
        for tables in apart.holding(compartment):
            for chunk in _chunks(sorted(owners)):
                with tables.entered():
                    destroyed += tables.keys._default_manager.filter(owner__in=chunk, **only).delete()[0]
                    tables.documents._default_manager.filter(owner__in=chunk, **only).delete()
    return destroyed


def _chunks(values: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
