"""How good and how quick linkage is on an invented world whose truth is known.

Run: ``python -m bench.linkage --people 2000 --seed 1``. The seed of a report is never that of development.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from amparo.engines.linkage import batch, train
from amparo.engines.linkage.fields import Fields
from amparo.pack import loader
from amparo.world.fields import linkage_fields

Pair = tuple[str, str]
_TODAY = date(2025, 6, 1)
GOALS = {
    "precision_alone": ("share of pairs", "≥ 0.999"),
    "recall_alone": ("share of pairs", "≥ 0.88"),
    "recall_with_questions": ("share of pairs", "≥ 0.98"),
    "questions_per_1000_records": ("questions", "≤ 80"),
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
    records = [fields for fields, _ in world]
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


def _quality(
    records: Sequence[Fields],
    truth: dict[str, int],
    pairs: Iterable[batch.ScoredPair],
    groups: Iterable[frozenset[str]],
) -> dict[str, float]:
    of_person: dict[int, list[str]] = defaultdict(list)
    for record, person in truth.items():
        of_person[person].append(record)
    true = _pairs_within(of_person.values())
    joined = _pairs_within(groups)
    verdicts = Counter(pair.verdict for pair in pairs)
    reachable = {(pair.left, pair.right) for pair in pairs if pair.verdict != "no"} | joined
    exposed = {truth[record] for pair in joined - true for record in pair}
    return {
        "precision_alone": round(len(joined & true) / max(len(joined), 1), 5),
        "recall_alone": round(len(joined & true) / len(true), 4),
        "recall_with_questions": round(len(reachable & true) / len(true), 4),
        "questions_per_1000_records": round(1000 * verdicts["ask"] / len(records), 1),
        "people_exposed_per_10000": round(10_000 * len(exposed) / len(of_person), 2),
    }


def _pairs_within(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def main(arguments: Sequence[str]) -> int:
    """Measure and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
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
