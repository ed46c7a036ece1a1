"""Taking a person's names out of what somebody wrote of her, once her identity is under reserve. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import JaroWinkler

from amparo.engines.linkage.fields import Fields
from amparo.registries.converters import fold

HIDDEN = "▒▒▒"
_WORD = re.compile(r"\w+")
_SHORTEST = 3
_PARTICLES = frozenset({"DEL", "LAS", "LOS", "SAN", "SANTA"})
# People misspell; a word this near to a name counts as the name. Too many words hidden harm less than one shown.
_NEAR = 0.9


def words_of(identities: Iterable[Fields]) -> frozenset[str]:
    """The words and numbers by which somebody could be known: names, what she is called, documents, references."""
    found: set[str] = set()
    for fields in identities:
        known = (fields.given, fields.surname1, fields.surname2, fields.alias, fields.native_name, fields.doc_number)
        for text in (*known, *(reference.partition(":")[2] for reference in fields.references)):
            found |= {fold(word) for word in _WORD.findall(text) if len(word) >= _SHORTEST}
    return frozenset(found - _PARTICLES)


def without(text: str, words: frozenset[str]) -> str:
    """The text with every word that is one of these, or nearly one, hidden."""
    return _WORD.sub(lambda found: HIDDEN if _is_one(fold(found.group()), words) else found.group(), text)


def _is_one(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    if len(word) < _SHORTEST + 1 or any(letter.isdigit() for letter in word):
        return False
    return any(JaroWinkler.similarity(word, known) >= _NEAR for known in words)
