"""Digests of contents and own numbers, with the version of the key that the stored ones are made with."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.registries.models import DigestKey
from amparo.vault import queries as vault


def of(values: Sequence[str]) -> list[str]:
    """The digest of each text, to be compared with stored ones or stored beside them."""
    return vault.row_digests(values, in_force())


def in_force() -> int:
    """The version of the key that stored digests are made with."""
    return DigestKey.objects.values_list("version", flat=True).first() or 1
