"""Which joins are grave enough to need two people. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

KIN = frozenset({
    "siblings", "maybe_siblings", "twins", "maybe_twins", "mother_and_daughter", "guardian_document", "shared_document",
})  # fmt: skip
"""Contradictions that speak of two people of one family or household."""


@dataclass(frozen=True, slots=True)
class Stakes:
    """What hangs on joining two records: facts of the persons they belong to and of every pair between the two.

    ``sizes`` are the numbers of records of either person; ``crosses`` says that somebody judged two of their records
    to be different people.
    """

    child: bool = False
    reserved: bool = False
    contradictions: Collection[str] = ()
    sizes: tuple[int, int] = (1, 1)
    crosses: bool = False


def risks(stakes: Stakes) -> tuple[str, ...]:
    """The reasons why one person's yes is not enough, as codes; empty where it is."""
    against = frozenset(stakes.contradictions)
    found = {
        "child": stakes.child,
        "reserved": stakes.reserved,
        "kin": bool(against & KIN),
        "contradiction": bool(against - KIN),
        "two_threads": min(stakes.sizes) > 1,
        "crosses": stakes.crosses,
    }
    return tuple(code for code, applies in found.items() if applies)
