"""``amparo link A.csv B.csv … --out clusters.csv``: which rows of plain files are about one human being.

No database, no server, no labels: the weights and thresholds come from the files themselves. What is written holds
numbers of records, never a name or a document.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.interfaces.cli import encoded_files, installation, model_files, plain_files
from amparo.interfaces.cli.failures import WRONG_USE, Refused
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.plain_files import Taken

if TYPE_CHECKING:
    from amparo.engines.linkage.encoded.encoding import Encoding
    from amparo.engines.linkage.fields import Fields
    from amparo.engines.linkage.names import NameTables
    from amparo.engines.linkage.pairs import ScoredPair
    from amparo.engines.linkage.ready import Ready
    from amparo.engines.linkage.weigh import Model
    from amparo.registries.readers.headers import Spec

_FILES = Text("archivos CSV, uno o varios", "CSV files, one or several")
_OUT = Text("dónde escribir record_id,cluster_id", "where to write record_id,cluster_id")
_PAIRS = Text(
    "dónde escribir record_id_l,record_id_r,score,verdict", "where to write record_id_l,record_id_r,score,verdict"
)
_ENGINE = Text(
    "con qué se aprenden los pesos: duckdb (aquí mismo) o spark (un extra aparte)",
    "what learns the weights: duckdb (in this process) or spark (an extra)",
)
_SECRET = Text(
    "secreto con que codificar los archivos que aún no lo están (véase amparo encode)",
    "secret with which to encode the files that are not yet encoded (see amparo encode)",
)
_LACKING = {
    "pyspark": Text(
        "El motor spark es un extra que esta instalación no tiene. Para agregarlo: ./amparo install spark (o pip"
        " install 'amparo[spark]'). Sin él, --engine duckdb da lo mismo.",
        "The spark engine is an extra that this installation does not have. To add it: ./amparo install spark (or pip"
        " install 'amparo[spark]'). Without it, --engine duckdb gives the same.",
    ),
    "java": Text(
        "El motor spark necesita Java 17 o más nuevo y aquí no se encontró. En Debian o Ubuntu: sudo apt install"
        " default-jre-headless. Sin él, --engine duckdb da lo mismo.",
        "The spark engine needs Java 17 or newer and none was found here. On Debian or Ubuntu: sudo apt install"
        " default-jre-headless. Without it, --engine duckdb gives the same.",
    ),
}
_SPARK_FAILED = Text(
    "Spark no pudo terminar y no se escribió nada. Lo último que dijo: {said}. Puede usar --engine duckdb, que da lo"
    " mismo.",
    "Spark could not finish and nothing was written. The last it said: {said}. You can use --engine duckdb: it gives"
    " the same.",
)
_NOT_FOR_ENCODINGS = Text(
    "Los archivos codificados no se aprenden con Splink: únalos sin --engine spark, --model ni --save-model.",
    "Encoded files are not learnt with Splink: link them without --engine spark, --model and --save-model.",
)
_SAVE = Text(
    "dónde guardar los pesos aprendidos, para otros archivos", "where to save the weights learnt, for other files"
)
_MODEL = Text(
    "pesos guardados con --save-model, en vez de aprender de estos archivos",
    "weights saved with --save-model, instead of learning from these files",
)
_NOT_SAVED = Text("No se guardó ningún modelo: no se aprendió nada.", "No model was saved: nothing was learnt.")
_NO_COLUMN = Text(
    "El archivo {file} no tiene la columna {column} en su primera fila. Columnas que se leen: {columns}.",
    "The file {file} lacks the column {column} in its first row. Columns that are read: {columns}.",
)
_NOTHING_TO_COMPARE = Text(
    "El archivo {file} no tiene ninguna columna con qué comparar (nombres, ap_paterno, num_doc …).",
    "The file {file} has no column to compare by (nombres, ap_paterno, num_doc …).",
)
_SET_ASIDE = Text(
    "{file}, fila {row}: apartada, no tiene record_id.", "{file}, row {row}: set aside, it has no record_id."
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
_LEARNING = Text("{records} registros leídos. Aprendiendo de ellos…", "{records} records read. Learning from them…")
_COMPARING = Text("Comparando…", "Comparing…")
_GROUPING = Text("Agrupando {pairs} pares…", "Grouping {pairs} pairs…")
_SHOWN = 20
_SEED = 28950
# From so many records on, several processes are worth starting, and those who wait are told what is being done.
_MANY = 5_000


_Answer = tuple[Taken[Any], bool, Sequence[tuple[str, str, str, str]], Sequence[frozenset[str]]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the files and what to write."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=str(_FILES))
    parser.add_argument("--out", required=True, type=Path, metavar="CLUSTERS.csv", help=str(_OUT))
    parser.add_argument("--pairs", type=Path, metavar="PAIRS.csv", help=str(_PAIRS))
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=str(_SECRET))
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help=str(_ENGINE))
    weights = parser.add_mutually_exclusive_group()
    weights.add_argument("--save-model", type=Path, metavar="MODEL.json", help=str(_SAVE))
    weights.add_argument("--model", type=Path, metavar="MODEL.json", help=str(_MODEL))
    installation.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Link the files; exit code 1 where rows were set aside, 3 where a file cannot be used at all."""
    started = time.perf_counter()
    _check(options)
    hidden = options.secret_file or any(map(encoded_files.is_encoded, options.files))
    taken, trained, pairs, groups = _of_encodings(options) if hidden else _of_names(options)
    plain_files.write(options.out, ("record_id", "cluster_id"), _cluster_rows(taken.records, groups))
    if options.pairs:
        plain_files.write(options.pairs, ("record_id_l", "record_id_r", "score", "verdict"), pairs)
    verdicts = Counter(verdict for *_, verdict in pairs)
    told: dict[str, object] = {
        "records": len(taken.records),
        "clusters": len(groups),
        "joined": verdicts["join"],
        "asked": verdicts["ask"],
        "seconds": round(time.perf_counter() - started, 1),
    }
    _report(options, taken, told, trained=trained)
    return 1 if taken.set_aside or (options.save_model and not trained) else 0


def _of_names(options: argparse.Namespace) -> _Answer:
    """What was read, whether weights were learnt, the pairs as they are written, and the people."""
    from amparo.pack import loader, location

    taken: Taken[Fields] = Taken()
    tables = loader.load(location.default()).names
    for file in options.files:
        _take(file, taken, tables)
    trained, pairs, groups = _linked(taken.records, tables, options)
    return taken, trained, list(_pair_rows(pairs)), groups


def _of_encodings(options: argparse.Namespace) -> _Answer:
    """The same for files of encodings."""
    if options.engine == "spark" or options.model or options.save_model:
        raise Refused(str(_NOT_FOR_ENCODINGS), WRONG_USE)
    taken, linked = encoded_files.link(options.files, options.secret_file)
    pairs = [(pair.left, pair.right, f"{pair.standing:.4f}", str(pair.verdict)) for pair in linked.pairs]
    return taken, linked.trained, pairs, linked.people


def _check(options: argparse.Namespace) -> None:
    """Refuse what can be refused before anything is read."""
    from amparo.engines.linkage.em import spark

    if options.engine == "spark" and (lacking := spark.lacking()):
        raise Refused(str(_LACKING[lacking]))
    read = [*options.files, *filter(None, [options.model])]
    plain_files.refuse_to_overwrite(read, [*filter(None, (options.out, options.pairs, options.save_model))])


def _take(path: Path, taken: Taken[Fields], tables: NameTables) -> None:
    """Read one file of any encoding and separator that the readers of deliveries know."""
    from amparo.engines.linkage import plain

    for row, values in plain_files.rows(path, _spec(), _check_columns, taken.set_aside):
        fields, unread = plain.read(values, tables)
        if not fields.record_id:
            taken.set_aside.append(_SET_ASIDE.fill(file=path.name, row=row))
            continue
        taken.note(fields.record_id, path, row)
        taken.records.append(fields)
        taken.unread.update(unread)


def _spec() -> Spec:
    from amparo.engines.linkage import plain
    from amparo.registries.readers.headers import Spec

    return Spec.of("link", [(name, also, name == "record_id") for name, also in plain.COLUMNS.items()])


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    from amparo.engines.linkage import plain

    if "record_id" not in columns:
        told = ", ".join(plain.COLUMNS)
        raise Refused(_NO_COLUMN.fill(file=path.name, column="record_id", columns=told))
    if not set(columns) & {"nombres", "ap_paterno", "ap_materno", "alias", "num_doc"}:
        raise Refused(_NOTHING_TO_COMPARE.fill(file=path.name))


def _linked(
    records: Sequence[Fields], tables: NameTables, options: argparse.Namespace
) -> tuple[bool, list[ScoredPair], list[frozenset[str]]]:
    """Whether weights were learnt, the pairs with their verdicts, and the people; the same whatever the rows' order."""
    from amparo.engines.linkage import batch

    many = len(records) >= _MANY
    processes = installation.processes() if many else 1
    ordered = sorted(records, key=lambda record: record.record_id)
    if options.model:
        model, ready = _saved(ordered, tables, options.model, processes)
    else:
        _tell(many, _LEARNING.fill(records=len(ordered)))
        model, ready = _learnt(ordered, tables, options.engine, processes)
    _tell(many, str(_COMPARING))
    pairs = batch.link_ready(ready, model, processes=processes)
    _tell(many, _GROUPING.fill(pairs=len(pairs)))
    groups = batch.people((record.record_id for record in ordered), pairs)
    if options.save_model and model.origin == "trained":
        model_files.write(options.save_model, model)
    return model.origin == "trained", batch.as_joined(pairs, groups), groups


def _learnt(records: Sequence[Fields], tables: NameTables, engine: str, processes: int) -> tuple[Model, Ready]:
    from amparo.engines.linkage import train
    from amparo.engines.linkage.em import duckdb, spark

    chosen = {"duckdb": duckdb.train, "spark": spark.train}[engine]
    try:
        return train.train_ready(records, tables, seed=_SEED, processes=processes, engine=chosen)
    except spark.SparkFailed as failed:
        raise Refused(_SPARK_FAILED.fill(said=failed)) from failed


def _saved(records: Sequence[Fields], tables: NameTables, path: Path, processes: int) -> tuple[Model, Ready]:
    from amparo.engines.linkage import batch, ready

    model = model_files.read(path)
    return model, ready.ready(records, batch.tables_for(model, tables), processes=processes)


def _tell(many: bool, sentence: str) -> None:
    """Where there are many records, what is being done while one waits."""
    if many:
        print(sentence, file=sys.stderr, flush=True)


def _cluster_rows(records: Iterable[Fields | Encoding], groups: Iterable[frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Every record in the order it was read in; a cluster is called by a number that its first record gives it."""
    ordered = sorted(groups, key=min)
    name = {record: f"c{number:07d}" for number, group in enumerate(ordered, start=1) for record in group}
    return ((record.record_id, name[record.record_id]) for record in records)


def _pair_rows(pairs: Iterable[ScoredPair]) -> Iterator[tuple[str, str, str, str]]:
    from amparo.engines.linkage.decide import standing

    for pair in pairs:
        yield pair.left, pair.right, f"{standing(pair.score, pair.contradictions):.4f}", pair.verdict


def _report(options: argparse.Namespace, taken: Taken[Any], told: dict[str, object], *, trained: bool) -> None:
    if options.json:
        more = {"set_aside": len(taken.set_aside), "unread": dict(taken.unread), "trained": trained}
        print(json.dumps({**told, **more, "engine": options.engine}, ensure_ascii=False, indent=2))
    else:
        print(_DONE.fill(**told))
    said = [*taken.set_aside[:_SHOWN], *(_UNREAD.fill(column=c, count=n) for c, n in sorted(taken.unread.items()))]
    if not trained:
        said.append(str(_FEW))
        said += [str(_NOT_SAVED)] * bool(options.save_model)
    for sentence in said:
        print(sentence, file=sys.stderr)
