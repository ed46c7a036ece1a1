"""In which language the command line speaks, and how a sentence exists in both."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Spanish and in English; both may hold the same ``{fields}``."""

    es: str
    en: str

    def __str__(self) -> str:
        return self.en if english() else self.es

    def fill(self, **fields: object) -> str:
        """The sentence in the user's language with its fields filled in."""
        return str(self).format(**fields)


def english() -> bool:
    """Whether ``AMPARO_LANG``, else ``LANG``, asks for English; everything else is answered in Spanish."""
    return (os.environ.get("AMPARO_LANG") or os.environ.get("LANG") or "es").lower().startswith("en")


# Python's argument parser speaks English; these are its sentences, by the words it looks them up with.
_PARSER = {
    "usage: ": "uso: ",
    "options": "opciones",
    "positional arguments": "argumentos",
    "show this help message and exit": "muestra esta ayuda y termina",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "en %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "falta indicar: %s",
    "unrecognized arguments: %s": "no se reconoce: %s",
    "expected one argument": "falta su valor",
    "expected at least one argument": "falta al menos un valor",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r no es una opción (elija entre %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r no es un valor válido",
    "not allowed with argument %s": "no se puede combinar con %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s puede ser %(matches)s",
    "ignored explicit argument %r": "no lleva valor: %r",
    "one of the arguments %s is required": "falta indicar uno de: %s",
}


def speak() -> None:
    """Make the argument parser speak the user's language."""
    setattr(argparse, "_", str if english() else _translate)  # noqa: B010


def _translate(sentence: str) -> str:
    return _PARSER.get(sentence, sentence)
