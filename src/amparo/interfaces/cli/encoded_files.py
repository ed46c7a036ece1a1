"""Files of encodings at the command line: rows encoded, encodings read, and encodings linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import plain_files, secret_file
from amparo.interfaces.cli.failures import WRONG_USE, Refused
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.plain_files import Taken

if TYPE_CHECKING:
    from amparo.engines.linkage.encoded.encode import Encoder
    from amparo.engines.linkage.encoded.encoding import Encoding, NotComparable
    from amparo.engines.linkage.encoded.link import Linked
    from amparo.registries.readers.headers import Spec

_NO_COLUMN = Text(
    "El archivo {file} no tiene la columna {column} en su primera fila.",
    "The file {file} lacks the column {column} in its first row.",
)
_NOTHING_TO_ENCODE = Text(
    "El archivo {file} no tiene ninguna columna que codificar (nombres, ap_paterno, num_doc, fecha_nac …).",
    "The file {file} has no column to encode (nombres, ap_paterno, num_doc, fecha_nac …).",
)
_ENCODED_ALREADY = Text("El archivo {file} ya está codificado.", "The file {file} is encoded already.")
_NEEDS_SECRET = Text(
    "{file} tiene nombres y otro archivo está codificado. Para unirlos hace falta el mismo secreto: --secret-file"
    " ARCHIVO",
    "{file} holds names and another file is encoded. To link them, the same secret is needed: --secret-file FILE",
)
_NO_ID = Text("{file}, fila {row}: apartada, no tiene record_id.", "{file}, row {row}: set aside, it has no record_id.")
_TELLING = Text(
    "{file}, fila {row}: apartada, su record_id contiene el número de documento o el nombre. Use otro número.",
    "{file}, row {row}: set aside, its record_id holds the document number or the name. Use another number.",
)
_SILENT = Text(
    "{file}, fila {row}: apartada, no hay en ella nada que codificar (ni nombre, ni documento, ni nacimiento).",
    "{file}, row {row}: set aside, there is nothing in it to encode (no name, no document, no birth).",
)
_NOT_AN_ENCODING = Text(
    "{file}, fila {row}, columna {column}: apartada, no es lo que escribe amparo encode (¿celda cortada o cambiada?).",
    "{file}, row {row}, column {column}: set aside, it is not what amparo encode writes (a cell cut or changed?).",
)
_NOT_COMPARABLE = {
    "version": Text(
        "Los archivos se codificaron con dos versiones distintas de Amparo ({one} y {other}); no se pueden comparar."
        " Codifíquelos de nuevo con la misma.",
        "The files were encoded by two versions of Amparo ({one} and {other}); they cannot be compared. Encode them"
        " again with one.",
    ),
    "parameters": Text(
        "Los archivos se codificaron con parámetros o paquetes país distintos ({one} y {other}); no se pueden comparar."
        " Codifíquelos de nuevo con los mismos.",
        "The files were encoded with different parameters or country packs ({one} and {other}); they cannot be"
        " compared. Encode them again with the same.",
    ),
    "secret": Text(
        "Los archivos se codificaron con secretos distintos ({one} y {other}); no se pueden comparar. Todas las"
        " instituciones deben usar el mismo archivo de secreto.",
        "The files were encoded with different secrets ({one} and {other}); they cannot be compared. All institutions"
        " must use the same secret file.",
    ),
}


def is_encoded(path: Path) -> bool:
    """Whether a file has the columns of encodings; :class:`Refused` where it cannot be read."""
    from amparo.engines.linkage.encoded.encoding import LABEL_COLUMN

    found: list[bool] = []
    next(plain_files.rows(path, _spec(), lambda _, columns: found.append(LABEL_COLUMN in columns), []), None)
    return found[0]


def encode(path: Path, secret: Path, taken: Taken[Encoding]) -> None:
    """Encode a plain file with the secret in another file."""
    if is_encoded(path):
        raise Refused(_ENCODED_ALREADY.fill(file=path.name))
    _encode(path, _encoder(secret), taken, leaves=True)


def link(files: Sequence[Path], secret: Path | None) -> tuple[Taken[Encoding], Linked]:
    """Link files of encodings and, where the secret is at hand, plain ones, which are encoded on the way."""
    from amparo.engines.linkage.encoded import link as linking
    from amparo.engines.linkage.encoded.encoding import NotComparable

    taken: Taken[Encoding] = Taken()
    encoder = _encoder(secret) if secret else None
    for file in files:
        if is_encoded(file):
            _read(file, taken)
        elif encoder:
            _encode(file, encoder, taken, leaves=False)
        else:
            raise Refused(_NEEDS_SECRET.fill(file=file.name), WRONG_USE)
    try:
        return taken, linking.link(taken.records)
    except NotComparable as error:
        raise Refused(_refusal(error)) from None


def _refusal(error: NotComparable) -> str:
    return _NOT_COMPARABLE[error.what].fill(one=error.label, other=error.other)


def _encoder(secret: Path) -> Encoder:
    from amparo.engines.linkage.encoded.encode import Encoder
    from amparo.pack import loader, location

    return Encoder(secret_file.read(secret), loader.load(location.default()).names)


def _encode(path: Path, encoder: Encoder, taken: Taken[Encoding], *, leaves: bool) -> None:
    """Encode each row. Where encodings leave the house, no number of a record may give its person away."""
    from amparo.engines.linkage import plain
    from amparo.engines.linkage.encoded.encode import is_telling

    for row, values in plain_files.rows(path, _spec(), _check_plain, taken.set_aside):
        fields, unread = plain.read(values)
        if not fields.record_id:
            taken.set_aside.append(_NO_ID.fill(file=path.name, row=row))
            continue
        taken.note(fields.record_id, path, row)
        encoding = encoder.encode(fields)
        if leaves and is_telling(fields):
            taken.set_aside.append(_TELLING.fill(file=path.name, row=row))
        elif encoding.is_silent:
            taken.set_aside.append(_SILENT.fill(file=path.name, row=row))
        else:
            taken.records.append(encoding)
        taken.unread.update(unread)


def _read(path: Path, taken: Taken[Encoding]) -> None:
    from amparo.engines.linkage.encoded import encoding

    for row, values in plain_files.rows(path, _spec(), _check_encoded, taken.set_aside):
        try:
            record = encoding.read(values)
        except encoding.NotAnEncoding as error:
            taken.set_aside.append(_NOT_AN_ENCODING.fill(file=path.name, row=row, column=error))
            continue
        if not record.record_id:
            taken.set_aside.append(_NO_ID.fill(file=path.name, row=row))
            continue
        taken.note(record.record_id, path, row)
        taken.records.append(record)


def _check_plain(path: Path, columns: Sequence[str]) -> None:
    _check_id(path, columns)
    if not set(columns) & {"nombres", "ap_paterno", "ap_materno", "num_doc", "fecha_nac"}:
        raise Refused(_NOTHING_TO_ENCODE.fill(file=path.name))


def _check_encoded(path: Path, columns: Sequence[str]) -> None:
    from amparo.engines.linkage.encoded.encoding import COLUMNS

    for column in COLUMNS:
        if column not in columns:
            raise Refused(_NO_COLUMN.fill(file=path.name, column=column))


def _check_id(path: Path, columns: Sequence[str]) -> None:
    if "record_id" not in columns:
        raise Refused(_NO_COLUMN.fill(file=path.name, column="record_id"))


def _spec() -> Spec:
    """The columns of plain and of encoded files."""
    from amparo.registries.readers.headers import Spec

    return Spec.of("link", list(_columns()))


def _columns() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    from amparo.engines.linkage import plain
    from amparo.engines.linkage.encoded.encoding import COLUMNS

    for name, also in plain.COLUMNS.items():
        yield name, also, name == "record_id"
    for name in COLUMNS:
        if name not in plain.COLUMNS:
            yield name, (), False
