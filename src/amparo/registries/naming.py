"""Names in one cell taken apart as typed, and the cells of a row sorted into compartments. Pure."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field

from amparo.engines.linkage import fold as linkage_fold
from amparo.engines.linkage import names
from amparo.engines.linkage.names import NameTables
from amparo.pack.layouts import CLOSED, Column, Layout
from amparo.registries import converters
from amparo.registries.readers.tables import RawRow

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
        if comma and after.strip() and names.identity(text) is names.Identity.NAMED:
            return (after.strip(), *converters.split_surnames(before, self._tables.particles))
        given, first, second = names.split_full_name(text, self._tables)
        typed: dict[str, list[str]] = defaultdict(list)
        for word in text.replace(",", " ").split():
            typed["".join(linkage_fold.words(word))].append(word)
        return _as_typed(given, typed), _as_typed(first, typed), _as_typed(second, typed)


def _as_typed(folded: str, typed: dict[str, list[str]]) -> str:
    """Folded words in the spelling of the cell; a word that was an abbreviation there is given in full."""
    return " ".join(typed[word].pop(0) if typed.get(word) else word for word in folded.split())


@dataclass(slots=True)
class Kept:
    """The cells of a row by the compartment that keeps them, and the codes behind the open ones.

    ``print`` is a text that changes if and only if what the row says changes; the way a date is written is no change.
    """

    identity: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    print: str = ""


class Sorter:
    """Sorts the cells of a layout's rows."""

    def __init__(self, layout: Layout) -> None:
        self._version = layout.version
        self._columns = [
            (column.name, column.target, _compartment(column), column.convert == "date") for column in layout.columns
        ]

    def sort(self, typed: dict[str, str], values: dict[str, str], raw: RawRow) -> Kept:
        """Sort the cells. An open cell whose value was not understood is sealed with the identity, whatever it says."""
        kept = Kept()
        # Cleaned texts hold no control characters, so these two separate without doubt.
        told = [self._version]
        for name, target, compartment, is_date in self._columns:
            text = typed.get(name)
            if text is None:
                continue
            value = values.get(name, "")
            if compartment == "narrative":
                kept.narrative[name] = text
            elif value and compartment == "open":
                kept.content[name] = text
                kept.values[target] = value
            else:
                kept.identity[name] = text
            told.append(f"{name}\x1f{value if is_date and value else text}")
        told += _beside(kept, raw)
        kept.print = "\x1e".join(told)
        return kept


def _compartment(column: Column) -> str:
    """Where a column's cells go: an open one may stand in the clear where its value is understood."""
    if column.holds in ("case", "public") and column.convert in CLOSED:
        return "open"
    return "narrative" if column.holds == "narrative" else "identity"


def _beside(kept: Kept, raw: RawRow) -> list[str]:
    """Keep what stands in no column of the layout: lists and unknown columns; returns how the print tells it."""
    lists = {name: value for name, value in raw.values.items() if isinstance(value, list) and value}
    beside = {name: json.dumps(items, ensure_ascii=False, sort_keys=True) for name, items in lists.items()}
    beside |= {name: converters.clean(value) for name, value in raw.others.items()}
    kept.identity |= beside
    return [*(f"{name}\x1f{text}" for name, text in sorted(beside.items())), *sorted(lists)]
