"""A key in several shares, of which so many put together give it back and fewer give nothing.

Shamir (1979, *How to share a secret*): the key is where a random polynomial over a prime field meets zero, each share
is another point of it, and a polynomial of degree n - 1 follows from n points and from no fewer. Pure.

A share is written to be typed from paper: letters and figures in groups of four, with a check of its own, so that a
slip is told before anything is put together. It names its key by sixteen figures that tell nothing of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from amparo.kernel.errors import Invalid

KEY_BYTES = 32
MOST = 16
_PRIME = 2**256 + 297
"""The first prime above every key."""
_VERSION, _CHECK_BYTES = 1, 4
# Version, name of the key, how many are needed, which one this is, and the point: 33 bytes, as the prime has 257 bits.
_LAYOUT = struct.Struct(">B8sBB33s")
_GROUP, _GROUPS_A_LINE = 4, 5
# What is not in the alphabet of base 32 is read as what it looks like.
_LOOKS_LIKE = str.maketrans("018", "OIB")


@dataclass(frozen=True, slots=True)
class Share:
    """One share: of which key, how many are needed, which one it is, and its point."""

    key_name: str
    needed: int
    number: int
    point: int


def refuse_numbers(number: int, needed: int) -> None:
    """Raise ``Invalid`` unless 2 ≤ ``needed`` ≤ ``number`` ≤ 16."""
    if not 2 <= needed <= number <= MOST:
        raise Invalid("shares.numbers", most=MOST)


def split(key: bytes, key_name: str, *, number: int, needed: int) -> list[Share]:
    """So many shares of a 32-byte key, of which ``needed`` give it back.

    ``key_name`` has sixteen hexadecimal digits. Raises ``Invalid`` for numbers that make no sense.
    """
    refuse_numbers(number, needed)
    factors = [int.from_bytes(key), *(secrets.randbelow(_PRIME) for _ in range(needed - 1))]
    return [
        Share(key_name, needed, at, sum(factor * at**power for power, factor in enumerate(factors)) % _PRIME)
        for at in range(1, number + 1)
    ]


def joined(shares: Sequence[Share]) -> bytes:
    """The key that shares give together.

    Raises ``Invalid`` where they are too few, of different keys, or do not give a key: more than are needed are all
    used, so that one that does not belong is noticed.
    """
    several = {share.number: share for share in shares}
    if not several:
        raise Invalid("shares.too_few", found=0, needed=2)
    if len({(share.key_name, share.needed) for share in several.values()}) != 1:
        raise Invalid("shares.of_another_key")
    needed = next(iter(several.values())).needed
    if len(several) < needed:
        raise Invalid("shares.too_few", found=len(several), needed=needed)
    found = sum(share.point * _weight(share.number, list(several)) for share in several.values()) % _PRIME
    if found >= 1 << (8 * KEY_BYTES):
        raise Invalid("shares.of_another_key")
    return found.to_bytes(KEY_BYTES)


def _weight(at: int, points: Sequence[int]) -> int:
    """How much a point counts for where the polynomial meets zero (Lagrange)."""
    above, below = 1, 1
    for other in points:
        if other != at:
            above, below = above * -other % _PRIME, below * (at - other) % _PRIME
    return above * pow(below, -1, _PRIME)


def written(share: Share) -> str:
    """A share as it is printed, in lines of five groups."""
    name = bytes.fromhex(share.key_name)
    told = _LAYOUT.pack(_VERSION, name, share.needed, share.number, share.point.to_bytes(33))
    check = hashlib.sha256(b"amparo share|" + told).digest()[:_CHECK_BYTES]
    text = base64.b32encode(told + check).decode("ascii").rstrip("=")
    groups = [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]
    lines = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


def read(text: str) -> Share:
    """A share from what somebody typed, however spaced; raises ``Invalid`` where a letter is wrong or missing."""
    letters = "".join(text.upper().translate(_LOOKS_LIKE).replace("-", " ").split())
    try:
        told = base64.b32decode(letters + "=" * (-len(letters) % 8))
        version, name, needed, number, point = _LAYOUT.unpack(told[:-_CHECK_BYTES])
    except (binascii.Error, ValueError, struct.error) as error:
        raise Invalid("shares.damaged") from error
    share = Share(name.hex(), needed, number, int.from_bytes(point))
    if version != _VERSION or "".join(written(share).split()) != letters:
        raise Invalid("shares.damaged")
    return share
