"""The sentence for each way in which Amparo says no, in Spanish and in English: what happened and what to do.

Both doors, web and command line, take their sentences from here. The keys are the codes of ``kernel.errors``; the
``{fields}`` are the parameters that go with them. A test looks for every code that the program raises.
"""

from __future__ import annotations

from collections.abc import Mapping

from amparo.kernel.errors import AmparoError, Conflict, Denied, Invalid, NotFound

_IN_GENERAL: tuple[tuple[type[AmparoError], tuple[str, str]], ...] = (
    (Denied, ("Su acceso no permite hacer esto.", "Your access does not allow this.")),
    (NotFound, ("No existe, o su acceso no permite verlo.", "It does not exist, or your access does not show it.")),
    (
        Conflict,
        ("Alguien lo cambió entretanto. Vuelva a abrirlo y revise.", "It changed meanwhile. Open it again and check."),
    ),
    (Invalid, ("Lo entregado no se puede entender.", "What was handed in cannot be understood.")),
)

SENTENCES: Mapping[str, tuple[str, str]] = {}


def of_error(error: AmparoError, language: str = "es") -> str:
    """The sentence for an error in ``es`` or ``en``; a code without a sentence of its own gets that of its kind."""
    own = SENTENCES.get(error.code)
    if own is None:
        general = next(pair for kind, pair in _IN_GENERAL if isinstance(error, kind))
        return f"{_in(general, language)} ({error.code})"
    return _in(own, language).format_map(_Blank(error.params))


def of_code(code: str, params: Mapping[str, object], language: str = "es") -> str:
    """The sentence for a code that travels as data, such as the reason why a row was set aside."""
    return _in(SENTENCES.get(code, (code, code)), language).format_map(_Blank(params))


def _in(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language == "en" else pair[0]


class _Blank(dict[str, object]):
    """Parameters of a sentence; one that is missing reads as a question mark instead of failing."""

    def __missing__(self, key: str) -> str:
        return "?"
