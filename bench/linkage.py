"""How good and how quick linkage is on an invented world whose truth is known.

Run: ``python -m bench.linkage --people 2000 --seed 1``. Without ``--seed`` it is that of reports: nobody tunes on it.
The records hold what the columns of ``amparo link`` hold: no references from file to file, no guardian's document.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

from amparo.engines.linkage import batch, train
from amparo.engines.linkage.decide import standing
from amparo.engines.linkage.fields import Fields
from amparo.pack import loader
from amparo.world.fields import linkage_fields
from amparo.world.seeds import REPORT_SEED

Pair = tuple[str, str]
_TODAY = date(2025, 6, 1)
GOALS = {
    "precision_alone": ("share of pairs", "≥ 0.999"),
    "recall_alone": ("share of pairs", "≥ 0.88"),
    "recall_with_questions": ("share of pairs", "≥ 0.98"),
    "questions_to_recall_0_98_per_1000_records": ("questions", "≤ 80"),
    "all_questions_per_1000_records": ("questions", ""),
    "people_exposed_per_10000": ("people", "≤ 6"),
    "train_seconds": ("s", ""),
    "link_seconds": ("s", ""),
    "records_per_second": ("records/s", ""),
    "memory_mb": ("MB", ""),
}
_PACK = Path(__file__).parent.parent / "packs" / "peru"


def measure(people: int, seed: int) -> dict[str, float]:
    """Figures for one world: precision and recall of pairs, questions per 1,000 records, seconds and memory."""
    world = linkage_fields(people, seed, _TODAY)
    records = [_as_in_plain_files(fields) for fields, _ in world]
    truth = {fields.record_id: person for fields, person in world}
    tables = loader.load(_PACK).names
    started = time.perf_counter()
    model = train.train(records, tables, seed=1)
    trained = time.perf_counter()
    pairs = batch.link(records, model, tables)
    groups = batch.people(truth, pairs)
    linked = time.perf_counter()
    return {
        "people": people,
        "records": len(records),
        **_quality(records, truth, pairs, groups),
        "train_seconds": round(trained - started, 1),
        "link_seconds": round(linked - trained, 1),
        "records_per_second": round(len(records) / (linked - started)),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _as_in_plain_files(fields: Fields) -> Fields:
    return replace(fields, references=frozenset(), guardian_doc="", native_name="")


def _quality(
    records: Sequence[Fields],
    truth: dict[str, int],
    pairs: Sequence[batch.ScoredPair],
    groups: Sequence[frozenset[str]],
) -> dict[str, float]:
    of_person: dict[int, list[str]] = defaultdict(list)
    for record, person in truth.items():
        of_person[person].append(record)
    true = _pairs_within(of_person.values())
    joined = _pairs_within(groups)
    exposed = {truth[record] for pair in joined - true for record in pair}
    reviewer = _Reviewer(groups, truth)
    enough, asked = reviewer.answer(pairs, wanted=0.98 * len(true))
    return {
        "precision_alone": round(len(joined & true) / max(len(joined), 1), 5),
        "recall_alone": round(len(joined & true) / len(true), 4),
        "recall_with_questions": round(reviewer.right / len(true), 4),
        "questions_to_recall_0_98_per_1000_records": -1 if enough is None else round(1000 * enough / len(records), 1),
        "all_questions_per_1000_records": round(1000 * asked / len(records), 1),
        "people_exposed_per_10000": round(10_000 * len(exposed) / len(of_person), 2),
    }


class _Reviewer:
    """Answers every question with the truth, the likeliest pair first, and none that earlier answers settle."""

    def __init__(self, groups: Iterable[frozenset[str]], truth: dict[str, int]) -> None:
        self._truth = truth
        self._sets = {min(group): set(group) for group in groups}
        self._owner = {record: name for name, group in self._sets.items() for record in group}
        self._apart: set[frozenset[str]] = set()
        self.right = sum(self._same(name, name) for name in self._sets)

    def answer(self, pairs: Iterable[batch.ScoredPair], *, wanted: float) -> tuple[int | None, int]:
        """The questions needed to find so many true pairs (None if never), and those needed in all."""
        asked, enough = 0, None
        for pair in sorted((pair for pair in pairs if pair.verdict == "ask"), key=lambda pair: -_likely(pair)):
            left, right = self._owner[pair.left], self._owner[pair.right]
            if left == right or frozenset((left, right)) in self._apart:
                continue
            asked += 1
            if self._truth[pair.left] == self._truth[pair.right]:
                self._merge(left, right)
            else:
                self._apart.add(frozenset((left, right)))
            if enough is None and self.right >= wanted:
                enough = asked
        return enough, asked

    def _merge(self, kept: str, gone: str) -> None:
        self.right += self._same(kept, gone)
        self._sets[kept] |= self._sets[gone]
        for record in self._sets.pop(gone):
            self._owner[record] = kept
        self._apart = {frozenset(kept if name == gone else name for name in pair) for pair in self._apart}

    def _same(self, one: str, other: str) -> int:
        """Pairs of one person across two sets, or within one."""
        here = Counter(self._truth[record] for record in self._sets[one])
        if one == other:
            return sum(count * (count - 1) // 2 for count in here.values())
        return sum(here[self._truth[record]] for record in self._sets[other])


def _likely(pair: batch.ScoredPair) -> float:
    return standing(pair.score, pair.contradictions)


def _pairs_within(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def main(arguments: Sequence[str]) -> int:
    """Measure and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    told = parser.parse_args(arguments)
    figures = measure(told.people, told.seed)
    rows = [
        {"figure": name, "value": value, "unit": GOALS.get(name, ("", ""))[0], "goal": GOALS.get(name, ("", ""))[1]}
        for name, value in figures.items()
    ]
    print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
