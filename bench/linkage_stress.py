"""How linkage fares on files unlike those it was made with: one line of figures per perturbation.

Run: ``python -m bench.linkage_stress --people 2000 --seed 31 [NAME …]``. Every file goes the way of ``amparo link``:
rows as text, a model trained on them without labels, thresholds that it chooses itself. Development seeds only: this
benchmark is for finding what is weak, and what is looked at while working is no proof.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from amparo.engines.linkage import batch, plain, train
from amparo.engines.linkage.names import NameTables
from amparo.pack import loader
from bench import _stress_files
from bench._linkage_quality import GOALS, quality

_PACK = Path(__file__).parent.parent / "packs" / "peru"
_SHOWN = (
    "precision_alone", "recall_alone", "people_exposed_per_10000", "questions_to_recall_0_98_per_1000_records",
    "all_questions_per_1000_records", "recall_with_questions", "siblings_joined", "twins_joined", "mothers_joined",
    "namesakes_joined", "one_document_joined",
)  # fmt: skip


def measure(name: str, people: int, seed: int, tables: NameTables) -> dict[str, float]:
    """The figures of one perturbation."""
    rows = _stress_files.files(name, people, seed)
    records = [plain.read(cells, tables)[0] for cells, _ in rows]
    person_of = {cells["record_id"]: person for cells, person in rows}
    pairs = batch.link(records, model := train.train(records, tables, seed=1), tables)
    told = quality(records, person_of, pairs, batch.people(person_of, pairs))
    return {"records": len(records), "join": round(model.join, 1), **told}


def main(arguments: Sequence[str]) -> int:
    """Measure the named perturbations, or all, and print one object per figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", metavar="NAME")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=31)
    told = parser.parse_args(arguments)
    unknown = set(told.name) - set(_stress_files.names())
    if unknown:
        parser.error(f"no perturbation {', '.join(sorted(unknown))}")
    tables = loader.load(_PACK).names
    rows = []
    for name in told.name or _stress_files.names():
        figures = measure(name, told.people, told.seed, tables)
        print(name, json.dumps(figures), file=sys.stderr, flush=True)
        rows += [
            {
                "figure": f"{name}: {figure}",
                "value": figures[figure],
                "unit": GOALS[figure][0],
                "goal": GOALS[figure][1],
            }
            for figure in _SHOWN
        ]
    print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
