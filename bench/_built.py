"""A whole installation for benchmarks: an invented world handed in, linked and projected, timed on the way.

It is built once into a folder. ``built.json``, written last, holds what was measured; a folder that has it is used as
it is, so that pages can be measured again without building anew.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench._figures import Row, peak_megabytes, row

FILES = {
    "pnp-reta": "pnp-reta.csv",
    "mp": "mp.xlsx",
    "mimp-cem": "mimp-cem.xlsx",
    "mimp-upe": "mimp-upe.csv",
    "calp": "calp.json",
}
TODAY = date(2026, 11, 23)

T = TypeVar("T")


def measured(folder: Path) -> list[Row] | None:
    """What was measured when the installation in the folder was built; None where there is none, or half of one."""
    note = folder / "built.json"
    found: list[Row] | None = json.loads(note.read_text(encoding="utf-8")) if note.exists() else None
    return found


def build(folder: Path, people: int) -> None:
    """Build it, in this process. What an interrupted run left in the folder is removed first."""
    for left in ("data", "world"):
        shutil.rmtree(folder / left, ignore_errors=True)
    (folder / "data" / "static").mkdir(parents=True)
    enter(folder)
    from django.core.management import call_command

    from amparo.world import build as world
    from amparo.world.seeds import REPORT_SEED

    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)
    call_command("createcachetable", verbosity=0)
    say("world")
    world.build(folder / "world", people=people, seed=REPORT_SEED, today=TODAY)
    rows = _hand_in(folder, people)
    rows += _link_and_project(people)
    shutil.rmtree(folder / "world")
    rows.append(row("peak memory while building", people, peak_megabytes(), "MB"))
    (folder / "built.json").write_text(json.dumps(rows), encoding="utf-8")


def enter(folder: Path) -> None:
    """Make this process one of the installation in the folder."""
    os.environ |= {"AMPARO_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    import django

    django.setup()


def say(stage: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"  {time.strftime('%H:%M:%S')} {stage}", file=sys.stderr, flush=True)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gave, and how many seconds it took."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def _hand_in(folder: Path, people: int) -> list[Row]:
    from django.utils import timezone

    from amparo.access.actors import MACHINE
    from amparo.registries.actions.deliver import deliver

    found: list[Row] = []
    rows, seconds = 0, 0.0
    for source, name in FILES.items():
        say(f"import {source}")
        with (folder / "world" / "exports" / "2" / name).open("rb") as content:
            taken, took = timed(partial(deliver, actor=MACHINE, source=source, content=content, at=timezone.now()))
        total = taken.new + taken.set_aside
        rows, seconds = rows + total, seconds + took
        found.append(row(f"import {source}", people, total / took, "rows/s", "≥ 2,000", rows=total))
    found.append(row("import, all files", people, rows / seconds, "rows/s", "≥ 2,000", rows=rows))
    return found


def _link_and_project(people: int) -> list[Row]:
    from django.utils import timezone

    from amparo.access.actors import MACHINE
    from amparo.casework.actions import rebuild
    from amparo.registries.actions import linking

    now = timezone.now()
    say("link")
    linked, link_seconds = timed(
        lambda: linking.link_waiting(actor=MACHINE, at=now, progress=say, processes=os.cpu_count() or 1)
    )
    say("persons")
    persons, seconds = timed(lambda: rebuild.everything(at=now))
    return [
        row("linking, training included", people, len(linked.records) / link_seconds, "records/s"),
        row("persons made of records", people, seconds, "s", persons=persons),
    ]
