"""Import end to end: read in the confined process, interpreted, sealed, versioned, ledgered; rows a second and memory.

Goal: at least 2,000 rows a second on two cores, for CSV (the police's file) and XLSX (the prosecutors'), and memory
that does not grow with the number of rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

SOURCES = {"CSV": ("pnp-reta", "pnp-reta.csv"), "XLSX": ("mp", "mp.xlsx")}
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def main(arguments: Sequence[str]) -> int:
    """Build a world, hand its police's and prosecutors' files in to an empty installation, and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"AMPARO_DATA": folder, "DJANGO_SETTINGS_MODULE": "amparo.config.settings.test"}
        _install()
        exports = _world(Path(folder) / "world", options.people, options.seed)
        rows = [row for kind, (source, name) in SOURCES.items() for row in _measure(kind, source, exports / name)]
    print(json.dumps(rows))
    return 0


def _install() -> None:
    import django
    from django.core.management import call_command

    from amparo.pack.current import pack

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)
    pack()


def _world(folder: Path, people: int, seed: int) -> Path:
    from amparo.world import build

    folder.mkdir()
    build.build(folder, people=people, seed=seed, today=TODAY)
    return folder / "exports" / "2"


def _measure(kind: str, source: str, path: Path) -> list[dict[str, object]]:
    """The first delivery writes everything, the second finds everything unchanged."""
    from amparo.access.actors import MACHINE
    from amparo.registries.actions import deliver

    found: list[dict[str, object]] = []
    for turn in ("new", "unchanged"):
        began, cpu = time.perf_counter(), time.process_time()
        with path.open("rb") as content:
            outcome = deliver.deliver(actor=MACHINE, source=source, content=content, at=NOW)
        seconds, own = time.perf_counter() - began, time.process_time() - cpu
        count = outcome.new + outcome.changed + outcome.unchanged + outcome.set_aside
        goal = ">= 2,000" if turn == "new" else ""
        found.append(_row(f"{kind}, {count} rows, {turn}", count / seconds, "rows/s", goal))
        found.append(_row(f"{kind}, {turn}, this process alone", count / own, "rows/s of processor time", ""))
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found.append(_row(f"{kind}, peak memory of the importing process", own, "MB", "flat"))
    found.append(_row(f"{kind}, peak memory of the reading process", child, "MB", "<= 512"))
    return found


def _row(figure: str, value: float, unit: str, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 1), "unit": unit, "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
