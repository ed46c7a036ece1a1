"""Digests of contents and own numbers, with the version of the key that the stored ones are made with."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.kernel.errors import Conflict
from amparo.registries.models import DigestKey
from amparo.vault import queries as vault


def of(values: Sequence[str]) -> list[str]:
    """The digest of each text, to be stored."""
    return vault.row_digests(values, in_force())


def comparable(values: Sequence[str]) -> list[str]:
    """The digest of each text, to be compared with stored ones.

    Raises ``Conflict`` while the key is being exchanged: some of the stored ones are of the old key then, some of the
    new one, and a row that is known would be taken for a new one.
    """
    if DigestKey.objects.filter(going_to__isnull=False).exists():
        raise Conflict("delivery.keys_are_exchanged")
    return of(values)


def in_force() -> int:
    """The version of the key that stored digests are made with."""
    return DigestKey.objects.values_list("version", flat=True).first() or 1
