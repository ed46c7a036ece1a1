"""What is lost where names may not be handed over: plain linkage and linkage of encodings on one invented world.

Run: ``python -m bench.encoded --people 2000 --seed 31``. Without ``--seed`` it is that of reports: nobody tunes on it.
Plain records that meet encodings are encoded first, so that there is no third figure: a test holds both to one answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from amparo.engines.linkage.encoded import link
from amparo.engines.linkage.encoded.encode import Encoder
from amparo.pack import loader
from amparo.world.seeds import REPORT_SEED
from bench import linkage
from bench._linkage_quality import plain_records, quality

_PACK = Path(__file__).parent.parent / "packs" / "peru"
# Figures do not depend on the secret beyond the luck of hashing; one is fixed so that they can be made again.
_SECRET = bytes(range(32))
GOALS = {
    "precision_alone": ("share of pairs", "≥ 0.999"),
    "recall_alone": ("share of pairs", "≥ 0.60"),
    "recall_with_questions": ("share of pairs", "≥ 0.95"),
    "all_questions_per_1000_records": ("questions", "≤ 200"),
    "people_exposed_per_10000": ("people", "≤ 6"),
    "seconds": ("s of processor time", "≤ 60 at 20,000 people"),
}


def measure(people: int, seed: int) -> dict[str, float]:
    """Figures of linking encodings: precision and recall of pairs, questions, people exposed, processor time."""
    records, person_of = plain_records(people, seed)
    encoder = Encoder(_SECRET, loader.load(_PACK).names)
    started = time.process_time()
    encodings = [encoder.encode(record) for record in records]
    encoded = time.process_time()
    linked = link.link(encodings)
    done = time.process_time()
    ordered: Any = [replace(pair, score=pair.standing, contradictions=()) for pair in linked.pairs]
    return {
        "records": len(records),
        **quality(records, person_of, ordered, linked.people),
        "encode_seconds": round(encoded - started, 1),
        "link_seconds": round(done - encoded, 1),
        "seconds": round(done - started, 1),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure both and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    parser.add_argument("--only-encoded", action="store_true", help="leave plain linkage out")
    told = parser.parse_args(arguments)
    rows = [
        {
            "figure": f"encoded_{name}",
            "value": value,
            "unit": GOALS.get(name, ("", ""))[0],
            "goal": GOALS.get(name, ("", ""))[1],
        }
        for name, value in measure(told.people, told.seed).items()
    ]
    if not told.only_encoded:
        plain = linkage.measure(told.people, told.seed)
        rows += [
            {"figure": f"plain_{name}", "value": value, "unit": linkage.GOALS.get(name, ("", ""))[0], "goal": ""}
            for name, value in plain.items()
        ]
    print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
