"""Exchanging every key while others read and write: how long it takes, and whether anything cannot be read.

An invented world of N people is imported as their institutions export it. Then root, institutions' keys, data keys and
the blind tokens' key are exchanged with ``--data-keys``, while another process seals, reads and looks up all the time.
So is the key of digests, for which deliveries wait. Goal: nothing unreadable, during the exchange and after it.
``--people 50000`` is the full size; ``--root`` exchanges the root key alone, as ``amparo keys rotate --root`` begins.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from bench import import_rows

_AT_ONCE = 20
_ROOT, _EVERY = "root key exchanged", "every key exchanged, documents sealed again"


def main(arguments: Sequence[str]) -> int:
    """Measure and print JSON; exit code 1 where something could not be read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--root", action="store_true")
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.beside:
        return _beside()
    with tempfile.TemporaryDirectory(prefix="amparo-rotation-") as folder:
        found = _measured(Path(folder), options.people, only_root=options.root)
    print(json.dumps(found))
    return 1 if any(row["unit"] == "unreadable" and row["value"] for row in found) else 0


def _measured(folder: Path, people: int, *, only_root: bool) -> list[dict[str, object]]:
    data = folder / "data"
    exports = import_rows.world(folder / "world", people, 31)
    known = _filled(data, exports)
    command = [sys.executable, "-m", "bench.rotation", "--beside"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        began, spent = time.perf_counter(), time.process_time()
        left = _exchange(folder, only_root=only_root)
        seconds, processor = time.perf_counter() - began, time.process_time() - spent
        told, _ = other.communicate("end\n")
    beside = json.loads(told)
    lost = _lost(known)
    size = f"{people} people, {len(known)} records"
    return [
        _row(f"{size}: {_ROOT if only_root else _EVERY}", seconds, "s", ""),
        _row("of it processor time", processor, "s", ""),
        _row("values that do not open after it", lost + left, "unreadable", "0"),
        _row("readings beside it that failed", beside["failed"], "unreadable", "0"),
        _row("readings and writings beside it", beside["done"], "", ""),
        _row("the longest of them", beside["longest"] * 1000, "ms", ""),
    ]


def _filled(data: Path, exports: Path) -> dict[UUID, bytes]:
    """Import what the police and the prosecutors export and return what is sealed of each record."""
    os.environ |= {"AMPARO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    from proofs import installation

    installation.empty()
    from amparo.access.actors import MACHINE
    from amparo.registries.actions.deliver import deliver
    from amparo.registries.models import Record
    from amparo.vault import queries

    for source, name in import_rows.SOURCES.values():
        with (exports / name).open("rb") as content:
            deliver(actor=MACHINE, source=source, content=content, at=datetime.now(UTC))
    return queries.open_many(list(Record.objects.values_list("id", flat=True)), "identity")


def _exchange(folder: Path, *, only_root: bool) -> int:
    """Exchange everything, or the root alone; returns how many values do not open or were left."""
    from amparo.ledger.actions import Author
    from amparo.registries.actions import redigesting
    from amparo.registries.queries.identities import tokens_of
    from amparo.vault import roots, rotation

    author, now = Author("bench", role="terminal"), datetime.now(UTC)
    roots.rotate(author=author, at=now, new=folder / "new.key")
    if only_root:
        return 0
    redigesting.exchange(author=author, at=now)
    begun = rotation.begin(author=author, at=now, data_keys=True)
    done = rotation.run(begun, author=author, at=now, tokens_of=tokens_of)
    return done.unreadable + done.left


def _lost(known: dict[UUID, bytes]) -> int:
    from amparo.vault import keys, queries

    keys._opened.clear()
    opened = queries.open_many(known, "identity")
    return sum(opened.get(owner) != plain for owner, plain in known.items())


def _beside() -> int:
    """What others do meanwhile, until a line comes: open some records, seal a new one, look it up."""
    import select

    import django

    django.setup()
    from amparo.registries.models import Record
    from amparo.vault import queries

    records = list(Record.objects.values_list("id", flat=True))
    chance, done, failed, longest = random.Random(1), 0, 0, 0.0
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        began = time.perf_counter()
        some = chance.sample(records, min(_AT_ONCE, len(records)))
        failed += len(some) - len(queries.open_many(some, "identity"))
        failed += not _sealed_and_found()
        done, longest = done + 1, max(longest, time.perf_counter() - began)
    print(json.dumps({"done": done, "failed": failed, "longest": longest}))
    return 0


def _sealed_and_found() -> bool:
    from amparo.vault import actions, queries

    owner = uuid4()
    actions.seal_many([actions.Document(owner, "narrative", 1, "pnp", owner.bytes)])
    actions.put_tokens({owner: {str(owner)}})
    found = queries.owners_with([str(owner)]) == {owner: 1}
    return found and queries.open_many([owner], "narrative") == {owner: owner.bytes}


def _row(figure: str, value: float, unit: str, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 2), "unit": unit, "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
