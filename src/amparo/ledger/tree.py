"""The tree of the ledger as the database keeps it: leaves are the entries' digests, whole subtrees have rows.

A subtree's row is found by its place in the order in which its leaves enclose it: the leaf *i* stands at 2*i*, and a
subtree between the leaves it covers. So the rows that a new entry needs are few and their numbers are known.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.ledger import merkle
from amparo.ledger.models import Entry, Node


def number(level: int, index: int) -> int:
    """Where the subtree ``(level, index)`` stands among all subtrees."""
    return (2 * index + 1) * (1 << level) - 1


def subtree(level: int, index: int) -> bytes:
    """The hash of a whole subtree as it is stored; raises ``DoesNotExist`` where it is not."""
    if level == 0:
        return bytes.fromhex(Entry.objects.values_list("digest", flat=True).get(seq=index + 1))
    return bytes.fromhex(Node.objects.values_list("digest", flat=True).get(number=number(level, index)))


def grow(size: int, last: str, new: str) -> None:
    """Add a leaf to a tree of ``size`` leaves of which ``last`` is the newest one's digest."""

    def known(level: int, index: int) -> bytes:
        return bytes.fromhex(last) if level == 0 else subtree(level, index)

    found = merkle.completed(size, bytes.fromhex(new), known)
    Node.objects.bulk_create(Node(number=number(level, index), digest=value.hex()) for level, index, value in found)


def stored(subtrees: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The stored digests of some subtrees above the leaves, without those that are not there."""
    wanted = {number(level, index): (level, index) for level, index in subtrees}
    rows = Node.objects.filter(number__in=list(wanted)).values_list("number", "digest")
    return {wanted[place]: digest for place, digest in rows}


def size() -> int:
    """How many entries the ledger has."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def root(of_size: int) -> bytes:
    """The root over the first entries."""
    return merkle.root(of_size, subtree)
