"""Names in one cell taken apart as typed. Pure."""

from __future__ import annotations

import re
from collections import defaultdict

from amparo.engines.linkage import fold as linkage_fold
from amparo.engines.linkage import names
from amparo.engines.linkage.names import NameTables
from amparo.registries import converters

_NOT_WORD = re.compile(r"[^A-Z0-9Ñ]+")


def words_only(text: str) -> str:
    """A text as folded words apart by one blank: ``La Pampa, km. 108`` is ``LA PAMPA KM 108``."""
    return _NOT_WORD.sub(" ", converters.fold(text)).strip()


class Namer:
    """Takes names apart with a country's tables, giving every word back as its institution typed it."""

    def __init__(self, tables: NameTables) -> None:
        self._tables = tables

    def surnames(self, text: str) -> tuple[str, str]:
        """Two surnames in one cell; what identifies nobody stays as it is."""
        if names.identity(text) is not names.Identity.NAMED:
            return text, ""
        return converters.split_surnames(text, self._tables.particles)

    def split(self, text: str) -> tuple[str, str, str]:
        """Given names and two surnames of a whole name."""
        before, comma, after = text.partition(",")
        if comma and after.strip():
            parts = (after.strip(), *converters.split_surnames(before, self._tables.particles))
            # Asked of the parts, which are read again when the record is compared, and not of the cell as it came.
            if names.identity(*parts) is names.Identity.NAMED:
                return parts
        given, first, second = names.split_full_name(text, self._tables)
        typed: dict[str, list[str]] = defaultdict(list)
        for word in text.replace(",", " ").split():
            typed["".join(linkage_fold.words(word))].append(word)
        return _as_typed(given, typed), _as_typed(first, typed), _as_typed(second, typed)


def _as_typed(folded: str, typed: dict[str, list[str]]) -> str:
    """Folded words in the spelling of the cell; a word that was an abbreviation there is given in full."""
    return " ".join(typed[word].pop(0) if typed.get(word) else word for word in folded.split())
