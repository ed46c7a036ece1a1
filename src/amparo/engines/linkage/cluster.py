"""From pairs to people: sets of records judged to be one human being.

Links are taken strongest first. What people have decided comes before what the machine proposes: a human *same*
joins, a human *not same* keeps apart whatever else says. The machine never joins two sets across a pair that is
known to contradict, and never chains two sets that already have several records through a single link: one wrong
pair must not pour two lives into one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Join:
    """A reason to put two records together: the machine's, with its score, or a person's (``human``)."""

    left: str
    right: str
    score: float = 0.0
    human: bool = False


class _Sets:
    """Disjoint sets of records that know which sets must stay apart."""

    def __init__(self, record_ids: Iterable[str]) -> None:
        self.owner = {record: record for record in record_ids}
        self.members = {record: {record} for record in self.owner}
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.doubted: dict[str, set[str]] = defaultdict(set)
        self.links: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def keep_apart(self, pairs: Iterable[tuple[str, str]], where: dict[str, set[str]]) -> None:
        """Remember pairs of records whose sets must not meet; pairs of unknown records are of no consequence."""
        for left, right in pairs:
            one, other = self.owner.get(left), self.owner.get(right)
            if one is not None and other is not None and one != other:
                where[one].add(other)
                where[other].add(one)

    def merge(self, a: str, b: str) -> None:
        """Make one set of two; the smaller owner's name stays, so that the result does not depend on order."""
        kept, gone = min(a, b), max(a, b)
        for record in self.members[gone]:
            self.owner[record] = kept
        self.members[kept] |= self.members.pop(gone)
        for bars in (self.apart, self.doubted):
            for other in bars.pop(gone, set()):
                bars[other].discard(gone)
                bars[other].add(kept)
                bars[kept].add(other)
        for other, count in self.links.pop(gone, {}).items():
            self.links[other].pop(gone, None)
            if other != kept:
                self.links[other][kept] += count
                self.links[kept][other] += count
        self.links[kept].pop(gone, None)


def clusters(
    record_ids: Iterable[str],
    joins: Iterable[Join],
    separations: Iterable[tuple[str, str]],
    *,
    doubts: Iterable[tuple[str, str]] = (),
) -> list[frozenset[str]]:
    """Part records into people.

    ``separations`` are pairs that a person has judged to be different people; ``doubts`` are pairs that the machine
    holds to contradict: they stop the machine, not a person. Every record is in exactly one set. The result depends
    neither on the order of records nor on that of pairs; it comes sorted by the first record of each set. Where
    people contradict each other (A is B, B is C, A is not C), the separation stands.
    """
    sets = _Sets(sorted(record_ids))
    sets.keep_apart(separations, sets.apart)
    told = [join for join in joins if join.left in sets.owner and join.right in sets.owner]
    for join in sorted((each for each in told if each.human), key=_order):
        _join_by_hand(sets, join)
    sets.keep_apart(doubts, sets.doubted)
    proposed = _strongest_of_each_pair(each for each in told if not each.human)
    _count_links(sets, proposed)
    for join in proposed:
        _join_by_machine(sets, join)
    return sorted((frozenset(members) for members in sets.members.values()), key=min)


def _order(join: Join) -> tuple[float, str, str]:
    return (-join.score, min(join.left, join.right), max(join.left, join.right))


def _strongest_of_each_pair(joins: Iterable[Join]) -> list[Join]:
    """One link per pair of records, strongest first; a link of a record with itself is none."""
    seen: dict[tuple[str, str], Join] = {}
    for join in sorted(joins, key=_order):
        if join.left != join.right:
            seen.setdefault(_order(join)[1:], join)
    return list(seen.values())


def _count_links(sets: _Sets, joins: Iterable[Join]) -> None:
    for join in joins:
        left, right = sets.owner[join.left], sets.owner[join.right]
        if left != right:
            sets.links[left][right] += 1
            sets.links[right][left] += 1


def _join_by_hand(sets: _Sets, join: Join) -> None:
    left, right = sets.owner[join.left], sets.owner[join.right]
    if left != right and right not in sets.apart[left]:
        sets.merge(left, right)


def _join_by_machine(sets: _Sets, join: Join) -> None:
    left, right = sets.owner[join.left], sets.owner[join.right]
    if left == right or right in sets.apart[left] or right in sets.doubted[left]:
        return
    smaller = min(len(sets.members[left]), len(sets.members[right]))
    if smaller == 1 or sets.links[left][right] >= 2:
        sets.merge(left, right)
