"""A demonstration that is built once and served on this machine, for the journeys to walk through."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEOPLE, SEED = 160, 2
SERIES_SAMPLE = Path(__file__).resolve().parents[2] / "packs" / "peru" / "imports" / "mininter-trata" / "sample.csv"
_COMMAND = [sys.executable, "-c", "import sys; from amparo.interfaces.cli.main import main; sys.exit(main())"]
_SECONDS_TO_START = 60


@dataclass(frozen=True)
class Installation:
    """Where a demonstration is served, and the exports that it was built from."""

    address: str
    folder: Path

    @property
    def exports(self) -> Path:
        """The second, later extraction of every register."""
        return self.folder / "world" / "exports" / "2"

    def police_rows(self) -> list[dict[str, str]]:
        """The police's export, row by row."""
        with (self.exports / "pnp-reta.csv").open(encoding="cp1252", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def protection_rows(self) -> list[dict[str, str]]:
        """The export of the units of special protection, row by row."""
        with (self.exports / "mimp-upe.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def accompanied(self) -> list[dict[str, Any]]:
        """The case sheets of the CALP."""
        return list(json.loads((self.exports / "calp.json").read_text(encoding="utf-8"))["fichas"])


def build(folder: Path) -> None:
    """An invented world of a fixed size and seed, with an official series beside it."""
    _run("demo", "--people", str(PEOPLE), "--seed", str(SEED), "--no-serve", "--data", str(folder))
    _run("import", "--source", "mininter-trata", str(SERIES_SAMPLE), "--data", str(folder))


def _run(*words: str) -> None:
    done = subprocess.run([*_COMMAND, *words], env=_environment(), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO", "DJANGO"))}
    return {**kept, "AMPARO_LANG": "es"}


@contextmanager
def served(folder: Path) -> Iterator[Installation]:
    """Serve it on a port that nobody uses, until the journeys are over."""
    port = _free_port()
    command = [*_COMMAND, "serve", "--data", str(folder), "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/salud")
            yield Installation(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
