"""Identifiers: time-ordered ones for rows, and short codes that people read aloud on the telephone."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import overload
from uuid import UUID

# Crockford's base 32 leaves out I, L, O and U, which are misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TWO_LETTERS = [first + second for first in _ALPHABET for second in _ALPHABET]


# Four bits hold the version and two the variant of a UUID.
_WITHOUT_VERSION = ~(0xF << 76 | 0x3 << 62)
_VERSION_7 = 0x7 << 76 | 0x2 << 62


def uuid7(*, milliseconds: int, random: bytes) -> UUID:
    """Build a version 7 UUID (RFC 9562, section 5.7) from a Unix time in milliseconds and 10 random bytes."""
    if len(random) != 10:
        raise ValueError("uuid7 needs exactly 10 random bytes")
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(random, "big")
    return UUID(int=value & _WITHOUT_VERSION | _VERSION_7)


def new_id() -> UUID:
    """Make a fresh time-ordered id from the clock and the system's randomness, for rows that are being written."""
    return uuid7(milliseconds=time.time_ns() // 1_000_000, random=os.urandom(10))


def new_ids(count: int) -> list[UUID]:
    """Make many fresh ids at once, in their order, so that they go into an index one beside the other."""
    stamp, random = (time.time_ns() // 1_000_000 & 0xFFFFFFFFFFFF) << 80, os.urandom(10 * count)
    drawn = (int.from_bytes(random[start : start + 10], "big") for start in range(0, 10 * count, 10))
    return [UUID(int=value) for value in sorted((stamp | each) & _WITHOUT_VERSION | _VERSION_7 for each in drawn)]


class PackedIds(Sequence[UUID]):
    """Ids at sixteen bytes each: so many as the rows of a delivery would take seven times that as objects."""

    def __init__(self) -> None:
        self._packed = bytearray()

    def extend(self, ids: Iterable[UUID]) -> None:
        """Add ids at the end."""
        self._packed += b"".join([each.bytes for each in ids])

    def __len__(self) -> int:
        return len(self._packed) // 16

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(bytes=bytes(self._packed[start : start + 16])) for start in range(0, len(self._packed), 16))

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[UUID]: ...
    def __getitem__(self, place: int | slice) -> UUID | Sequence[UUID]:
        return list(self)[place]


def public_code(identifier: UUID, *, prefix: str) -> str:
    """Turn an id into a code of eight letters or digits that says nothing of when or where it was made.

    Eight characters of 32 hold 40 bits: among a million codes two are the same with a chance below 40 %, so whoever
    stores one checks that it is free.
    """
    digest = hashlib.sha256(b"amparo public code" + identifier.bytes).digest()
    number = int.from_bytes(digest[:5], "big")
    first, second, third, fourth = (_TWO_LETTERS[number >> shift & 1023] for shift in (30, 20, 10, 0))
    return f"{prefix}-{first}{second}-{third}{fourth}"
