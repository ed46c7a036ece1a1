"""How good scored pairs are against the truth: precision, recall, people exposed, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, groupby

Pair = tuple[str, str]
Scored = tuple[str, str, float]


def pairs_within(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Every two records of one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def components(records: Iterable[str], pairs: Iterable[Pair]) -> list[frozenset[str]]:
    """The sets of records that pairs hold together."""
    sets = Sets(records)
    for left, right in pairs:
        sets.merge(sets.owner[left], sets.owner[right])
    return [frozenset(members) for members in sets.members.values()]


class Sets:
    """Disjoint sets of records."""

    def __init__(self, records: Iterable[str]) -> None:
        self.owner = {record: record for record in records}
        self.members = {record: {record} for record in self.owner}

    def merge(self, one: str, other: str) -> str:
        """Put two sets together by their names; returns the name that is left."""
        if one == other:
            return one
        kept, gone = (one, other) if len(self.members[one]) >= len(self.members[other]) else (other, one)
        for record in self.members[gone]:
            self.owner[record] = kept
        self.members[kept] |= self.members.pop(gone)
        return kept


def of_groups(groups: Iterable[frozenset[str]], truth: Mapping[str, int]) -> dict[str, float]:
    """Precision and recall of the pairs of groups, and people exposed by a wrong pair in 10,000."""
    true = pairs_within(_by_person(truth).values())
    joined = pairs_within(groups)
    right = len(joined & true)
    exposed = {truth[record] for pair in joined - true for record in pair}
    return {
        "precision": round(right / max(len(joined), 1), 5),
        "recall": round(right / max(len(true), 1), 4),
        "people_exposed_per_10000": round(10_000 * len(exposed) / len(set(truth.values())), 1),
    }


def threshold_with_truth(pairs: Sequence[Scored], truth: Mapping[str, int], precision: float) -> float:
    """The lowest score from which pairs, taken one by one, have the wanted precision: known only with the truth."""
    best, right, taken = float("inf"), 0, 0
    ordered = sorted(pairs, key=lambda pair: -pair[2])
    for score, tied in groupby(ordered, key=lambda pair: pair[2]):
        answers = [truth[left] == truth[right_] for left, right_, _ in tied]
        right, taken = right + sum(answers), taken + len(answers)
        if right >= precision * taken:
            best = score
    return best


def share_found(pairs: Iterable[Scored], truth: Mapping[str, int], threshold: float) -> float:
    """The share of all true pairs that are among the pairs from a score on, taken one by one."""
    found = sum(score >= threshold and truth[left] == truth[right] for left, right, score in pairs)
    return round(found / max(len(pairs_within(_by_person(truth).values())), 1), 4)


def questions(
    groups: Iterable[frozenset[str]], pairs: Iterable[Scored], truth: Mapping[str, int], *, recall: float
) -> int | None:
    """How many questions, the likeliest first and none that answers already settle, until so much is found."""
    sets = Sets(truth)
    for group in groups:
        first, *rest = sorted(group)
        for record in rest:
            sets.merge(sets.owner[first], sets.owner[record])
    found = sum(_true_pairs(sets.members[name], sets.members[name], truth, within=True) for name in sets.members)
    wanted = recall * len(pairs_within(_by_person(truth).values()))
    apart: set[frozenset[str]] = set()
    asked = 0
    for left, right, _ in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if found >= wanted:
            return asked
        one, other = sets.owner[left], sets.owner[right]
        if one == other or frozenset((one, other)) in apart:
            continue
        asked += 1
        if truth[left] == truth[right]:
            found += _true_pairs(sets.members[one], sets.members[other], truth, within=False)
            kept = sets.merge(one, other)
            apart = {frozenset(kept if name in (one, other) else name for name in pair) for pair in apart}
        else:
            apart.add(frozenset((one, other)))
    return asked if found >= wanted else None


def _true_pairs(one: Iterable[str], other: Iterable[str], truth: Mapping[str, int], *, within: bool) -> int:
    here, there = Counter(truth[record] for record in one), Counter(truth[record] for record in other)
    if within:
        return sum(count * (count - 1) // 2 for count in here.values())
    return sum(count * there[person] for person, count in here.items())


def _by_person(truth: Mapping[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for record, person in truth.items():
        found.setdefault(person, []).append(record)
    return found
