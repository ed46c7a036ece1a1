"""Plain CSV files in any dress, read row by row, and files written whole or not at all."""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TextIO, TypeVar

from amparo.interfaces.cli.failures import WRONG_USE, Refused
from amparo.interfaces.cli.language import Text

if TYPE_CHECKING:
    from amparo.registries.readers.headers import Spec

R = TypeVar("R")
_NOT_READ = Text(
    "No se pudo leer el archivo {file}. Compruebe que existe y que puede abrirlo.",
    "The file {file} could not be read. Check that it exists and that you may open it.",
)
_EMPTY = Text("El archivo {file} está vacío.", "The file {file} is empty.")
_NOT_WRITTEN = Text("No se pudo escribir {file}: {why}.", "{file} could not be written: {why}.")
_CUT = Text(
    "{file}, fila {row}: apartada, tiene {found} celdas y el encabezado {expected}.",
    "{file}, row {row}: set aside, it has {found} cells and the header {expected}.",
)
_TWICE = Text(
    "El record_id de la fila {row} de {file} ya apareció en la fila {first_row} de {first_file}. Cada registro necesita"
    " un record_id propio.",
    "The record_id in row {row} of {file} was already in row {first_row} of {first_file}. Each record needs a"
    " record_id of its own.",
)
_SAME_FILE = Text(
    "{file} es a la vez archivo de entrada y de salida. Elija otro nombre para la salida.",
    "{file} is both an input and an output. Choose another name for the output.",
)


@dataclass(slots=True)
class Taken(Generic[R]):
    """What was read: the records, where each was, rows set aside as sentences, and unread values by column."""

    records: list[R] = field(default_factory=list)
    seen: dict[str, tuple[Path, int]] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def note(self, record_id: str, path: Path, row: int) -> None:
        """Note where a record was read, and refuse a second one of that number."""
        first = self.seen.setdefault(record_id, (path, row))
        if first != (path, row):
            raise Refused(_TWICE.fill(file=path.name, row=row, first_file=first[0].name, first_row=first[1]))


def rows(
    path: Path, spec: Spec, check: Callable[[Path, Sequence[str]], None], set_aside: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column, each with its number as a spreadsheet shows it.

    ``check`` is given the columns first and raises :class:`Refused` where they will not do. Rows that are longer than
    the header are added to ``set_aside`` as sentences.
    """
    from amparo.registries.readers import delimited, text
    from amparo.registries.readers.limits import Limits

    limits = Limits(rows=10_000_000)
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(_NOT_READ.fill(file=path)) from error
    with file:
        if path.is_dir() or not file.read(1):
            raise Refused(_EMPTY.fill(file=path.name))
        encoding = text.encoding_of(file)
        separator, header, _ = delimited.separator_of(file, encoding, spec, limits, 1)
        columns = header.columns if header else ()
        check(path, columns)
        for number, row in enumerate(delimited.rows(file, encoding, separator, limits), start=1):
            if number == 1 or not any(map(str.strip, row)):
                continue
            if any(map(str.strip, row[len(columns) :])):
                set_aside.append(_CUT.fill(file=path.name, row=number, found=len(row), expected=len(columns)))
                continue
            yield number, {name: value for name, value in zip(columns, row, strict=False) if name}


def refuse_to_overwrite(inputs: Iterable[Path], outputs: Sequence[Path]) -> None:
    """Refuse an output that is an input, or two outputs that are one."""
    taken = {file.resolve() for file in inputs}
    for file in outputs:
        if file.resolve() in taken:
            raise Refused(_SAME_FILE.fill(file=file), WRONG_USE)
        taken.add(file.resolve())


def refuse_unwritable(outputs: Iterable[Path | None]) -> None:
    """Refuse files that cannot be written, before something is done that cannot be undone; None stands for no file."""
    for file in filter(None, outputs):
        with whole(file, keep=False):
            pass


def put(text: str, path: Path | None) -> None:
    """Write a text whole or not at all, or to the output where no file is named."""
    if path is None:
        sys.stdout.write(text)
        return
    with whole(path) as file:
        file.write(text)


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write a CSV file whole or not at all."""
    with whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


@contextmanager
def whole(path: Path, *, keep: bool = True) -> Iterator[TextIO]:
    """A text file to write to, which is there under its name only when all of it is written; without ``keep``, never.

    Raises :class:`Refused` where it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        os.replace(unfinished, path) if keep else unfinished.unlink()
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise Refused(_NOT_WRITTEN.fill(file=path, why=error.strerror or type(error).__name__)) from error
