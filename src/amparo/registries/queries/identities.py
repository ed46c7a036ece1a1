"""Opened identities, for the machine's own comparing. Nothing here is shown to anybody."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amparo.engines.linkage import block
from amparo.kernel.dates import Approx
from amparo.pack.current import pack
from amparo.registries import identity
from amparo.registries.identity import Identity
from amparo.vault import queries as vault


def of_records(records: Collection[UUID]) -> dict[UUID, Identity]:
    """The latest identity of each record that has one."""
    opened = vault.open_many(records, identity.COMPARTMENT)
    return {record: identity.from_bytes(plain, str(record)) for record, plain in opened.items()}


def births_and_documents(records: Collection[UUID]) -> dict[UUID, tuple[Approx | None, bool]]:
    """The birth that each record with an identity tells, and whether it has a document: all that a route asks of it."""
    opened = vault.open_many(records, identity.COMPARTMENT)
    return {record: identity.at_a_glance(plain) for record, plain in opened.items()}


def tokens_of(records: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """By what each record that has an identity can be found, before it is blinded: as when it was taken."""
    return {record: block.keys(found.fields, pack().names) for record, found in of_records(records).items()}
