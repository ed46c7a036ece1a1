"""From a row under a layout's columns to what a record says: its number, identity, values, events. Pure.

Any text whatever may stand in any cell: a row is either interpreted or set aside with every reason at once, so that a
clerk corrects it in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from amparo.pack.layouts import IDENTITY_TARGETS, Column, Layout, ReferenceRule
from amparo.registries import births, converters, happenings, naming
from amparo.registries.converters import NOTHING, Outcome, clean, fold
from amparo.registries.happenings import Derived
from amparo.registries.lexicon import Lexicon
from amparo.registries.readers.tables import RawRow
from amparo.registries.reasons import Reason

Convert = Callable[[str], Outcome]
# Converted last, because they need what another column says.
_SECOND = frozenset({"document_number", "place_name"})
_DATES = frozenset({"date", "birth"})
_PLACES_KEPT = 10_000
_CELLS_KEPT = 2_000


@dataclass(slots=True)
class Interpreted:
    """What one row says.

    ``key`` is the institution's own number; ``fields`` what linkage may compare (plain texts; ``birth`` a list, see
    ``kernel.dates``); ``identity`` and ``narrative`` the sealed columns as typed; ``content`` the open columns as
    typed; ``values`` the codes behind them; ``print`` what a change of content is seen by.
    """

    number: int
    key: str
    registered_on: str
    office: str
    unit: str
    department: str
    fields: dict[str, Any]
    identity: dict[str, str]
    narrative: dict[str, str]
    content: dict[str, str]
    values: dict[str, str]
    events: list[Derived]
    print: str
    notes: list[Reason] = field(default_factory=list)


@dataclass(slots=True)
class Refused:
    """A row that cannot be taken: why, its own number where it has one, and its cells as they were typed."""

    number: int
    key: str
    reasons: list[Reason]
    typed: dict[str, Any]


@dataclass(slots=True)
class _Cells:
    """A row while it is being read."""

    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def take(self, column: str, typed: str, outcome: Outcome) -> None:
        """Keep what a converter made of a cell."""
        if outcome.value:
            self.values[column] = outcome.value
        if outcome.note:
            self.notes.append(Reason(outcome.note, column, typed))
        if outcome.reason:
            self.reasons.append(Reason(outcome.reason, column, typed))


class _Known:
    """What the cells of one column came to: the same few texts come again and again in most columns."""

    __slots__ = ("_came_to", "_convert", "filled", "name")

    def __init__(self, column: Column, convert: Convert) -> None:
        self.name = column.name
        self.filled = column.filled
        self._convert = convert
        self._came_to: dict[str, tuple[str, Outcome]] = {}

    def read(self, text: str) -> tuple[str, Outcome]:
        """The text without what is invisible, and what the converter makes of it."""
        found = self._came_to.get(text)
        if found is None:
            typed = clean(text) if text else ""
            found = typed, self._convert(typed)
            if len(self._came_to) < _CELLS_KEPT:
                self._came_to[text] = found
        return found


class Interpreter:
    """Reads the rows of one layout. Built once per delivery; ``today`` bounds what can already have happened."""

    def __init__(self, layout: Layout, lexicon: Lexicon, today: date) -> None:
        self._layout = layout
        self._lexicon = lexicon
        self._today = today.isoformat()
        plain = [column for column in layout.columns if "[]" not in column.name]
        first = [column for column in plain if column.convert not in _SECOND]
        self._first = [_Known(column, self._converter(column)) for column in first]
        self._references = [column.name for column in first if column.convert == "reference"]
        self._compared = [
            (column.name, column.to)
            for column in first
            if column.to in IDENTITY_TARGETS and column.convert != "reference"
        ]
        self._second = [c for c in plain if c.convert in _SECOND]
        self._items = self._item_columns()
        self._dated = {rule.on for rule in layout.events} | {c.name for c in layout.columns if c.convert in _DATES}
        self._names = [c for c in plain if c.convert in ("full_name", "document") or c.to == "surnames"]
        self._people = naming.Namer(lexicon.names)
        self._sorter = naming.Sorter(layout)
        self._happenings = happenings.Rules(layout.events)
        self._places: dict[tuple[str, str], str] = {}

    def read(self, raw: RawRow) -> Interpreted | Refused:
        """Interpret one row, or say everything that bars it."""
        cells = _Cells(reasons=list(raw.reasons))
        for column in self._first:
            self._read_cell(column, raw, cells)
        lists = {name: self._read_items(name, raw, cells) for name in self._items}
        fields = self._fields(cells)
        self._read_second(raw, cells, fields)
        key = self._key(cells)
        self._bar(cells, fields)
        if cells.reasons:
            typed = {name: value for name, value in raw.values.items() if value}
            return Refused(raw.number, key, cells.reasons, typed | dict(raw.others))
        return self._interpreted(raw, cells, lists, fields, key)

    def _converter(self, column: Column) -> Convert:
        """The function that converts a column, with what it needs of the layout and the lexicon bound in."""
        words = {fold(word): code for word, code in self._layout.words_for(column).items()}
        simple: dict[str, Convert] = {
            "date": converters.as_date,
            "birth": converters.as_date,
            "age": converters.as_age,
            "year": converters.as_number,
            "number": converters.as_number,
            "yes_no": converters.as_yes_no,
            "code": lambda text: converters.as_code(text, words),
            "sex": lambda text: converters.as_code(text, words),
            "document_type": lambda text: converters.as_code(text, words),
            "codes": lambda text: converters.as_codes(text, words, column.split),
            "district": lambda text: converters.as_district(text, self._lexicon.districts),
            "reference": lambda text: converters.as_reference(text, column.reference),
        }
        return simple.get(column.convert, converters.as_text)

    def _item_columns(self) -> dict[str, list[tuple[Column, Convert]]]:
        """Columns of repeated lists by the name of their list."""
        found: dict[str, list[tuple[Column, Convert]]] = {}
        for column in self._layout.columns:
            name, mark, _ = column.name.partition("[]")
            if mark:
                found.setdefault(name, []).append((column, self._converter(column)))
        return found

    def _read_cell(self, column: _Known, raw: RawRow, cells: _Cells) -> None:
        value = raw.values.get(column.name, "")
        typed, outcome = column.read(value if isinstance(value, str) else "")
        if typed:
            cells.typed[column.name] = typed
        elif column.filled:
            # A cell that holds a formula or an error is no empty one: its own reason says what to do.
            if all(reason.column != column.name for reason in raw.reasons):
                cells.reasons.append(Reason("cell.empty", column.name))
            return
        if outcome is not NOTHING:
            cells.take(column.name, typed, outcome)

    def _read_items(self, name: str, raw: RawRow, cells: _Cells) -> list[dict[str, str]]:
        """The items of a repeated list, converted; what is wrong in one bars the row."""
        items = raw.values.get(f"{name}[]", [])
        found: list[dict[str, str]] = []
        for item in items if isinstance(items, list) else []:
            one = _Cells()
            for column, convert in self._items[name]:
                typed = clean(item.get(column.name, ""))
                one.take(column.name, typed, convert(typed) if typed else NOTHING)
            cells.notes += one.notes
            cells.reasons += one.reasons
            found.append(one.values)
        return found

    def _fields(self, cells: _Cells) -> dict[str, Any]:
        """What linkage may compare, as far as it stands in columns of its own."""
        values = cells.values
        fields: dict[str, Any] = {}
        for name, target in self._compared:
            if (value := values.get(name)) and target not in fields:
                fields[target] = value
        references = [values[name] for name in self._references if name in values]
        for column in self._names:
            self._read_compound(column, cells, fields)
        references += [found for rule in self._layout.references if (found := self._reference(rule, cells))]
        if references:
            fields["references"] = sorted(set(references))
        return fields

    def _reference(self, rule: ReferenceRule, cells: _Cells) -> str:
        """A reference whose parts stand in several columns; nothing where a part is missing."""
        parts = [
            cells.values.get(name, "")[:4] if name in rule.years else cells.typed.get(name, "") for name in rule.columns
        ]
        return converters.as_reference(" ".join(parts), rule.prefix).value if all(parts) else ""

    def _read_compound(self, column: Column, cells: _Cells, fields: dict[str, Any]) -> None:
        """Split what one cell holds of several things."""
        typed = cells.typed.get(column.name, "")
        if column.convert == "document":
            words = {fold(word): code for word, code in self._layout.words_for(column).items()}
            fields.pop("document", None)
            kind, number = converters.split_document(typed, words)
            self._take_document(column.name, typed, kind, number, cells, fields)
        elif column.to == "surnames":
            fields.pop("surnames", None)
            fields["surname1"], fields["surname2"] = self._people.surnames(typed)
        elif column.to == "full_name":
            fields.pop("full_name", None)
            fields["given"], fields["surname1"], fields["surname2"] = self._people.split(typed)

    def _take_document(
        self, column: str, typed: str, kind: str, number: str, cells: _Cells, fields: dict[str, Any]
    ) -> None:
        outcome = converters.as_document_number(number, kind)
        cells.take(column, typed, outcome)
        if kind:
            fields["doc_type"] = kind
        if outcome.value:
            fields["doc_number"] = outcome.value

    def _read_second(self, raw: RawRow, cells: _Cells, fields: dict[str, Any]) -> None:
        for column in self._second:
            value = raw.values.get(column.name, "")
            typed = clean(value) if isinstance(value, str) else ""
            if not typed:
                continue
            cells.typed[column.name] = typed
            if column.convert == "place_name":
                near = cells.values.get(column.within, "")[:2]
                cells.take(column.name, typed, Outcome(self._place(typed, near)))
            elif column.to == "guardian_doc":
                outcome = converters.as_document_number(typed, "DNI")
                cells.take(column.name, typed, outcome)
                fields["guardian_doc"] = outcome.value
            else:
                self._take_document(column.name, typed, fields.get("doc_type", ""), typed, cells, fields)

    def _place(self, typed: str, department: str) -> str:
        """The smaller place that a text mentions; the same few texts come again and again."""
        found = self._places.get((typed, department))
        if found is None:
            found = self._lexicon.place_in(naming.words_only(typed), department)
            if len(self._places) < _PLACES_KEPT:
                self._places[typed, department] = found
        return found

    def _key(self, cells: _Cells) -> str:
        """The institution's own number: the parts of the key joined, the year alone of a date that counts as one."""
        parts: list[str] = []
        for name in self._layout.key:
            year = name in self._layout.key_year
            part = cells.values.get(name, "")[:4] if year else fold(cells.typed.get(name, ""))
            if not part:
                if not any(reason.column == name for reason in cells.reasons):
                    cells.reasons.append(Reason("row.no_key", name))
                return ""
            parts.append(part)
        return "|".join(parts)

    def _bar(self, cells: _Cells, fields: dict[str, Any]) -> None:
        """Reasons that only the row as a whole shows: a date still to come, a birth after the registration."""
        for name in self._dated:
            if (value := cells.values.get(name, "")) > self._today:
                cells.reasons.append(Reason("date.future", name, cells.typed.get(name, value)))
        births.settle(self._layout, cells.typed, cells.values, fields, cells.notes, cells.reasons)

    def _interpreted(
        self,
        raw: RawRow,
        cells: _Cells,
        lists: Mapping[str, Sequence[Mapping[str, str]]],
        fields: dict[str, Any],
        key: str,
    ) -> Interpreted:
        registered_on = cells.values.get(self._layout.registered_on, "")
        office, unit, department = self._office(cells)
        kept = self._sorter.sort(cells.typed, cells.values, raw)
        return Interpreted(
            number=raw.number,
            key=key,
            registered_on=registered_on,
            office=office,
            unit=unit,
            department=department,
            fields={name: value for name, value in fields.items() if value and name not in _ONLY_SEALED},
            identity=kept.identity,
            narrative=kept.narrative,
            content=kept.content,
            values=kept.values,
            events=self._happenings.derive(cells.values, lists),
            print=kept.print,
            notes=cells.notes,
        )

    def _office(self, cells: _Cells) -> tuple[str, str, str]:
        """Code, unit and department of the office; a name that nobody knows is noted."""
        rule = self._layout.office
        if rule is None:
            return "", "", ""
        typed = cells.typed.get(rule.column, "")
        wanted = rule.words.get(typed) or rule.words.get(fold(typed)) or typed or rule.default
        found = self._lexicon.offices.get(fold(wanted)) or self._lexicon.offices.get(fold(rule.default))
        if typed and (found is None or fold(wanted) not in self._lexicon.offices):
            cells.notes.append(Reason("note.office_unknown", rule.column, typed))
        return (found.code, found.unit, found.department) if found else ("", rule.unit, "")


# Targets that the vault keeps as typed and linkage has no use for.
_ONLY_SEALED = frozenset({"age", "phone", "guardian_name"})
