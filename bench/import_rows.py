"""Import end to end: read in the confined process, interpreted, sealed, versioned, ledgered; rows a second and memory.

Goal: at least 2,000 rows a second on two cores, for CSV (the police's file) and XLSX (the prosecutors'), and memory
that does not grow with the number of rows. The page caches of SQLite (64 MB for each of the two databases) fill up to
their ceiling with a large file and are part of the importing process's peak.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.registries.delivering.outcome import Delivered

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
        install()
        exports = world(Path(folder) / "world", options.people, options.seed)
        rows = [row for kind, (source, name) in SOURCES.items() for row in _measure(kind, source, exports / name)]
    print(json.dumps(rows))
    return 0


def install() -> None:
    """Make an empty installation where the environment says."""
    import django
    from django.core.management import call_command

    from amparo.pack.current import pack

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)
    pack()


def world(folder: Path, people: int, seed: int) -> Path:
    """Built by a process of its own, so that its memory is not counted."""
    folder.mkdir()
    code = "import sys; from bench.import_rows import build; build(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, str(folder), str(people), str(seed)], check=True)
    return folder / "exports" / "2"


def build(folder: str, people: str, seed: str) -> None:
    """Build the world; called in the process that ``world`` starts."""
    from amparo.world import build as invented

    invented.build(Path(folder), people=int(people), seed=int(seed), today=TODAY)


class _Watch(threading.Thread):
    """Looks every few milliseconds at the peak memory of this process's children, as the system counts it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Until told that it is over."""
        while not self.over.wait(0.02):
            for children in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    self.peak = max(self.peak, *map(_peak_of, children.read_text().split()), 0)


def _peak_of(process: str) -> int:
    """Peak memory of a process in kilobytes."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1])
    return 0


def deliver(source: str, path: Path) -> Delivered:
    """Hand a file in."""
    from amparo.access.actors import MACHINE
    from amparo.registries.actions import deliver as delivering

    with path.open("rb") as content:
        return delivering.deliver(actor=MACHINE, source=source, content=content, at=NOW)


def _measure(kind: str, source: str, path: Path) -> list[dict[str, object]]:
    """The first delivery writes everything, the second finds everything unchanged."""
    found: list[dict[str, object]] = []
    watch = _Watch()
    watch.start()
    for turn in ("new", "unchanged"):
        began, cpu = time.perf_counter(), time.process_time()
        outcome = deliver(source, path)
        seconds, own = time.perf_counter() - began, time.process_time() - cpu
        count = outcome.new + outcome.changed + outcome.unchanged + outcome.set_aside
        goal = ">= 2,000" if turn == "new" else ""
        found.append(_row(f"{kind}, {count} rows, {turn}", count / seconds, "rows/s", goal))
        found.append(_row(f"{kind}, {turn}, this process alone", count / own, "rows/s of processor time", ""))
    watch.over.set()
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.append(_row(f"{kind}, peak memory of the importing process", own_peak, "MB", "flat"))
    found.append(_row(f"{kind}, peak memory of the reading process", watch.peak / 1024, "MB", "<= 512"))
    return found


def _row(figure: str, value: float, unit: str, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 1), "unit": unit, "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
