"""What the command line says when something did not work: a sentence, or a reference number; never a traceback."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from amparo.interfaces import sentences
from amparo.interfaces.cli.language import Text, english
from amparo.kernel.errors import AmparoError
from amparo.kernel.traces import trail

_UNEXPECTED = Text(
    "Algo falló que nadie había previsto (referencia {reference}). Lo hecho hasta aquí está guardado o deshecho por"
    " completo. {where}",
    "Something failed that nobody had foreseen (reference {reference}). What was done so far is either kept or undone"
    " as a whole. {where}",
)
_NOTED = Text("Quedó anotado, sin datos de nadie, en {file}.", "It is noted, with nobody's data, in {file}.")
_NOT_NOTED = Text("No se pudo anotar en {file}.", "It could not be noted in {file}.")

WRONG_USE = 2
COULD_NOT = 3


class Refused(Exception):
    """What was given cannot be used as it is; the message is for the user, and the command ends with the code."""

    def __init__(self, sentence: str, code: int = COULD_NOT) -> None:
        super().__init__(sentence)
        self.code = code


def sentence(error: AmparoError) -> str:
    """An anticipated error in the user's language."""
    return sentences.of_error(error, "en" if english() else "es")


def unexpected(error: Exception) -> str:
    """Note an unforeseen error under a reference number and say so.

    The note holds the kinds of error and the lines of code they passed through, not their messages: a message may
    quote the value that caused it, and that may be somebody's name.
    """
    reference = secrets.token_hex(4).upper()
    file = Path(os.environ.get("AMPARO_DATA", "data")).resolve() / "errors.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {reference}\n{trail(error)}")
        where = _NOTED.fill(file=file)
    except OSError:
        where = _NOT_NOTED.fill(file=file)
    return _UNEXPECTED.fill(reference=reference, where=where)
