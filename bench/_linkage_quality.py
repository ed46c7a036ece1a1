"""How good a linkage is where the truth is known: pairs, people, kin, and the questions that a reviewer would meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from amparo.engines.linkage import batch, documents
from amparo.engines.linkage.decide import standing
from amparo.engines.linkage.fields import Fields
from amparo.world.families import A_GENERATION
from amparo.world.fields import fields_of, taken
from amparo.world.persons import Person

Pair = tuple[str, str]
Family = tuple[int, int]
_TODAY = date(2025, 6, 1)
_WANTED_RECALL = 0.98
_LIKE_AGE = 1100
"""Days, three years: strangers of one name who are further apart are easily told apart."""
_OF_ONE_GROUP = 100
"""People of one rescue have numbers this close."""
ADDED = 10_000_000
"""Whoever is added to a world beside somebody has her number and so much."""

GOALS = {
    "precision_alone": ("share of pairs", "≥ 0.999"),
    "recall_alone": ("share of pairs", "≥ 0.88"),
    "recall_with_questions": ("share of pairs", "≥ 0.98"),
    "questions_to_recall_0_98_per_1000_records": ("questions", "≤ 80"),
    "all_questions_per_1000_records": ("questions", ""),
    "people_exposed_per_10000": ("people", "≤ 6"),
    **{f"{kin}_joined": ("pairs of people", "0 at 2,000; ≤ 1 in 500") for kin in ("siblings", "twins", "mothers")},
    "namesakes_joined": ("pairs of people", ""),
    "one_document_joined": ("pairs of people", "0 at 2,000; ≤ 1 in 500"),
    **{f"{kin}_all": ("pairs of people", "") for kin in ("siblings", "twins", "mothers", "namesakes", "one_document")},
}


def plain_records(people: int, seed: int) -> tuple[list[Fields], dict[str, Person]]:
    """The records of an invented world as plain files hold them, and whom each of them is on.

    Plain files hold no references from one institution's file to another's, no guardian's document, no native name.
    """
    entries = list(taken(people, seed, _TODAY))
    bare = [replace(fields_of(each), references=frozenset(), guardian_doc="", native_name="") for each in entries]
    return bare, {record.record_id: each.person for record, each in zip(bare, entries, strict=True)}


def quality(
    records: Sequence[Fields],
    people: Mapping[str, Person],
    pairs: Sequence[batch.ScoredPair],
    groups: Sequence[frozenset[str]],
) -> dict[str, float]:
    """The figures of :data:`GOALS`; ``people`` gives for each record whom it is on in truth."""
    truth = {record: person.number for record, person in people.items()}
    true, joined = _same_pairs(truth), pairs_within(groups)
    exposed = {truth[record] for pair in joined - true for record in pair}
    reviewer = Reviewer(groups, truth)
    enough, asked = reviewer.answer(pairs, wanted=_WANTED_RECALL * len(true))
    return {
        "precision_alone": round(len(joined & true) / max(len(joined), 1), 5),
        "recall_alone": round(len(joined & true) / max(len(true), 1), 4),
        "recall_with_questions": round(reviewer.right / max(len(true), 1), 4),
        "questions_to_recall_0_98_per_1000_records": -1 if enough is None else round(1000 * enough / len(records), 1),
        "all_questions_per_1000_records": round(1000 * asked / len(records), 1),
        "people_exposed_per_10000": round(10_000 * len(exposed) / max(len(set(truth.values())), 1), 2),
        **_kin(records, people, groups),
    }


def pairs_within(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Every pair of records of one group, in order."""
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def _same_pairs(truth: Mapping[str, int]) -> set[Pair]:
    of_person: dict[int, list[str]] = defaultdict(list)
    for record, person in truth.items():
        of_person[person].append(record)
    return pairs_within(of_person.values())


def _kin(records: Sequence[Fields], people: Mapping[str, Person], groups: Iterable[frozenset[str]]) -> dict[str, float]:
    """Of the pairs of people that a registry takes for one another, how many there are and how many were joined."""
    joined = {pair for group in groups for pair in combinations(sorted({people[record].number for record in group}), 2)}
    kinds = _families({person.number: person for person in people.values()})
    kinds["one_document"] = _of_one_document(records, people)
    told: dict[str, float] = {}
    for kind, found in kinds.items():
        told[f"{kind}_all"] = len(found)
        told[f"{kind}_joined"] = len(found & joined)
    return told


def _families(people: Mapping[int, Person]) -> dict[str, set[Family]]:
    """Pairs of people by what they are to each other; kin are of one origin, strangers of one name are of any."""
    found: dict[str, set[Family]] = {kind: set() for kind in ("siblings", "twins", "mothers", "namesakes")}
    for one, other in _of_like_names(people.values()):
        kind = _relation(one, other)
        if kind:
            found[kind].add((one.number, other.number))
    return found


def _of_like_names(people: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs of people who share a name with an origin, or the whole name; the lower number first, each once."""
    blocks: dict[tuple[object, ...], dict[int, Person]] = defaultdict(dict)
    for person in people:
        blocks[person.given, person.surname1, person.surname2][person.number] = person
        for surname in {person.surname1, person.surname2} - {""}:
            blocks[surname, person.origin][person.number] = person
    seen: set[Family] = set()
    for members in blocks.values():
        for one, other in combinations(sorted(members), 2):
            if (one, other) not in seen:
                seen.add((one, other))
                yield members[one], members[other]


def _relation(one: Person, other: Person) -> str:
    """What two people are to each other; empty where they are nothing."""
    same_surnames = (one.surname1, one.surname2) == (other.surname1, other.surname2)
    apart = abs((one.born - other.born).days)
    if same_surnames and one.given == other.given:
        return "namesakes" if apart <= _LIKE_AGE else ""
    if one.origin != other.origin or abs(one.number % ADDED - other.number % ADDED) > _OF_ONE_GROUP:
        return ""
    if same_surnames and apart < A_GENERATION:
        return "siblings" if apart else "twins"
    older, younger = sorted((one, other), key=lambda person: person.born)
    return "mothers" if apart >= A_GENERATION and older.surname1 == younger.surname2 else ""


def _of_one_document(records: Iterable[Fields], people: Mapping[str, Person]) -> set[Family]:
    """Pairs of people under whose records one number is written: a guardian's, or a false one."""
    bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for record in records:
        document = documents.read(record.doc_type, record.doc_number)
        if document is not None:
            bearers[document.kind, document.number].add(people[record.record_id].number)
    return {pair for numbers in bearers.values() for pair in combinations(sorted(numbers), 2)}


class Reviewer:
    """Answers every question with the truth, the likeliest pair first, and none that earlier answers settle."""

    def __init__(self, groups: Iterable[frozenset[str]], truth: Mapping[str, int]) -> None:
        self._truth = truth
        self._sets = {min(group): set(group) for group in groups}
        self._owner = {record: name for name, group in self._sets.items() for record in group}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self.right = sum(self._same(name, name) for name in self._sets)

    def answer(self, pairs: Iterable[batch.ScoredPair], *, wanted: float) -> tuple[int | None, int]:
        """The questions needed to find so many true pairs (None if never), and those needed in all."""
        asked, enough = 0, 0 if self.right >= wanted else None
        for pair in sorted((pair for pair in pairs if pair.verdict == "ask"), key=lambda pair: -_likely(pair)):
            left, right = self._owner[pair.left], self._owner[pair.right]
            if left == right or right in self._apart[left]:
                continue
            asked += 1
            if self._truth[pair.left] == self._truth[pair.right]:
                self._merge(left, right)
            else:
                self._apart[left].add(right)
                self._apart[right].add(left)
            if enough is None and self.right >= wanted:
                enough = asked
        return enough, asked

    def _merge(self, kept: str, gone: str) -> None:
        self.right += self._same(kept, gone)
        self._sets[kept] |= self._sets[gone]
        for record in self._sets.pop(gone):
            self._owner[record] = kept
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart[kept].add(other)

    def _same(self, one: str, other: str) -> int:
        """Pairs of one person across two sets, or within one."""
        here = Counter(self._truth[record] for record in self._sets[one])
        if one == other:
            return sum(count * (count - 1) // 2 for count in here.values())
        return sum(here[self._truth[record]] for record in self._sets[other])


def _likely(pair: batch.ScoredPair) -> float:
    return standing(pair.score, pair.contradictions)
