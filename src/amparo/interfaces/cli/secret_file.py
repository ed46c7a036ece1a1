"""The file that holds the secret of encodings: made here, and read only where nobody else can read it."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from amparo.interfaces.cli.failures import Refused
from amparo.interfaces.cli.language import Text

_HOW = Text(
    "Para crear uno: amparo encode --new-secret ARCHIVO",
    "To make one: amparo encode --new-secret FILE",
)
_NOT_READ = Text(
    "No se pudo leer el archivo del secreto {file}: {why}. {how}",
    "The secret's file {file} could not be read: {why}. {how}",
)
_OPEN = Text(
    "Otras cuentas de este equipo pueden leer el secreto {file}. Ciérrelo con: chmod 600 {file} — y si ya pudo verlo"
    " otra persona, cree uno nuevo y codifique otra vez.",
    "Other accounts of this machine can read the secret {file}. Close it with: chmod 600 {file} — and if somebody else"
    " may have seen it, make a new one and encode again.",
)
_WEAK = {
    "format": Text(
        "El archivo {file} no contiene un secreto creado por Amparo. Una contraseña elegida se adivina; por eso no se"
        " acepta. {how}",
        "The file {file} does not hold a secret made by Amparo. A password that somebody chose can be guessed; so none"
        " is taken. {how}",
    ),
    "length": Text(
        "El secreto de {file} está incompleto o es más largo de lo debido. Cópielo de nuevo, o cree otro. {how}",
        "The secret in {file} is cut or too long. Copy it again, or make another one. {how}",
    ),
    "pattern": Text(
        "El secreto de {file} no es aleatorio: cualquiera podría adivinarlo. {how}",
        "The secret in {file} is not random: anybody could guess it. {how}",
    ),
}
_EXISTS = Text(
    "{file} ya existe y no se toca: sin el secreto anterior, lo ya codificado no se une con lo nuevo. Elija otro.",
    "{file} exists already and is left alone: without the old secret, what was encoded cannot be linked with what will"
    " be. Choose another name.",
)
_NOT_MADE = Text("No se pudo crear {file}: {why}.", "{file} could not be made: {why}.")


def read(path: Path) -> bytes:
    """The secret in a file that only its owner may read. Nothing of it is ever printed."""
    from amparo.engines.linkage.encoded import secret

    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(4096).decode("ascii", "replace")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused(_NOT_READ.fill(file=path, why=why, how=_HOW)) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused(_OPEN.fill(file=path))
    try:
        return secret.read(text)
    except secret.WeakSecret as weak:
        raise Refused(_WEAK[str(weak)].fill(file=path, how=_HOW)) from None


def make(path: Path) -> None:
    """Write a new random secret into a new file that only its owner may read; an existing file is left as it is."""
    from amparo.engines.linkage.encoded import secret

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(_EXISTS.fill(file=path)) from None
    except OSError as error:
        raise Refused(_NOT_MADE.fill(file=path, why=error.strerror or type(error).__name__)) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret.written(secrets.token_bytes(secret.BYTES)))
