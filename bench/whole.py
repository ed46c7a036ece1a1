"""The whole way at 2,000 and at 50,000 people: hand in, link, project, then search and read threads as a worker does.

Each size is built by one process and measured by another, so that the memory of each is its own. ``--data DIR`` keeps
the installations in ``DIR/2000`` and ``DIR/50000``: the next run measures pages and the recomputing again without
building anew, and gives the figures of building as they were then. Times of pages are those of the whole request inside
the process (middleware, view, template), without the network.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import _built
from bench._built import timed
from bench._figures import Row, peak_megabytes, row

SIZES = (2_000, 50_000)
PAGES = 200
LISTS = 30
PASSWORD = "known-only-in-a-benchmark"


def main(arguments: Sequence[str]) -> int:
    """Measure one size, or both."""
    parser = argparse.ArgumentParser(prog="bench whole")
    parser.add_argument("--people", type=int)
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep what is built here and use it again")
    parser.add_argument("--part", choices=("build", "measure"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part == "build":
        _built.build(options.data, options.people)
    elif options.part == "measure":
        print(json.dumps(_measure(options.data, options.people)))
    else:
        sizes = [options.people] if options.people else SIZES
        print(json.dumps([found for people in sizes for found in _of(people, options.data)]))
    return 0


def _of(people: int, kept: Path | None) -> list[Row]:
    """The figures of one size, in a folder that is kept or in one that is not."""
    if kept:
        return _measured(people, kept / str(people))
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        return _measured(people, Path(folder))


def _measured(people: int, folder: Path) -> list[Row]:
    if _built.measured(folder) is None:
        _in_own_process("build", people, folder)
    found: list[Row] = json.loads(_in_own_process("measure", people, folder))
    return [*(_built.measured(folder) or ()), *found]


def _in_own_process(part: str, people: int, folder: Path) -> str:
    code = "import sys; from bench.whole import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "--part", part, "--people", str(people), "--data", str(folder)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def _measure(folder: Path, people: int) -> list[Row]:
    """Recomputing first, because its helpers are copies of this process and want it small."""
    _built.enter(folder)
    from django.utils import timezone

    from amparo.casework.actions import rebuild

    processes = os.cpu_count() or 1
    _built.say("recompute")
    count, seconds = timed(lambda: rebuild.as_of(at=timezone.now(), processes=processes))
    _built.say("pages")
    return [
        row("obligations of everybody recomputed", people, seconds, "s", "≤ 60 at 50,000", persons=count),
        *_pages(people),
        row("peak memory while measuring", people, peak_megabytes(), "MB"),
    ]


def _pages(people: int) -> list[Row]:
    """Search boxes filled with what people remember, and threads opened, by a UPE worker of Madre de Dios."""
    from django.test import Client

    from amparo.access import trawling
    from amparo.casework.queries import looks

    # It asks and opens more than anybody may; a refusal would be quick and say nothing of a search or a thread.
    trawling.LIMITS, looks.MOST_IN_A_DAY = (), 10_000
    client, found = Client(SERVER_NAME="localhost"), worker()
    client.force_login(found)
    draw = random.Random(people)
    words = list(_remembered(draw))
    threads = draw.choices(reachable(found), k=PAGES)
    search = [
        _milliseconds(lambda text=text: client.post("/buscar/", {"text": text, "purpose": "ATENCION"}))
        for text in words
    ]
    thread = [_milliseconds(lambda person=person: client.get(f"/personas/{person}/")) for person in threads]
    todo = [_milliseconds(lambda: client.get("/lista/?de=todos")) for _ in range(LISTS)]
    return [
        row("search, p95", people, p95(search), "ms", "≤ 150"),
        row("thread page, p95", people, p95(thread), "ms", "≤ 150"),
        row("list page, p95", people, p95(todo), "ms", "≤ 150"),
    ]


def worker() -> object:
    """A worker of the UPE of Madre de Dios, made at the first call."""
    from django.utils import timezone

    from amparo.access.actions import NewUser, create_user
    from amparo.access.actors import MACHINE
    from amparo.access.models import User

    known = User.objects.filter(username="bench").first()
    if known:
        return known
    user = NewUser("bench", "Banco de Pruebas", "mimp-upe", "mimp", "mimp-upe-madre-de-dios")
    return create_user(actor=MACHINE, user=user, password=PASSWORD, at=timezone.now())


def reachable(user: object) -> list[object]:
    """Persons whom she may open, five thousand at most."""
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
    answer, seconds = timed(ask)
    if answer.status_code != 200:  # type: ignore[attr-defined]
        raise RuntimeError(f"a page answered {answer.status_code}")  # type: ignore[attr-defined]
    return seconds * 1000


def p95(values: Sequence[float]) -> float:
    """What all but a twentieth stay below."""
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
