"""The Merkle tree of RFC 9162, section 2.1: roots, and proofs that a root holds an entry or continues an older root.

A hash of the tree covers every entry up to its size, so one small signed note pins them all; a proof of some twenty
hashes shows that an entry is in it, or that a later tree begins with an earlier one. Pure: hashes of whole subtrees
come from a function that is passed in, so that proofs need not read all entries.

Levels count from the leaves (0). The subtree ``(level, index)`` covers the entries from ``index * 2**level`` on,
``2**level`` of them, all counted from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without entries."""


def leaf(entry: bytes) -> bytes:
    """The hash of one entry, 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees, 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(size: int, new_leaf: bytes, subtree: Subtree) -> list[tuple[int, int, bytes]]:
    """The whole subtrees above the leaves that a new leaf completes, where ``size`` leaves were there before it.

    Each is ``(level, index, hash)``, the lowest first. On average there is one.
    """
    found = []
    level, index, current = 0, size, new_leaf
    while index % 2:
        current = parent(subtree(level, index - 1), current)
        level, index = level + 1, index // 2
        found.append((level, index, current))
    return found


def root(size: int, subtree: Subtree) -> bytes:
    """The root over the first ``size`` leaves."""
    return span(0, size, subtree) if size else EMPTY


def span(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over the leaves from ``start`` to before ``end``; ``start`` must be where such a hash can begin."""
    count = end - start
    level = count.bit_length() - 1
    if count == 1 << level:
        return subtree(level, start >> level)
    middle = start + _left_size(count)
    return parent(span(start, middle, subtree), span(middle, end, subtree))


def _left_size(count: int) -> int:
    """The largest power of two below ``count``, for ``count`` of 2 or more."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that the leaf ``index`` is in the tree of ``size`` leaves (RFC 9162, 2.1.3.1)."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            path.append(span(middle, end, subtree))
            end = middle
        else:
            path.append(span(start, middle, subtree))
            start = middle
    return path[::-1]


def is_included(index: int, size: int, leaf_hash: bytes, path: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, current = index, size - 1, leaf_hash
    for other in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            current = parent(other, current)
            place, last = _lifted(place, last)
        else:
            current = parent(current, other)
        place, last = place // 2, last // 2
    return last == 0 and current == root_hash


def _lifted(place: int, last: int) -> tuple[int, int]:
    """Both places as many levels up as the first is a left end."""
    while place % 2 == 0 and place:
        place, last = place // 2, last // 2
    return place, last


def consistency(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of ``size`` leaves begins with that of ``old`` leaves (RFC 9162, 2.1.4.1).

    Empty where both are the same or the old one is empty.
    """
    if old in (0, size):
        return []
    path: list[bytes] = []
    start, end, is_whole = 0, size, True
    while old != end:
        middle = start + _left_size(end - start)
        if old <= middle:
            path.append(span(middle, end, subtree))
            end = middle
        else:
            path.append(span(start, middle, subtree))
            start, is_whole = middle, False
    return ([] if is_whole else [span(start, end, subtree)]) + path[::-1]


def is_consistent(old: int, size: int, old_root: bytes, root_hash: bytes, path: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer root continues the older one (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not path and old_root == root_hash
    if old == 0:
        return not path and old_root == EMPTY
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps or not 0 < old < size:
        return False
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place // 2, last // 2
    before = after = steps[0]
    for other in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = parent(other, before), parent(other, after)
            place, last = _lifted(place, last)
        else:
            after = parent(after, other)
        place, last = place // 2, last // 2
    return last == 0 and before == old_root and after == root_hash
