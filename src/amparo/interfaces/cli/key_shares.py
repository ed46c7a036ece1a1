"""``amparo keys split`` and ``amparo keys join``: the root key on sheets for several people's safes, and back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.interfaces.cli import failures, installation, plain_files
from amparo.interfaces.cli.failures import Refused
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

if TYPE_CHECKING:
    from amparo.vault.shares import Share

_SPLIT = Text(
    "reparte la llave raíz en hojas para imprimir: con menos de las necesarias no se sabe nada de ella",
    "splits the root key into sheets to print: fewer than are needed tell nothing of it",
)
_JOIN = Text(
    "junta las partes y escribe la llave raíz en un archivo nuevo",
    "puts shares together and writes the root key into a new file",
)
_OF, _NEEDED = (
    Text("cuántas hojas (si no, 5)", "how many sheets (else 5)"),
    Text("cuántas hacen falta (si no, 3)", "how many are needed (else 3)"),
)
_TO = Text("carpeta nueva para las hojas", "new folder for the sheets")
_FILES = Text(
    "archivos con una parte cada uno; sin ninguno, se escriben a mano",
    "files with one share each; without any, they are typed",
)
_OUT = Text("archivo nuevo para la llave raíz", "new file for the root key")
_SHEET = Text(
    "AMPARO · Parte {number} de la llave raíz {name}\n\n{text}\n\n"
    "Con {needed} de las {of} partes se vuelve a tener la llave que abre todos los nombres. Guárdela sola,\n"
    "bajo llave, en un sobre cerrado y firmado. No la fotografíe ni la envíe; no la guarde junto a otra parte ni a\n"
    "una copia de seguridad. Para juntarlas: amparo keys join --out ARCHIVO\n",
    "AMPARO · Share {number} of the root key {name}\n\n{text}\n\n"
    "With {needed} of the {of} shares there is again the key that opens every name. Lock it up, alone, in an envelope\n"
    "that is closed and signed. Take no picture of it and do not send it; keep it with no other share and no backup.\n"
    "To put them together: amparo keys join --out FILE\n",
)
_MADE = Text(
    "{of} hojas en {folder}; {needed} devuelven la llave raíz {name}. Imprímalas donde no quede copia, déselas a {of}"
    " personas de oficinas distintas, pruébelas hoy con «amparo keys join» y borre la carpeta.",
    "{of} sheets in {folder}; {needed} give the root key {name} back. Print them where no copy stays, give them to {of}"
    " people of different offices, try them today with “amparo keys join”, and delete the folder.",
)
_TYPE = Text(
    "Escriba la parte (líneas como en el papel; una línea vacía la termina):",
    "Type the share (lines as on the paper; an empty line ends it):",
)
_TAKEN = Text("Parte {number}: bien. Van {found} de {needed}.", "Share {number}: good. {found} of {needed}.")
_AGAIN = Text("Esa no: {why}", "Not that one: {why}")
_JOINED = Text(
    "La llave raíz {name} está en {file}. Para usarla: AMPARO_ROOT_KEY_FILE={file}",
    "The root key {name} is in {file}. To use it: AMPARO_ROOT_KEY_FILE={file}",
)
_EXISTS = Text(
    "{folder} ya existe y no se tocó. Elija una carpeta nueva.",
    "{folder} exists already and was left alone. Choose a new folder.",
)
_NOT_MADE = Text("No se pudo crear {folder}: {why}.", "{folder} could not be made: {why}.")
_NOT_READ = Text("No se pudo leer {file}: {why}.", "{file} could not be read: {why}.")
_IN_FILE = Text("{file}: {why}", "{file}: {why}")


def configure(parts: Any) -> None:
    """Add both parts to those of ``amparo keys``."""
    split = parts.add_parser("split", help=str(_SPLIT), description=str(_SPLIT))
    split.add_argument("--of", type=int, default=5, metavar="N", help=str(_OF))
    split.add_argument("--needed", type=int, default=3, metavar="N", help=str(_NEEDED))
    split.add_argument("--to", type=Path, required=True, metavar="DIR", help=str(_TO))
    installation.add_data(split)
    join = parts.add_parser("join", help=str(_JOIN), description=str(_JOIN))
    join.add_argument("shares", type=Path, nargs="*", metavar="FILE", help=str(_FILES))
    join.add_argument("--out", type=Path, required=True, metavar="FILE", help=str(_OUT))


def split(options: argparse.Namespace) -> int:
    """Write the sheets into a new folder that only whoever runs this enters."""
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.vault import roots, shares

    sheets = [options.to / f"amparo-{number}-{options.of}.txt" for number in range(1, options.of + 1)]
    shares.refuse_numbers(options.of, options.needed)
    try:
        options.to.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise Refused(_EXISTS.fill(folder=options.to)) from error
    except OSError as error:
        raise Refused(_NOT_MADE.fill(folder=options.to, why=error.strerror or type(error).__name__)) from error
    made = roots.split(author=operator().author, at=timezone.now(), number=options.of, needed=options.needed)
    told = {"of": options.of, "needed": options.needed, "name": made[0].key_name}
    for share, sheet in zip(made, sheets, strict=True):
        plain_files.put(_SHEET.fill(number=share.number, text=shares.written(share), **told), sheet)
        sheet.chmod(0o600)
    print(_MADE.fill(folder=options.to, **told))
    return 0


def join(options: argparse.Namespace) -> int:
    """Put the shares together; nothing of them or of the key is printed. It needs no installation."""
    installation.start(None)
    from amparo.vault import providers, roots

    found = _read(options.shares) if options.shares else _typed()
    key = roots.joined(found)
    providers.put_new(options.out, key)
    print(_JOINED.fill(name=providers.root_name(key), file=options.out))
    return 0


def _read(files: Iterable[Path]) -> list[Share]:
    from amparo.vault import shares

    found = []
    for file in files:
        try:
            found.append(shares.read(_share_in(file.read_text(encoding="utf-8", errors="replace"))))
        except OSError as error:
            raise Refused(_NOT_READ.fill(file=file, why=error.strerror or type(error).__name__)) from error
        except Invalid as error:
            raise Refused(_IN_FILE.fill(file=file, why=failures.sentence(error))) from error
    return found


def _share_in(text: str) -> str:
    """The share in a sheet as it was written: the paragraph behind the heading; or all of a file that has no other."""
    paragraphs = [paragraph for paragraph in text.replace("\r", "").split("\n\n") if paragraph.strip()]
    return paragraphs[1] if len(paragraphs) > 2 else text


def _typed() -> list[Share]:
    """Shares as they are typed until there are enough; one with a slip, or of another key, is asked for again.

    Where no more is typed, what there is.
    """
    from amparo.vault import shares

    found: dict[int, Share] = {}
    while not found or len(found) < next(iter(found.values())).needed:
        print(_TYPE, file=sys.stderr)
        lines, ended = _lines()
        if ended and not lines:
            break
        try:
            share = shares.read(" ".join(lines))
        except Invalid as error:
            print(_AGAIN.fill(why=failures.sentence(error)), file=sys.stderr)
            continue
        if any(other.key_name != share.key_name for other in found.values()):
            print(_AGAIN.fill(why=failures.sentence(Invalid("shares.of_another_key"))), file=sys.stderr)
            continue
        found[share.number] = share
        print(_TAKEN.fill(number=share.number, found=len(found), needed=share.needed), file=sys.stderr)
    return list(found.values())


def _lines() -> tuple[list[str], bool]:
    """What is typed until an empty line, and whether nothing can follow."""
    lines: list[str] = []
    for line in sys.stdin:
        if line.strip():
            lines.append(line)
        elif lines:
            return lines, False
    return lines, True
