"""A backup of a whole installation: how long it takes to write it and to have it back, checked, and how large it is.

An invented world of N people is handed in, linked and projected (as in ``whole``). Then a backup is written, and
restored into an empty folder with the root key there: every byte verified, rows counted, the ledger recomputed, a
thousand sealed values opened. Goal: restored in 30 minutes at 50,000 people. ``--data DIR`` keeps the installation.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from bench._figures import Row, row


def main(arguments: Sequence[str]) -> int:
    """Build where nothing is built yet, measure, and print JSON; exit code 1 where the restore is not sound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args(arguments)
    with nullcontext(options.data) if options.data else tempfile.TemporaryDirectory(prefix="amparo-backup-") as folder:
        place = Path(folder).resolve()
        _built(place, options.people)
        with tempfile.TemporaryDirectory(prefix="outside-", dir=place) as outside:
            print(json.dumps(_measured(place / "data", Path(outside), options.people)))
    return 0


def _built(folder: Path, people: int) -> None:
    """In a process of its own, because what it holds in memory is not part of a backup."""
    code = "import sys; from pathlib import Path; from bench import _built\n"
    code += "f, n = Path(sys.argv[1]), int(sys.argv[2]); _built.measured(f) or _built.build(f, n)"
    subprocess.run([sys.executable, "-c", code, str(folder), str(people)], check=True)


def _measured(live: Path, outside: Path, people: int) -> list[Row]:
    key = outside / "key"
    _amparo(live, "new-key", key)
    wrote = time.perf_counter()
    written = json.loads(
        _amparo(live, "write", "--to", outside, "--key", key / "amparo-backup.public", "--data", live, "--json")
    )
    wrote = time.perf_counter() - wrote
    new = outside / "new"
    (new / "keys").mkdir(parents=True)
    shutil.copy(live / "keys" / "root.key", new / "keys")
    words = ("--key", key / "amparo-backup.private", "--into", new, "--erasures", outside / "amparo-erasures.json")
    read = time.perf_counter()
    restored = json.loads(_amparo(new, "read", written["file"], *words, "--json"))
    read = time.perf_counter() - read
    return [
        row("backup written", people, wrote, "s", rows=written["rows"]),
        row("backup restored and checked", people, read, "s", "≤ 1,800", opened=restored["opened"]),
        row("size of the backup", people, written["bytes"] / 1_000_000, "MB"),
    ]


def _amparo(data: Path, *words: object) -> str:
    variables = os.environ | {"AMPARO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    command = [sys.executable, "-m", "amparo.interfaces.cli", "backup", *map(str, words)]
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
