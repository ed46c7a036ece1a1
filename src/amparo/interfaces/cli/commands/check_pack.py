"""``amparo check-pack``: validates a country pack and lists what in it nobody has verified."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english
from amparo.pack import checks, location
from amparo.pack.checks import Report

_PATH = Text("carpeta del paquete (si no, el de esta instalación)", "the pack's folder (else this installation's)")
_GOOD = Text("El paquete {path} está completo y coherente.", "The pack {path} is complete and consistent.")
_BAD = Text("El paquete {path} tiene {count} problemas:", "The pack {path} has {count} problems:")
_UNVERIFIED = Text(
    "Sin verificar contra su fuente ({count}); se muestran así en pantalla:",
    "Not verified against their source ({count}); they are shown so on screen:",
)
_IN_FULL_HELP = Text("muestra una por una las entradas sin verificar", "lists the unverified entries one by one")
_IN_FULL = Text("(--unverified las muestra una por una)", "(--unverified lists them one by one)")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the pack's folder and the form of the answer."""
    parser.add_argument("path", nargs="?", type=Path, help=str(_PATH))
    parser.add_argument("--unverified", action="store_true", help=str(_IN_FULL_HELP))
    installation.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check the pack; exit code 1 where it has a problem. What is unverified is listed and is no problem."""
    path = options.path or location.default()
    report = checks.check(path)
    if options.json:
        print(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
    else:
        _print(path, report, in_full=options.unverified)
    return 1 if report.problems else 0


def _print(path: Path, report: Report, *, in_full: bool) -> None:
    language = "en" if english() else "es"
    print((_BAD if report.problems else _GOOD).fill(path=path, count=len(report.problems)))
    for problem in report.problems:
        print(f"  {problem.sentence(language)}")
    if report.unverified:
        print(_UNVERIFIED.fill(count=len(report.unverified)))
        _print_unverified(report, in_full=in_full)


def _print_unverified(report: Report, *, in_full: bool) -> None:
    """Each entry with its line and what is known of its source, or how many there are in each file."""
    if in_full:
        for entry in report.unverified:
            print(f"  {entry.file}:{entry.line}: {entry.kind} {entry.code}" + (f": {entry.note}" if entry.note else ""))
        return
    for file, count in sorted(Counter(entry.file for entry in report.unverified).items()):
        print(f"  {count:>5}  {file}")
    print(f"  {_IN_FULL}")


def _as_data(report: Report) -> dict[str, object]:
    return {
        "problems": [
            {"file": problem.file, "line": problem.line, "code": problem.code, "params": dict(problem.params)}
            for problem in report.problems
        ],
        "unverified": [
            {"file": entry.file, "line": entry.line, "kind": entry.kind, "code": entry.code, "note": entry.note}
            for entry in report.unverified
        ],
    }
