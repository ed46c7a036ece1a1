"""From a row under a layout's columns to what a record says: its number, identity, values, events. Pure.

Any text whatever may stand in any cell: a row is either interpreted or set aside with every reason at once, so that a
clerk corrects it in one go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from amparo.pack.layouts import IDENTITY_TARGETS, Layout, OfficeRule, ReferenceRule
from amparo.registries import births, converters, happenings, naming
from amparo.registries.cells import KEPT, SECOND, Cells, Columns, Item, words_of
from amparo.registries.converters import Outcome, fold
from amparo.registries.happenings import Derived
from amparo.registries.lexicon import Lexicon, OfficeFound
from amparo.registries.readers.tables import RawRow
from amparo.registries.reasons import Reason

_DATES = frozenset({"date", "birth"})
# Targets that the vault keeps as typed and linkage has no use for.
_ONLY_SEALED = frozenset({"age", "phone", "guardian_name"})


@dataclass(slots=True)
class Interpreted:
    """What one row says.

    ``key`` is the institution's own number; ``fields`` what linkage may compare (plain texts; ``birth`` an
    interval); ``identity`` and ``narrative`` the sealed columns as typed; ``content`` the open columns as typed;
    ``values`` the codes behind them; ``print`` what a change of content is seen by.
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


class Interpreter:
    """Reads the rows of one layout. Built once per delivery; ``today`` bounds what can already have happened."""

    def __init__(self, layout: Layout, lexicon: Lexicon, today: date) -> None:
        self._layout = layout
        self._lexicon = lexicon
        self._today = today.isoformat()
        self._columns = Columns(layout, lexicon.districts)
        plain = [column for column in layout.columns if "[]" not in column.name]
        first = [column for column in plain if column.convert not in SECOND]
        self._references = [column.name for column in first if column.convert == "reference"]
        self._compared = [
            (column.name, column.to)
            for column in first
            if column.to in IDENTITY_TARGETS and column.convert != "reference"
        ]
        self._second = [column for column in plain if column.convert in SECOND]
        dates = {rule.on for rule in layout.events}
        self._dated = [c.name for c in plain if c.convert in _DATES or c.name in dates]
        self._names = [(c.name, c.to) for c in plain if c.to in ("surnames", "full_name") and c.convert != "document"]
        self._documents = [(c.name, words_of(c, layout)) for c in plain if c.convert == "document"]
        self._people = naming.Namer(lexicon.names)
        self._births = births.Rule(layout)
        self._offices = layout.office or OfficeRule(unit="")
        self._happenings = happenings.Rules(layout.events)
        # The same few texts come again and again.
        self._place = lru_cache(KEPT)(self._find_place)
        self._office = lru_cache(KEPT)(self._find_office)

    def read(self, raw: RawRow) -> Interpreted | Refused:
        """Interpret one row, or say everything that bars it."""
        cells = self._columns.read(raw)
        lists = self._columns.read_lists(raw, cells)
        fields = self._fields(cells)
        self._read_second(cells, fields)
        key = self._key(cells)
        self._bar(cells, fields)
        if cells.reasons:
            return Refused(raw.number, key, cells.reasons, raw.typed())
        return self._interpreted(raw, cells, lists, fields, key)

    def _fields(self, cells: Cells) -> dict[str, Any]:
        """What linkage may compare, as far as it stands in columns of its own."""
        values = cells.values
        fields: dict[str, Any] = {}
        for name, target in self._compared:
            if (value := values.get(name)) and target not in fields:
                fields[target] = value
        references = [values[name] for name in self._references if name in values]
        self._read_compound(cells, fields)
        references += [found for rule in self._layout.references if (found := self._reference(rule, cells))]
        if references:
            fields["references"] = sorted(set(references))
        return fields

    def _reference(self, rule: ReferenceRule, cells: Cells) -> str:
        """A reference whose parts stand in several columns; nothing where a part is missing."""
        parts = [
            cells.values.get(name, "")[:4] if name in rule.years else cells.typed.get(name, "") for name in rule.columns
        ]
        return converters.as_reference(" ".join(parts), rule.prefix).value if all(parts) else ""

    def _read_compound(self, cells: Cells, fields: dict[str, Any]) -> None:
        """Split what one cell holds of several things."""
        for name, target in self._names:
            typed = cells.typed.get(name, "")
            fields.pop(target, None)
            if target == "surnames":
                fields["surname1"], fields["surname2"] = self._people.surnames(typed)
            else:
                fields["given"], fields["surname1"], fields["surname2"] = self._people.split(typed)
        for name, words in self._documents:
            fields.pop("document", None)
            kind, number = converters.split_document(cells.typed.get(name, ""), words)
            self._take_document(name, number, kind, cells, fields)

    def _take_document(self, column: str, number: str, kind: str, cells: Cells, fields: dict[str, Any]) -> None:
        outcome = converters.as_document_number(number, kind)
        cells.take(column, outcome)
        if kind:
            fields["doc_type"] = kind
        if outcome.value:
            fields["doc_number"] = outcome.value

    def _read_second(self, cells: Cells, fields: dict[str, Any]) -> None:
        for column in self._second:
            typed = cells.typed.get(column.name)
            if not typed:
                continue
            if column.convert == "place_name":
                cells.take(column.name, Outcome(self._place(typed, cells.values.get(column.within, "")[:2])))
            elif column.to == "guardian_doc":
                outcome = converters.as_document_number(typed, "DNI")
                cells.take(column.name, outcome)
                fields["guardian_doc"] = outcome.value
            else:
                self._take_document(column.name, typed, fields.get("doc_type", ""), cells, fields)

    def _find_place(self, typed: str, department: str) -> str:
        """The smaller place that a text mentions."""
        return self._lexicon.place_in(naming.words_only(typed), department)

    def _key(self, cells: Cells) -> str:
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

    def _bar(self, cells: Cells, fields: dict[str, Any]) -> None:
        """Reasons that only the row as a whole shows: a date still to come, a birth after the registration."""
        for name in self._dated:
            if (value := cells.values.get(name, "")) > self._today:
                cells.reasons.append(Reason("date.future", name, cells.typed.get(name, value)))
        self._births.settle(cells, fields)

    def _interpreted(
        self, raw: RawRow, cells: Cells, lists: Mapping[str, Sequence[Item]], fields: dict[str, Any], key: str
    ) -> Interpreted:
        office, unit, department = self._office_of(cells)
        return Interpreted(
            number=raw.number,
            key=key,
            registered_on=cells.values.get(self._layout.registered_on, ""),
            office=office,
            unit=unit,
            department=department,
            fields={name: value for name, value in fields.items() if value and name not in _ONLY_SEALED},
            identity=cells.identity,
            narrative=cells.narrative,
            content=cells.content,
            values=cells.codes,
            events=self._happenings.derive(cells.values, lists),
            print=cells.print,
            notes=cells.notes,
        )

    def _office_of(self, cells: Cells) -> tuple[str, str, str]:
        """Code, unit and department of the office; a name that nobody knows is noted."""
        typed = cells.typed.get(self._offices.column, "")
        office, is_known = self._office(typed)
        if typed and not is_known:
            cells.notes.append(Reason("note.office_unknown", self._offices.column, typed))
        return (office.code, office.unit, office.department) if office else ("", self._offices.unit, "")

    def _find_office(self, typed: str) -> tuple[OfficeFound | None, bool]:
        """The office of that name or the one that stands in for it, and whether the name is known."""
        rule = self._offices
        wanted = rule.words.get(typed) or rule.words.get(fold(typed)) or typed or rule.default
        found = self._lexicon.offices.get(fold(wanted))
        return found or self._lexicon.offices.get(fold(rule.default)), found is not None
