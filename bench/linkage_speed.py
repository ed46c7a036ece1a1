"""How long ``amparo link`` takes and how much memory, from plain files to clusters and pairs, training included.

Run: ``python -m bench.linkage_speed --people 200000 [--files FOLDER] [--engine spark]``. The command runs in processes
of its own, as its user runs it. Memory is that of all of them together, each page counted once; where the system does
not tell, it is that of the largest. Processor time is without that of Spark's Java machine. ``--files`` keeps the
invented files, so that they need be written only once.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.plain import COLUMNS
from amparo.kernel.dates import Precision
from amparo.world.fields import fields_of, taken
from amparo.world.seeds import REPORT_SEED

_TODAY = date(2025, 6, 1)
_GOALS = {20_000: "≤ 45", 200_000: "≤ 240"}
_BETWEEN_LOOKS = 0.5


def main(arguments: Sequence[str]) -> int:
    """Write the files, link them, and print one object per figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    parser.add_argument("--files", type=Path)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = told.files or Path(scratch)
        files = sorted(folder.glob("*.csv")) or _write(folder, told.people, told.seed)
        figures = measure(files, Path(scratch) / "out", told.engine)
    goals = {"seconds": _GOALS.get(told.people, ""), "memory_mb": "≤ 4096"}
    units = {"seconds": "s", "processor_seconds": "s", "records_per_second": "records/s", "memory_mb": "MB"}
    rows = [
        {"figure": name, "value": value, "unit": units.get(name, ""), "goal": goals.get(name, "")}
        for name, value in {"people": told.people, **figures}.items()
    ]
    print(json.dumps(rows, ensure_ascii=False))
    return 0


def measure(files: Sequence[Path], out: Path, engine: str) -> dict[str, float]:
    """Seconds, processor time, records a second and peak memory of one run of the command over these files."""
    out.mkdir()
    outputs = ["--out", str(out / "clusters.csv"), "--pairs", str(out / "pairs.csv"), "--engine", engine, "--json"]
    command = [sys.executable, "-m", "amparo.interfaces.cli", "link", *map(str, files), *outputs]
    before, started, peak = _processor_seconds(), time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        while running.poll() is None:
            peak = max(peak, sum(map(_memory, _family(running.pid))))
            time.sleep(_BETWEEN_LOOKS)
        seconds = time.perf_counter() - started
        answer = json.loads(running.stdout.read() if running.stdout else "")
    if running.returncode:
        raise SystemExit(f"amparo link ended with exit code {running.returncode}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "records": answer["records"],
        "clusters": answer["clusters"],
        "seconds": round(seconds, 1),
        "processor_seconds": round(_processor_seconds() - before, 1),
        "records_per_second": round(answer["records"] / seconds),
        "memory_mb": round(peak or largest),
    }


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(process: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield process
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = told.read_text(encoding="ascii").split()
        except OSError:  # It has ended meanwhile.
            continue
        for child in children:
            yield from _family(int(child))


def _memory(process: int) -> float:
    """Megabytes of a process; of pages that several share, each counts its part."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024


def _write(folder: Path, people: int, seed: int) -> list[Path]:
    """One plain file for each institution of an invented world."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, csv.DictWriter[str]] = {}
    with ExitStack() as opened:
        for fields in map(fields_of, taken(people, seed, _TODAY)):
            if fields.institution not in writers:
                path = folder / f"{fields.institution}.csv"
                file = opened.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[fields.institution] = csv.DictWriter(file, list(COLUMNS))
                writers[fields.institution].writeheader()
            writers[fields.institution].writerow(_row(fields))
    return sorted(folder.glob("*.csv"))


def _row(fields: Fields) -> dict[str, object]:
    return {
        "record_id": fields.record_id,
        "institucion": fields.institution,
        "fecha_registro": fields.registered_on,
        "nombres": fields.given,
        "ap_paterno": fields.surname1,
        "ap_materno": fields.surname2,
        "alias": fields.alias,
        "sexo": fields.sex,
        **_birth(fields),
        "tipo_doc": fields.doc_type,
        "num_doc": fields.doc_number,
        "nacionalidad": fields.nationality,
        "ubigeo_origen": fields.origin,
        "fecha_hecho": fields.event_on,
        "ubigeo_hecho": fields.event_place,
    }


def _birth(fields: Fields) -> dict[str, object]:
    """The birth as its day, its year, or an age on the day of the record."""
    known, on = fields.birth, fields.registered_on or fields.event_on
    if known is None or on is None:
        return {}
    if known.precision is Precision.EXACT:
        return {"fecha_nac": known.earliest}
    if known.precision is Precision.YEAR:
        return {"fecha_nac": known.earliest.year}
    low, high = known.age_on(on)
    return {"edad": low if low == high else f"{low}-{high}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
