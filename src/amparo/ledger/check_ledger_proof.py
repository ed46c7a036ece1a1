#!/usr/bin/env python3
"""Checks a proof that Amparo's ledger gave out. It needs Python 3.9 and nothing else, least of all Amparo.

    python3 check_ledger_proof.py PUBLIC_KEY PROOF.json

PUBLIC_KEY is the base 64 text that the institution gave you when you agreed to be a witness; keep it where they cannot
change it. The proof shows that one entry was in the ledger when a checkpoint was signed (inclusion), or all those of an
institution's archive, one to a line; or that the ledger of a newer checkpoint begins with that of an older one
(consistency). Exit code 0: it holds; 1: it does not.

The tree is that of RFC 9162, section 2.1; the signature is Ed25519 of RFC 8032, section 5.1, worked out here in plain
integers, which is slow and needs no library. Only public values are handled, so its timing gives nothing away.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from typing import Any

Point = tuple[int, int, int, int]

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def recovered_x(y: int, sign: int) -> int | None:
    """The x of the point with this y, or None where the curve has none (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for, in extended coordinates, or None."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    x = recovered_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def add(a: Point, b: Point) -> Point:
    """The sum of two points (RFC 8032, 5.1.4)."""
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, of: Point) -> Point:
    """A multiple of a point."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, of)
        of = add(of, of)
        number >>= 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recovered_x(BASE_Y, 0) or 0
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_is_good(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature of the message is the key's (RFC 8032, 5.1.7)."""
    public, commitment = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(scalar, BASE), add(commitment, times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def checkpoint(note: str, key: bytes) -> tuple[int, bytes]:
    """The size and root of a note that the key has signed; a ValueError says what is wrong with it."""
    text, _, signatures = note.partition("\n\n")
    origin, size, root = text.split("\n")[:3]
    for line in signatures.splitlines():
        name, _, encoded = line[2:].rpartition(" ")
        if name == origin and signature_is_good(key, (text + "\n").encode(), base64.b64decode(encoded)[4:]):
            return int(size), base64.b64decode(root)
    raise ValueError("the checkpoint is not signed by this key")


def parent(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def lifted(place: int, last: int) -> tuple[int, int]:
    """Both places as many levels up as the first is a left end."""
    while place % 2 == 0 and place:
        place, last = place // 2, last // 2
    return place, last


def includes(proof: dict[str, Any], size: int, root: bytes) -> bool:
    """Whether the path leads from the entry to the root (RFC 9162, 2.1.3.2)."""
    text = json.dumps(proof["entry"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    current = hashlib.sha256(b"\x00" + text.encode()).digest()
    place, last = proof["index"], size - 1
    if not 0 <= place <= last or proof["entry"]["seq"] != place + 1:
        return False
    for other in map(base64.b64decode, proof["path"]):
        if last == 0:
            return False
        if place % 2 or place == last:
            current = parent(other, current)
            place, last = lifted(place, last)
        else:
            current = parent(current, other)
        place, last = place // 2, last // 2
    return last == 0 and current == root


def continues(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """Whether the newer tree begins with the older one (RFC 9162, 2.1.4.2)."""
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else path
    if old_size == size or not 0 < old_size < size or not steps:
        return old_size == size and not path and old_root == root
    place, last = old_size - 1, size - 1
    while place % 2:
        place, last = place // 2, last // 2
    before = after = steps[0]
    for other in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = parent(other, before), parent(other, after)
            place, last = lifted(place, last)
        else:
            after = parent(after, other)
        place, last = place // 2, last // 2
    return last == 0 and before == old_root and after == root


def holds(proof: dict[str, Any], key: bytes) -> bool:
    """Whether the proof holds under the key."""
    size, root = checkpoint(proof["checkpoint"], key)
    if proof["proves"] == "inclusion":
        return includes(proof, size, root)
    old_size, old_root = checkpoint(proof["old"], key)
    return continues(old_size, old_root, size, root, [base64.b64decode(value) for value in proof["path"]])


def all_hold(lines: Sequence[str], key: bytes) -> bool:
    """Whether every entry of an archive was in the ledger of its checkpoint, and as many are there as it says."""
    told = json.loads(lines[0])
    size, root = checkpoint(told["checkpoint"], key)
    entries = [json.loads(line) for line in lines[1:]]
    numbers = [each["index"] for each in entries]
    whole = len(entries) == told["entries"] and numbers == sorted(set(numbers))
    theirs = all(each["entry"]["institution"] == told["institution"] for each in entries)
    return whole and theirs and all(includes(each, size, root) for each in entries)


def main(arguments: Sequence[str]) -> int:
    """Say whether the proof holds; exit code 0 or 1, 2 for wrong use."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    try:
        key = base64.b64decode(arguments[0])
        with open(arguments[1], encoding="utf-8") as file:
            text = file.read()
        lines = text.splitlines()
        is_archive = bool(lines) and '"archive"' in lines[0]
        good = all_hold(lines, key) if is_archive else holds(json.loads(text), key)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(f"NO: this proof cannot be checked ({problem})")
        return 1
    print("YES: the proof holds." if good else "NO: the proof does not hold.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
