"""The whole way at 2,000 and at 50,000 people: hand in, link, project, then search and read threads as a worker does.

Each size runs in a process of its own on a data folder of its own, on the report seed of the invented world. Times of
pages are those of the whole request inside the process (middleware, view, template), without the network.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

SIZES = (2_000, 50_000)
PAGES = 200
FILES = {
    "pnp-reta": "pnp-reta.csv",
    "mp": "mp.xlsx",
    "mimp-cem": "mimp-cem.xlsx",
    "mimp-upe": "mimp-upe.csv",
    "calp": "calp.json",
}
TODAY = date(2026, 11, 23)

Row = dict[str, object]


def main(arguments: Sequence[str]) -> int:
    """Measure one size, or both."""
    parser = argparse.ArgumentParser(prog="bench whole")
    parser.add_argument("--people", type=int)
    parser.add_argument("--inside", metavar="DIR", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(_measure(Path(options.inside), options.people)))
        return 0
    rows: list[Row] = []
    for people in [options.people] if options.people else SIZES:
        rows += _in_own_process(people)
    print(json.dumps(rows))
    return 0


def _in_own_process(people: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        code = "import sys; from bench.whole import main; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", code, "--people", str(people), "--inside", folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: list[Row] = json.loads(done.stdout)
    return found


def _measure(folder: Path, people: int) -> list[Row]:
    _start(folder)
    from amparo.world import build
    from amparo.world.seeds import REPORT_SEED

    build.build(folder / "world", people=people, seed=REPORT_SEED, today=TODAY)
    rows, touched = _hand_in(folder, people)
    rows += _link_and_project(people, touched)
    rows += _pages(people)
    return [*rows, _row("peak memory of the process", people, _peak_megabytes(), "MB", "")]


def _start(folder: Path) -> None:
    """An empty installation in the folder."""
    os.environ |= {"AMPARO_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    (folder / "data" / "static").mkdir(parents=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)


def _hand_in(folder: Path, people: int) -> tuple[list[Row], list[object]]:
    from django.utils import timezone

    from amparo.access.actors import MACHINE
    from amparo.registries.actions.deliver import deliver

    rows: list[Row] = []
    touched: list[object] = []
    for source, name in FILES.items():
        start = time.perf_counter()
        with (folder / "world" / "exports" / "2" / name).open("rb") as content:
            taken = deliver(actor=MACHINE, source=source, content=content, at=timezone.now())
        seconds = time.perf_counter() - start
        total = taken.new + taken.set_aside
        touched += taken.touched
        rows.append(_row(f"import {source}", people, total / seconds, "rows/s", "≥ 2,000", rows=total))
    return rows, touched


def _link_and_project(people: int, touched: Sequence[object]) -> list[Row]:
    from django.utils import timezone

    from amparo.access.actors import MACHINE
    from amparo.casework.actions import rebuild
    from amparo.registries.actions import linking

    now = timezone.now()
    linked, link_seconds = _timed(lambda: linking.link_waiting(actor=MACHINE, at=now))
    persons, first_seconds = _timed(lambda: rebuild.everything(at=now))
    _, again_seconds = _timed(lambda: rebuild.as_of(at=now))
    return [
        _row("linking, training included", people, len(linked.records) / link_seconds, "records/s", ""),
        _row("persons made of records", people, first_seconds, "s", "", persons=persons),
        _row("obligations of everybody recomputed", people, again_seconds, "s", "≤ 60 at 50,000"),
    ]


def _pages(people: int) -> list[Row]:
    """Search boxes filled with what people remember, and threads opened, by a UPE worker of Madre de Dios."""
    from django.test import Client

    client, found = Client(SERVER_NAME="localhost"), _worker()
    client.force_login(found)
    draw = random.Random(people)
    words = list(_remembered(draw))
    threads = draw.choices(_reachable(found), k=PAGES)
    search = [
        _milliseconds(lambda text=text: client.post("/buscar/", {"text": text, "purpose": "ATENCION"}))
        for text in words
    ]
    thread = [_milliseconds(lambda person=person: client.get(f"/personas/{person}/")) for person in threads]
    todo = [_milliseconds(lambda: client.get("/lista/?de=todos")) for _ in range(30)]
    return [
        _row("search, p95", people, _p95(search), "ms", "≤ 150"),
        _row("thread page, p95", people, _p95(thread), "ms", "≤ 150"),
        _row("list page, p95", people, _p95(todo), "ms", ""),
    ]


def _worker() -> object:
    from django.utils import timezone

    from amparo.access.actions import NewUser, create_user
    from amparo.access.actors import MACHINE

    user = NewUser("bench", "Banco de Pruebas", "mimp-upe", "mimp", "mimp-upe-madre-de-dios")
    return create_user(actor=MACHINE, user=user, password="not-used-for-signing-in", at=timezone.now())


def _reachable(user: object) -> list[object]:
    from amparo.access.queries import actor_of
    from amparo.casework.queries import persons

    return list(persons.visible(actor_of(user)).values_list("id", flat=True)[:5000])  # type: ignore[arg-type]


def _remembered(draw: random.Random) -> Iterator[str]:
    """What somebody types: one given name and one surname of a known person, in either order, half of them misspelt."""
    from amparo.registries.queries import identities, records

    chosen = draw.sample(records.all_ids(), PAGES * 2)
    named = [identity.fields for identity in identities.of_records(chosen).values()]
    told = [
        fields for fields in named if min(len(fields.given.split()[0]) if fields.given else 0, len(fields.surname1)) > 2
    ][:PAGES]
    for fields in told:
        parts = [fields.given.split()[0], fields.surname1]
        draw.shuffle(parts)
        text = " ".join(parts).lower()
        yield text.replace("v", "b").replace("z", "s") if draw.random() < 0.5 else text


def _milliseconds(ask: Callable[[], object]) -> float:
    answer, seconds = _timed(ask)
    if answer.status_code != 200:  # type: ignore[attr-defined]
        raise RuntimeError(f"a page answered {answer.status_code}")  # type: ignore[attr-defined]
    return seconds * 1000


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _row(figure: str, people: int, value: object, unit: str, goal: str, **more: object) -> Row:
    shown = round(value, 1) if isinstance(value, float) else value
    return {"figure": f"{figure} ({people:,} people)", "value": shown, "unit": unit, "goal": goal, **more}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
