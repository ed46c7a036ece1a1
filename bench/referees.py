"""Amparo beside Splink, dedupe and recordlinkage: the same invented records, the same machine, the same run.

Run: ``python -m bench.referees --people 2000 [--tools amparo,splink,…] [--minutes 30] [--gigabytes 12]``. Each tool
runs in a process of its own, so that its time and memory are its own, and is stopped after so many minutes or
gigabytes. What a tool does with the truth in hand (a threshold that only the truth tells, a budget of labels) is marked
``with truth`` or ``with labels``: nobody has it at work. ``./amparo install referees`` brings dedupe and recordlinkage;
Splink is part of Amparo.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from amparo.engines.linkage import fold
from amparo.engines.linkage.fields import Fields
from amparo.world.fields import linkage_fields
from amparo.world.seeds import REPORT_SEED
from bench import _quality
from bench.tools.answer import Answer, Row

MODULES = {
    "amparo": "amparo_engine",
    "splink": "splink_model",
    "recordlinkage": "recordlinkage_ecm",
    "dedupe": "dedupe_labelled",
}
_TODAY = date(2025, 6, 1)
_NOT_INSTALLED, _NO_MEMORY = 3, 4
_PRECISION, _RECALL = 0.999, 0.98
_MISSING = "{tool} is not installed and was not measured. To install it: ./amparo install referees"


def rows_of(people: int, seed: int) -> tuple[list[Row], dict[str, int]]:
    """The records of a world in the columns of ``amparo link``, cleaned alike for all, and whose each is."""
    world = linkage_fields(people, seed, _TODAY)
    return [_row(fields) for fields, _ in world], {fields.record_id: person for fields, person in world}


def _row(fields: Fields) -> Row:
    born = fields.birth
    exact = born is not None and born.earliest == born.latest
    known_on = fields.registered_on or fields.event_on
    age = known_on.year - (born.earliest.year + born.latest.year) // 2 if born and known_on and not exact else None
    given = " ".join(fold.words(fields.given))
    return {
        "record_id": fields.record_id,
        "institucion": fields.institution,
        "fecha_registro": fields.registered_on.isoformat() if fields.registered_on else "",
        "nombres": given,
        "nombre1": given.partition(" ")[0],
        "ap_paterno": " ".join(fold.words(fields.surname1)),
        "ap_materno": " ".join(fold.words(fields.surname2)),
        "alias": " ".join(fold.words(fields.alias)),
        "sexo": fields.sex,
        "fecha_nac": born.earliest.isoformat() if born and exact else "",
        "anio_nac": str((born.earliest.year + born.latest.year) // 2) if born else "",
        "edad": "" if age is None else str(age),
        "tipo_doc": fields.doc_type,
        "num_doc": fields.doc_number,
        "nacionalidad": fields.nationality,
        "ubigeo_origen": fields.origin,
        "fecha_hecho": fields.event_on.isoformat() if fields.event_on else "",
        "ubigeo_hecho": fields.event_place,
    }


def measure(
    tool: str, folder: Path, truth: Mapping[str, int], minutes: float, gigabytes: float
) -> list[dict[str, object]]:
    """The figures of one tool, run in a process of its own; none where it is not installed.

    One that takes more minutes or gigabytes than these is stopped, and that is its only figure.
    """
    command = [sys.executable, "-m", "bench.referees", "--only", tool, str(folder), "--gigabytes", str(gigabytes)]
    try:
        done = subprocess.run(command, check=False, timeout=60 * minutes)
    except subprocess.TimeoutExpired:
        return [{"figure": f"{tool} stopped: not finished after", **_figure(minutes, "minutes")}]
    if done.returncode == _NO_MEMORY:
        return [{"figure": f"{tool} stopped: needs more than", **_figure(gigabytes, "GB")}]
    if done.returncode:
        print(_MISSING.format(tool=tool) if done.returncode == _NOT_INSTALLED else f"{tool}: failed", file=sys.stderr)
        return []
    told = pickle.loads((folder / tool).read_bytes())
    return [{"figure": f"{tool} {name}", **row} for name, row in _figures(told, truth).items()]


def _figures(told: Mapping[str, object], truth: Mapping[str, int]) -> dict[str, dict[str, object]]:
    answer = told["answer"]
    assert isinstance(answer, Answer)
    alone = answer.joined
    if alone is None:
        chosen = [(left, right) for left, right, score in answer.pairs if score >= answer.threshold]
        alone = _quality.components(truth, chosen)
    hindsight = _quality.threshold_with_truth(answer.pairs, truth, _PRECISION)
    first = alone
    if not answer.joined or told["labels"]:
        first = _quality.components(truth, [(a, b) for a, b, score in answer.pairs if score >= hindsight])
    asked = _quality.questions(first, answer.pairs, truth, recall=_RECALL)
    by = " with labels" if told["labels"] else ""
    found = _quality.of_groups(alone, truth)
    start = " from what it joins alone" if first is alone else " from its threshold with truth"
    rows: dict[str, dict[str, object]] = {
        f"precision joined alone{by}": _figure(found["precision"], "share of pairs"),
        f"recall joined alone{by}": _figure(found["recall"], "share of pairs"),
        f"people exposed of 10,000{by}": _figure(found["people_exposed_per_10000"], "people"),
        f"recall at precision {_PRECISION} with truth{by}": _figure(
            _quality.share_found(answer.pairs, truth, hindsight), "share of pairs"
        ),
        f"questions to recall {_RECALL} per 1,000 records{start}": _figure(
            None if asked is None else round(1000 * asked / len(truth), 1), "questions"
        ),
        "seconds": _figure(told["seconds"], "s"),
        "processor seconds": _figure(told["processor"], "s"),
        "memory": _figure(told["memory"], "MB"),
    }
    if told["labels"]:
        rows["labels asked for"] = _figure(told["labels"], "labels")
    return rows


def _figure(value: object, unit: str) -> dict[str, object]:
    return {"value": value, "unit": unit, "goal": ""}


def run_one(tool: str, folder: Path, gigabytes: float) -> int:
    """Run one tool on the records in a folder, with so much memory at most, and leave its answer there."""
    rows, truth = pickle.loads((folder / "records").read_bytes())
    asked = 0

    def label(left: str, right: str) -> bool:
        nonlocal asked
        asked += 1
        return bool(truth[left] == truth[right])

    try:
        module = importlib.import_module(f"bench.tools.{MODULES[tool]}")
    except ModuleNotFoundError:
        return _NOT_INSTALLED
    most = int(gigabytes * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    started, before = time.perf_counter(), time.process_time()
    try:
        answer = module.link(rows, label)
    except MemoryError:
        return _NO_MEMORY
    told = {
        "answer": answer,
        "labels": asked,
        "seconds": round(time.perf_counter() - started, 1),
        "processor": round(time.process_time() - before, 1),
        "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    (folder / tool).write_bytes(pickle.dumps(told))
    return 0


def main(arguments: Sequence[str]) -> int:
    """Measure the tools one after another and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    parser.add_argument("--tools", default=",".join(MODULES))
    parser.add_argument("--minutes", type=float, default=30, help="the most that one tool may take")
    parser.add_argument("--gigabytes", type=float, default=12, help="the most memory that one tool may take")
    parser.add_argument("--only", nargs=2, metavar=("TOOL", "FOLDER"), help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.only:
        return run_one(told.only[0], Path(told.only[1]), told.gigabytes)
    rows, truth = rows_of(told.people, told.seed)
    figures: list[dict[str, object]] = [{"figure": "records", "value": len(rows), "unit": "records", "goal": ""}]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "records").write_bytes(pickle.dumps((rows, truth)))
        for tool in told.tools.split(","):
            figures += measure(tool, Path(folder), truth, told.minutes, told.gigabytes)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
