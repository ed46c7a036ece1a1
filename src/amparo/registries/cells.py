"""What the text in each cell of a row comes to, and the compartment that keeps it. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amparo.pack.layouts import CLOSED, Column, Layout
from amparo.registries import converters
from amparo.registries.converters import Outcome, clean, fold
from amparo.registries.readers.tables import RawRow
from amparo.registries.reasons import Reason

# Converted last, because they need what another column says.
SECOND = frozenset({"document_number", "place_name"})
# How many texts of one column, and what they come to, are kept at hand.
KEPT = 2_000

Convert = Callable[[str], Outcome]
Item = dict[str, str]

_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_SIMPLE: Mapping[str, Convert] = {
    "date": converters.as_date,
    "birth": converters.as_date,
    "age": converters.as_age,
    "year": converters.as_number,
    "number": converters.as_number,
    "yes_no": converters.as_yes_no,
}


@dataclass(slots=True)
class Cell:
    """What one text comes to in its column: itself without what is invisible, and its converted value.

    ``home`` is the compartment that keeps it, ``told`` how the row's print tells it, ``remark`` what there is to say.
    """

    typed: str
    value: str
    home: str
    told: str
    remark: Outcome | None


@dataclass(slots=True)
class Cells:
    """A row while it is being read: ``typed`` and ``values`` by column, and the compartments.

    ``codes`` are the values behind ``content`` by what they are called. ``told`` makes the row's print, a text that
    changes if and only if what the row says changes; the way a date is written is no change.
    """

    told: list[str]
    reasons: list[Reason]
    notes: list[Reason] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    identity: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def print(self) -> str:
        """What a change of the row's content is seen by."""
        # Cleaned texts hold no control characters, so that this one and the one inside each part separate.
        return "\x1e".join(self.told)

    def take(self, column: str, outcome: Outcome) -> None:
        """Keep what a converter made of a column that was typed already."""
        if outcome.value:
            self.values[column] = outcome.value
        self.remark(column, self.typed.get(column, ""), outcome)

    def remark(self, column: str, typed: str, outcome: Outcome) -> None:
        """Note what a clerk should know of a cell, or why it bars the row."""
        if outcome.note:
            self.notes.append(Reason(outcome.note, column, typed))
        if outcome.reason:
            self.reasons.append(Reason(outcome.reason, column, typed))


class Columns:
    """Reads the cells of a layout's rows."""

    def __init__(self, layout: Layout, districts: Mapping[str, str]) -> None:
        self._version = layout.version
        self._plain: list[_Column] = []
        self._lists: dict[str, list[_Column]] = {}
        for column in layout.columns:
            listed, mark, _ = column.name.partition("[]")
            beside = self._lists.setdefault(listed, []) if mark else self._plain
            beside.append(_Column(column, _converter(column, layout, districts)))

    def read(self, raw: RawRow) -> Cells:
        """Every cell of a row, but for those that need what another column says: they have no value yet.

        An open cell whose value was not understood is sealed with the identity, whatever it says.
        """
        cells = Cells([self._version], list(raw.reasons))
        text_of, typed, values = raw.values.get, cells.typed, cells.values
        homes = {"identity": cells.identity, "narrative": cells.narrative, "content": cells.content}
        for column in self._plain:
            name, text = column.name, text_of(column.name, "")
            cell = column.known.get(text) or column.learn(text)
            if cell.typed:
                typed[name] = homes[cell.home][name] = cell.typed
                cells.told.append(cell.told)
                if cell.home == "content":
                    cells.codes[column.target] = cell.value
            if cell.value:
                values[name] = cell.value
            if cell.remark:
                _remark(cells, name, cell.typed, cell.remark)
        if raw.lists or raw.others:
            _keep_beside(cells, raw)
        return cells

    def read_lists(self, raw: RawRow, cells: Cells) -> dict[str, list[Item]]:
        """The values of the items of every repeated list; what is wrong in one bars the row."""
        return {
            name: [_item(columns, item, cells) for item in raw.lists.get(f"{name}[]", ())]
            for name, columns in self._lists.items()
        }


class _Column:
    """One column. The same few texts come again and again in most columns; what they come to is kept."""

    __slots__ = ("_convert", "_filled", "_home", "_is_date", "known", "name", "target")

    def __init__(self, column: Column, convert: Convert) -> None:
        self.name, self.target = column.name, column.target
        self.known: dict[str, Cell] = {}
        self._convert, self._filled, self._is_date = convert, column.filled, column.convert == "date"
        self._home = "narrative" if column.holds == "narrative" else "identity"
        if column.holds in ("case", "public") and column.convert in CLOSED:
            self._home = "content"

    def learn(self, text: str) -> Cell:
        """Read a text that is not at hand."""
        typed = clean(text)
        outcome = self._convert(typed) if typed or not self._filled else Outcome(reason="cell.empty")
        value = outcome.value
        home = "identity" if self._home == "content" and not value else self._home
        told = f"{self.name}\x1f{value if self._is_date and value else typed}"
        cell = Cell(typed, value, home, told, outcome if outcome.note or outcome.reason else None)
        if len(self.known) < KEPT:
            self.known[text] = cell
        return cell


def words_of(column: Column, layout: Layout) -> dict[str, str]:
    """The words of a column, folded, with the code that each one means."""
    return {fold(word): code for word, code in layout.words_for(column).items()}


def _converter(column: Column, layout: Layout, districts: Mapping[str, str]) -> Convert:
    """The function that converts a column, with what it needs of the layout and the districts bound in."""
    words = words_of(column, layout)
    bound: dict[str, Convert] = {
        "code": lambda text: converters.as_code(text, words),
        "sex": lambda text: converters.as_code(text, words),
        "document_type": lambda text: converters.as_code(text, words),
        "codes": lambda text: converters.as_codes(text, words, column.split),
        "district": lambda text: converters.as_district(text, districts),
        "reference": lambda text: converters.as_reference(text, column.reference),
    } | dict.fromkeys(SECOND, lambda _: converters.NOTHING)
    return bound.get(column.convert) or _SIMPLE.get(column.convert, converters.as_text)


def _remark(cells: Cells, column: str, typed: str, outcome: Outcome) -> None:
    # A cell that holds a formula or an error is no empty one: its own reason says what to do.
    if outcome.reason != "cell.empty" or all(reason.column != column for reason in cells.reasons):
        cells.remark(column, typed, outcome)


def _item(columns: list[_Column], item: Item, cells: Cells) -> Item:
    found: Item = {}
    for column in columns:
        text = item.get(column.name, "")
        cell = column.known.get(text) or column.learn(text)
        if cell.typed and cell.value:
            found[column.name] = cell.value
        if cell.typed and cell.remark:
            cells.remark(column.name, cell.typed, cell.remark)
    return found


def _keep_beside(cells: Cells, raw: RawRow) -> None:
    """Keep what stands in no column of the layout: lists and unknown columns."""
    lists = {name: items for name, items in raw.lists.items() if items}
    beside = {name: _as_json(items) for name, items in lists.items()}
    beside |= {name: clean(value) for name, value in raw.others.items()}
    cells.identity |= beside
    cells.told += [*(f"{name}\x1f{text}" for name, text in sorted(beside.items())), *sorted(lists)]
