"""``amparo encode FILE --out FILE --secret-file FILE``: what an institution hands over that may not hand over names.

What is written holds numbers of records, dates of registration and keyed encodings: no name, document, birth or place.
The secret is read from a file, never from the command line, which other accounts of a machine can see.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import encoded_files, installation, plain_files, secret_file
from amparo.interfaces.cli.failures import WRONG_USE, Refused
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.plain_files import Taken

if TYPE_CHECKING:
    from amparo.engines.linkage.encoded.encoding import Encoding

_FILE = Text("archivo CSV con las columnas de amparo link", "CSV file with the columns of amparo link")
_OUT = Text("dónde escribir lo codificado", "where to write the encodings")
_SECRET = Text(
    "archivo con el secreto que comparten las instituciones", "file with the secret that the institutions share"
)
_NEW = Text("crea un secreto nuevo en este archivo y termina", "makes a new secret in this file and ends")
_NEEDED = Text(
    "Indique el archivo, --out y --secret-file; o --new-secret para crear un secreto.",
    "Give the file, --out and --secret-file; or --new-secret to make a secret.",
)
_MADE = Text(
    "Secreto creado en {file}. Entréguelo en mano, o cifrado, solo a quienes codifican; nunca a quien une ni junto con"
    " los archivos. Quien lo tenga puede averiguar los nombres.",
    "Secret made in {file}. Hand it over in person, or encrypted, only to those who encode; never to whoever links, nor"
    " together with the files. Whoever has it can find out the names.",
)
_DONE = Text(
    "{records} registros codificados en {file}, {set_aside} apartados. Codificación {label}.",
    "{records} records encoded into {file}, {set_aside} set aside. Encoding {label}.",
)
_UNREAD = Text(
    "En la columna {column}, {count} valores no se entendieron y se tomaron como vacíos.",
    "In column {column}, {count} values could not be read and were taken as empty.",
)
_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the file, what to write, and the secret's file."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=str(_FILE))
    parser.add_argument("--out", type=Path, metavar="ENCODED.csv", help=str(_OUT))
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=str(_SECRET))
    parser.add_argument("--new-secret", type=Path, metavar="FILE", help=str(_NEW))
    installation.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make a secret, or encode a file; exit code 1 where rows were set aside, 3 where it cannot be done at all."""
    if options.new_secret:
        secret_file.make(options.new_secret)
        print(_MADE.fill(file=options.new_secret))
        return 0
    return _encode(options)


def _encode(options: argparse.Namespace) -> int:
    from amparo.engines.linkage.encoded.encoding import COLUMNS

    if not (options.file and options.out and options.secret_file):
        raise Refused(str(_NEEDED), WRONG_USE)
    plain_files.refuse_to_overwrite((options.file, options.secret_file), (options.out,))
    taken: Taken[Encoding] = Taken()
    encoded_files.encode(options.file, options.secret_file, taken)
    plain_files.write(options.out, COLUMNS, (list(record.row().values()) for record in taken.records))
    _report(options, taken)
    return 1 if taken.set_aside else 0


def _report(options: argparse.Namespace, taken: Taken[Encoding]) -> None:
    label = taken.records[0].label if taken.records else "-"
    told = {"records": len(taken.records), "set_aside": len(taken.set_aside), "label": label}
    if options.json:
        print(json.dumps({**told, "unread": dict(taken.unread)}, ensure_ascii=False, indent=2))
    else:
        print(_DONE.fill(file=options.out, **told))
    for sentence in taken.set_aside[:_SHOWN]:
        print(sentence, file=sys.stderr)
    for column, count in sorted(taken.unread.items()):
        print(_UNREAD.fill(column=column, count=count), file=sys.stderr)
