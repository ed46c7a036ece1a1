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
from collections.abc import Sequence
from pathlib import Path

from amparo.engines.linkage import batch, train
from amparo.pack import loader
from amparo.world.seeds import REPORT_SEED
from bench._linkage_quality import GOALS as QUALITY_GOALS
from bench._linkage_quality import plain_records, quality

GOALS = {
    **QUALITY_GOALS,
    "train_seconds": ("s", ""),
    "link_seconds": ("s", ""),
    "records_per_second": ("records/s", ""),
    "memory_mb": ("MB", ""),
}
_PACK = Path(__file__).parent.parent / "packs" / "peru"


def measure(people: int, seed: int) -> dict[str, float]:
    """Figures for one world: precision and recall of pairs, questions per 1,000 records, seconds and memory."""
    records, person_of = plain_records(people, seed)
    tables = loader.load(_PACK).names
    started = time.perf_counter()
    model = train.train(records, tables, seed=1)
    trained = time.perf_counter()
    pairs = batch.link(records, model, tables)
    groups = batch.people(person_of, pairs)
    linked = time.perf_counter()
    return {
        "people": people,
        "records": len(records),
        **quality(records, person_of, pairs, groups),
        "train_seconds": round(trained - started, 1),
        "link_seconds": round(linked - trained, 1),
        "records_per_second": round(len(records) / (linked - started)),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


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
