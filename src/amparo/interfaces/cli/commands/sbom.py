"""``amparo sbom``: says what this installation is made of, for whoever has to know when a library turns out unsafe."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from amparo.interfaces.cli import bill_of_materials, plain_files
from amparo.interfaces.cli.language import Text

_OUT = Text("dónde escribirla (si no, en la salida)", "where to write it (else to the output)")
_DONE = Text("Escrita en {path}: {count} componentes.", "Written to {path}: {count} components.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where the bill goes."""
    parser.add_argument("--out", metavar="FILE", type=Path, help=str(_OUT))


def run(options: argparse.Namespace) -> int:
    """Write the bill of materials as CycloneDX."""
    bill = bill_of_materials.bill()
    text = json.dumps(bill, ensure_ascii=False, indent=2) + "\n"
    plain_files.put(text, options.out)
    if options.out:
        print(_DONE.fill(path=options.out, count=len(bill["components"])))
    return 0
