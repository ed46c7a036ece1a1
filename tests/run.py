"""Runs every check of the project and says at the end what passed, what failed and what this machine lacks.

``./amparo test`` calls it with the Python of .venv. ``--fast`` leaves out PostgreSQL, Spark and the browser. What
follows ``--`` goes to one run of pytest on SQLite, and nothing else runs: ``./amparo test -- tests/unit -k route``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from amparo.engines.linkage.em import spark
from amparo.interfaces.cli.language import Text
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
WORKERS = ["-n", str(min(os.cpu_count() or 1, 4))]
PYTEST = [sys.executable, "-m", "pytest", "--no-header"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_NO_SERVER = Text(
    "PostgreSQL: no está en esta máquina; sus pruebas no corrieron. Para tenerlo: apt install postgresql, o"
    " AMPARO_TEST_POSTGRES=postgresql://usuario:clave@servidor",
    "PostgreSQL: not on this machine; its tests did not run. To have it: apt install postgresql, or"
    " AMPARO_TEST_POSTGRES=postgresql://user:password@server",
)
_NO_BROWSER = Text(
    "Navegador: no hay Chromium; los recorridos no corrieron. Para tenerlo: apt install chromium, o"
    " AMPARO_CHROMIUM=ruta",
    "Browser: there is no Chromium; the journeys did not run. To have it: apt install chromium, or"
    " AMPARO_CHROMIUM=path",
)
_NO_SPARK = Text(
    "Spark: falta {lacking}; sus pruebas no corrieron. Para tenerlo: ./amparo install spark y apt install"
    " default-jre-headless",
    "Spark: {lacking} is missing; its tests did not run. To have it: ./amparo install spark and apt install"
    " default-jre-headless",
)
_PASSED, _FAILED = Text("pasó", "passed"), Text("FALLÓ", "FAILED")
_TOTAL = Text("Total: {seconds:.0f} s", "Total: {seconds:.0f} s")


@dataclass(slots=True)
class Report:
    """What ran, in order: the name of the stage, how it ended, its seconds and its closing line."""

    stages: list[tuple[str, bool, float, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def stage(self, name: str, command: Sequence[object], **variables: str) -> None:
        """Run one stage, letting its output through as it comes."""
        print(f"\n── {name} ──", flush=True)
        started = time.monotonic()
        code, last = _through([str(word) for word in command], variables)
        seconds = time.monotonic() - started
        self.stages.append((name, code == 0, seconds, last if "pytest" in command else ""))
        print(f"{name}: {_PASSED if code == 0 else _FAILED}  {seconds:.1f} s", flush=True)

    def close(self, seconds: float) -> int:
        """Print the summary; the exit code is 1 where any stage failed."""
        print("\n" + "─" * 60)
        for name, good, spent, last in self.stages:
            print(f"{_PASSED if good else _FAILED!s:<7} {name:<28} {spent:6.1f} s  {last}".rstrip())
        for note in self.notes:
            print(note)
        print(_TOTAL.fill(seconds=seconds), flush=True)
        return 0 if all(good for _, good, _, _ in self.stages) else 1


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; returns 0 if all of it passed."""
    parser = argparse.ArgumentParser(prog="./amparo test", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="without PostgreSQL, Spark and browser")
    parser.add_argument("pytest", nargs="*", help="after --: arguments of one run of pytest")
    options = parser.parse_args(arguments)
    started, report = time.monotonic(), Report()
    if options.pytest:
        report.stage("pytest", [*PYTEST, *options.pytest])
        return report.close(time.monotonic() - started)
    _static(report)
    report.stage("pytest, SQLite", [*PYTEST, *WORKERS, *_folders("unit", "architecture", "commands", "integration")])
    if not options.fast:
        _on_postgres(report)
        _with_spark(report)
        _journeys(report)
    return report.close(time.monotonic() - started)


def _static(report: Report) -> None:
    """The checks that read the program without running it."""
    django = [sys.executable, "-W", "error", "-m", "django"]
    settings = {"DJANGO_SETTINGS_MODULE": "amparo.config.settings.test"}
    report.stage("ruff", [BIN / "ruff", "check", ".", "amparo"])
    report.stage("ruff format", [BIN / "ruff", "format", "--check", "."])
    report.stage("mypy --strict", [BIN / "mypy"])
    report.stage("import-linter", [BIN / "lint-imports"])
    report.stage("makemigrations --check", [*django, "makemigrations", "--check", "--dry-run"], **settings)


def _on_postgres(report: Report) -> None:
    """The integration tests once more, on PostgreSQL, the vault in a database of its own."""
    with postgres.server() as server:
        if server is None:
            report.notes.append(str(_NO_SERVER))
            return
        report.stage(
            "pytest, PostgreSQL",
            [*PYTEST, *WORKERS, *_folders("integration")],
            AMPARO_TEST_DATABASE=server.database("amparo"),
            AMPARO_TEST_VAULT_DATABASE=server.database("amparo_vault"),
        )


def _with_spark(report: Report) -> None:
    """Linking with Spark, beside linking with DuckDB."""
    if lacking := spark.lacking():
        report.notes.append(_NO_SPARK.fill(lacking=lacking))
        return
    report.stage("pytest, Spark", [*PYTEST, *_folders("spark")])


def _journeys(report: Report) -> None:
    """What people do in the browser, page by page."""
    browser = os.environ.get("AMPARO_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        report.notes.append(str(_NO_BROWSER))
        return
    report.stage("pytest, journeys", [*PYTEST, *_folders("journeys")], AMPARO_CHROMIUM=browser)


def _folders(*names: str) -> list[str]:
    return [f"tests/{name}" for name in names]


def _through(command: list[str], variables: dict[str, str]) -> tuple[int, str]:
    """Run a command with its output passed on; returns its exit code and the last line that it wrote."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables}
    if sys.stdout.isatty():
        environment["FORCE_COLOR"] = "1"
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    last = ""
    for raw in process.stdout or ():
        line = raw.decode(errors="replace")
        print(line, end="", flush=True)
        last = line.strip(" =\n") or last
    return process.wait(), last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
