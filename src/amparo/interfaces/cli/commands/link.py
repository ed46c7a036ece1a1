"""``amparo link A.csv B.csv … --out clusters.csv``: which rows of plain files are about one human being.

No database, no server, no labels: the weights and thresholds come from the files themselves. What is written holds
numbers of records, never a name or a document.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

if TYPE_CHECKING:
    from amparo.engines.linkage.fields import Fields
    from amparo.engines.linkage.pairs import ScoredPair
    from amparo.registries.readers.headers import Spec

_FILES = Text("archivos CSV, uno o varios", "CSV files, one or several")
_OUT = Text("dónde escribir record_id,cluster_id", "where to write record_id,cluster_id")
_PAIRS = Text(
    "dónde escribir record_id_l,record_id_r,score,verdict", "where to write record_id_l,record_id_r,score,verdict"
)
_ENGINE = Text("duckdb (aquí mismo) o spark (extra aparte)", "duckdb (in this process) or spark (an extra)")
_NO_SPARK = Text(
    "El motor spark es un extra que esta instalación no tiene. Use --engine duckdb, que da lo mismo en un solo equipo.",
    "The spark engine is an extra that this installation does not have. Use --engine duckdb: it gives the same on one"
    " machine.",
)
_NOT_READ = Text(
    "No se pudo leer el archivo {file}. Compruebe que existe y que puede abrirlo.",
    "The file {file} could not be read. Check that it exists and that you may open it.",
)
_EMPTY = Text("El archivo {file} está vacío.", "The file {file} is empty.")
_NO_COLUMN = Text(
    "El archivo {file} no tiene la columna {column} en su primera fila. Columnas que se leen: {columns}.",
    "The file {file} lacks the column {column} in its first row. Columns that are read: {columns}.",
)
_NOTHING_TO_COMPARE = Text(
    "El archivo {file} no tiene ninguna columna con qué comparar (nombres, ap_paterno, num_doc …).",
    "The file {file} has no column to compare by (nombres, ap_paterno, num_doc …).",
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
_NOT_WRITTEN = Text("No se pudo escribir {file}: {why}.", "{file} could not be written: {why}.")
_SET_ASIDE = Text(
    "{file}, fila {row}: apartada, no tiene record_id.", "{file}, row {row}: set aside, it has no record_id."
)
_CUT = Text(
    "{file}, fila {row}: apartada, tiene {found} celdas y el encabezado {expected}.",
    "{file}, row {row}: set aside, it has {found} cells and the header {expected}.",
)
_UNREAD = Text(
    "En la columna {column}, {count} valores no se entendieron y se tomaron como vacíos.",
    "In column {column}, {count} values could not be read and were taken as empty.",
)
_FEW = Text(
    "Son pocos registros para aprender de ellos: se usan los pesos que trae Amparo, más prudentes.",
    "These are too few records to learn from: the weights that come with Amparo are used, which are more careful.",
)
_DONE = Text(
    "{records} registros, {clusters} personas; {joined} pares unidos, {asked} por preguntar. {seconds} s.",
    "{records} records, {clusters} people; {joined} pairs joined, {asked} to ask about. {seconds} s.",
)
_SHOWN = 20
_SEED = 28950
# From so many records on, several processes are worth starting.
_MANY = 5_000
_WRONG_USE, _COULD_NOT = 2, 3


class _Refused(Exception):
    """The files cannot be linked as they are; the message is for the user."""

    def __init__(self, sentence: str, code: int = _COULD_NOT) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(slots=True)
class _Taken:
    """What was read: the records, where each was, rows set aside as sentences, and unread values by column."""

    records: list[Fields] = field(default_factory=list)
    seen: dict[str, tuple[Path, int]] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the files and what to write."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=str(_FILES))
    parser.add_argument("--out", required=True, type=Path, metavar="CLUSTERS.csv", help=str(_OUT))
    parser.add_argument("--pairs", type=Path, metavar="PAIRS.csv", help=str(_PAIRS))
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help=str(_ENGINE))
    installation.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Link the files; exit code 1 where rows were set aside, 3 where a file cannot be used at all."""
    try:
        return _run(options)
    except _Refused as refused:
        print(refused, file=sys.stderr)
        return refused.code


def _run(options: argparse.Namespace) -> int:
    started = time.perf_counter()
    _check(options)
    taken = _Taken()
    for file in options.files:
        _take(file, taken)
    trained, pairs, groups = _linked(taken.records)
    _write(options.out, ("record_id", "cluster_id"), _cluster_rows(taken.records, groups))
    if options.pairs:
        _write(options.pairs, ("record_id_l", "record_id_r", "score", "verdict"), _pair_rows(pairs))
    verdicts = Counter(pair.verdict for pair in pairs)
    told: dict[str, object] = {
        "records": len(taken.records),
        "clusters": len(groups),
        "joined": verdicts["join"],
        "asked": verdicts["ask"],
        "seconds": round(time.perf_counter() - started, 1),
    }
    _report(options, taken, told, trained=trained)
    return 1 if taken.set_aside else 0


def _check(options: argparse.Namespace) -> None:
    """Refuse what can be refused before anything is read."""
    if options.engine == "spark":
        raise _Refused(str(_NO_SPARK))
    inputs = {file.resolve() for file in options.files}
    outputs = [file for file in (options.out, options.pairs) if file]
    for file in outputs:
        if file.resolve() in inputs or (len(outputs) == 2 and outputs[0].resolve() == outputs[1].resolve()):
            raise _Refused(_SAME_FILE.fill(file=file), _WRONG_USE)


def _take(path: Path, taken: _Taken) -> None:
    """Read one file of any encoding and separator that the readers of deliveries know."""
    from amparo.engines.linkage import plain

    for row, values in _rows(path, taken):
        fields, unread = plain.read(values)
        if not fields.record_id:
            taken.set_aside.append(_SET_ASIDE.fill(file=path.name, row=row))
            continue
        first = taken.seen.setdefault(fields.record_id, (path, row))
        if first != (path, row):
            raise _Refused(_TWICE.fill(file=path.name, row=row, first_file=first[0].name, first_row=first[1]))
        taken.records.append(fields)
        taken.unread.update(unread)


def _rows(path: Path, taken: _Taken) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column, each with its number as a spreadsheet shows it."""
    from amparo.registries.readers import delimited, text
    from amparo.registries.readers.limits import Limits

    limits = Limits(rows=10_000_000)
    spec = _spec()
    try:
        file = path.open("rb")
    except OSError as error:
        raise _Refused(_NOT_READ.fill(file=path)) from error
    with file:
        if path.is_dir() or not file.read(1):
            raise _Refused(_EMPTY.fill(file=path.name))
        encoding = text.encoding_of(file)
        separator, header, _ = delimited.separator_of(file, encoding, spec, limits, 1)
        columns = header.columns if header else ()
        _check_columns(path, columns)
        for number, row in enumerate(delimited.rows(file, encoding, separator, limits), start=1):
            if number == 1 or not any(map(str.strip, row)):
                continue
            if any(map(str.strip, row[len(columns) :])):
                cut = _CUT.fill(file=path.name, row=number, found=len(row), expected=len(columns))
                taken.set_aside.append(cut)
                continue
            yield number, {name: value for name, value in zip(columns, row, strict=False) if name}


def _spec() -> Spec:
    from amparo.engines.linkage import plain
    from amparo.registries.readers.headers import Spec

    return Spec.of("link", [(name, also, name == "record_id") for name, also in plain.COLUMNS.items()])


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    from amparo.engines.linkage import plain

    if "record_id" not in columns:
        told = ", ".join(plain.COLUMNS)
        raise _Refused(_NO_COLUMN.fill(file=path.name, column="record_id", columns=told))
    if not set(columns) & {"nombres", "ap_paterno", "ap_materno", "alias", "num_doc"}:
        raise _Refused(_NOTHING_TO_COMPARE.fill(file=path.name))


def _linked(records: Sequence[Fields]) -> tuple[bool, list[ScoredPair], list[frozenset[str]]]:
    """Whether weights were learnt, the pairs with their verdicts, and the people; the same whatever the rows' order."""
    from amparo.engines.linkage import batch, train
    from amparo.pack import loader, location

    tables = loader.load(location.default()).names
    ordered = sorted(records, key=lambda record: record.record_id)
    model = train.train(ordered, tables, seed=_SEED)
    pairs = batch.link(ordered, model, tables, processes=_processes(len(ordered)))
    groups = batch.people((record.record_id for record in ordered), pairs)
    return model.origin == "trained", batch.as_joined(pairs, groups), groups


def _processes(records: int) -> int:
    return min(os.cpu_count() or 1, 8) if records >= _MANY else 1


def _cluster_rows(records: Iterable[Fields], groups: Iterable[frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Every record in the order it was read in; a cluster is called by a number that its first record gives it."""
    ordered = sorted(groups, key=min)
    name = {record: f"c{number:07d}" for number, group in enumerate(ordered, start=1) for record in group}
    return ((record.record_id, name[record.record_id]) for record in records)


def _pair_rows(pairs: Iterable[ScoredPair]) -> Iterator[tuple[str, str, str, str]]:
    from amparo.engines.linkage.decide import standing

    for pair in pairs:
        yield pair.left, pair.right, f"{standing(pair.score, pair.contradictions):.4f}", pair.verdict


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise _Refused(_NOT_WRITTEN.fill(file=path, why=error.strerror or type(error).__name__)) from error


def _report(options: argparse.Namespace, taken: _Taken, told: dict[str, object], *, trained: bool) -> None:
    if options.json:
        more = {"set_aside": len(taken.set_aside), "unread": dict(taken.unread), "trained": trained}
        print(json.dumps({**told, **more, "engine": options.engine}, ensure_ascii=False, indent=2))
    else:
        print(_DONE.fill(**told))
    said = [*taken.set_aside[:_SHOWN], *(_UNREAD.fill(column=c, count=n) for c, n in sorted(taken.unread.items()))]
    if not trained:
        said.append(str(_FEW))
    for sentence in said:
        print(sentence, file=sys.stderr)
