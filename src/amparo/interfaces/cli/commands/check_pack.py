"""``amparo check-pack``: validates a country pack and lists what in it nobody has verified."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english
from amparo.pack import checks, location
from amparo.pack.problems import Problem, Unverified

_PATH = Text("carpeta del paquete (si no, el de esta instalación)", "the pack's folder (else this installation's)")
_GOOD = Text("El paquete {path} está completo y coherente.", "The pack {path} is complete and consistent.")
_BAD = Text("El paquete {path} tiene {count} problemas:", "The pack {path} has {count} problems:")
_UNVERIFIED = Text(
    "Sin verificar contra su fuente ({count}); se muestran así en pantalla:",
    "Not verified against their source ({count}); they are shown so on screen:",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the pack's folder and the form of the answer."""
    parser.add_argument("path", nargs="?", type=Path, help=str(_PATH))
    installation.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check the pack; exit code 1 where it has a problem. What is unverified is listed and is no problem."""
    path = options.path or location.default()
    problems, unverified = checks.check(path)
    if options.json:
        print(json.dumps(_as_data(problems, unverified), ensure_ascii=False, indent=2))
    else:
        _print(path, problems, unverified)
    return 1 if problems else 0


def _print(path: Path, problems: Sequence[Problem], unverified: Sequence[Unverified]) -> None:
    language = "en" if english() else "es"
    print(_BAD.fill(path=path, count=len(problems)) if problems else _GOOD.fill(path=path))
    for problem in problems:
        print(f"  {problem.sentence(language)}")
    if unverified:
        print(_UNVERIFIED.fill(count=len(unverified)))
    for entry in unverified:
        print(f"  {entry.file}:{entry.line}: {entry.kind} {entry.code}" + (f": {entry.note}" if entry.note else ""))


def _as_data(problems: Sequence[Problem], unverified: Sequence[Unverified]) -> dict[str, object]:
    return {
        "problems": [
            {"file": problem.file, "line": problem.line, "code": problem.code, "params": dict(problem.params)}
            for problem in problems
        ],
        "unverified": [
            {"file": entry.file, "line": entry.line, "kind": entry.kind, "code": entry.code, "note": entry.note}
            for entry in unverified
        ],
    }
