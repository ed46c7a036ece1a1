"""Opening a file that was handed in for a source: what it is, where its header is, and its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from amparo.kernel.errors import Invalid
from amparo.pack.layouts import Layout
from amparo.registries.readers import delimited, documents, kinds, sheet, text, workbook
from amparo.registries.readers.headers import Header, Spec, fold, locate, shown
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.refusals import refuse
from amparo.registries.readers.tables import Cells, RawRow, Table, header_notes, tabular_rows
from amparo.registries.reasons import Reason

_SHEETS_LOOKED_AT = 20


def spec_of(layout: Layout) -> Spec:
    """What the readers must know of a layout. Columns of a repeated list stand together under the list's name."""
    columns: dict[str, tuple[tuple[str, ...], bool]] = {}
    for column in layout.columns:
        head, mark, _ = column.name.partition("[]")
        name = head + mark
        required = column.required or columns.get(name, ((), False))[1]
        columns[name] = (() if mark else column.aliases, required)
    return Spec.of(layout.source, [(name, aliases, needed) for name, (aliases, needed) in columns.items()])


def open_table(file: BinaryIO, size: int, layout: Layout, others: Sequence[Spec], limits: Limits) -> Table:
    """Find out what the file is and open it; refuses it whole, with a reason, where it cannot be a delivery."""
    if size == 0:
        raise Invalid("file.empty")
    if size > limits.size:
        raise Invalid("file.too_big", megabytes=size // 1_000_000, limit=limits.size // 1_000_000)
    kind = kinds.kind_of(file)
    opening = {"csv": _open_text, "json": _open_json, "xlsx": _open_workbook}[kind]
    table = opening(file, size, layout, others, limits)
    if kind != layout.file.format:
        table.notes.insert(0, {"code": "note.other_format", "found": kind, "expected": layout.file.format})
    return table


def _open_text(file: BinaryIO, _size: int, layout: Layout, others: Sequence[Spec], limits: Limits) -> Table:
    spec, depth = spec_of(layout), layout.file.header_depth
    encoding = text.encoding_of(file)
    separator, header, head = delimited.separator_of(file, encoding, spec, limits, depth)
    if header is None or header.missing:
        # Another institution's file may use another separator, so all are tried before an answer is given.
        heads = [delimited.head(file, encoding, sign, limits, depth) for sign in delimited.SEPARATORS]
        refuse(header, [head, *heads], spec, others)
    read_as = {"format": "csv", "encoding": encoding.name, "separator": "tab" if separator == "\t" else separator}
    notes = [*_encoding_notes(encoding, layout), *header_notes(header)]
    cells = (Cells(n, row) for n, row in enumerate(delimited.rows(file, encoding, separator, limits), start=1))
    return Table(read_as, notes, tabular_rows(cells, header, layout, limits, fixed_width=True))


def _encoding_notes(encoding: text.Encoding, layout: Layout) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = [{"code": "note.damaged_encoding"}] if encoding.damaged else []
    expected = layout.file.encodings
    if expected and layout.file.format == "csv" and encoding.name not in expected:
        notes.append({"code": "note.other_encoding", "found": encoding.name, "expected": expected[0]})
    return notes


def _open_workbook(file: BinaryIO, size: int, layout: Layout, others: Sequence[Spec], limits: Limits) -> Table:
    spec = spec_of(layout)
    book = workbook.open_workbook(file, size, limits)
    wanted = fold(layout.file.sheet)
    names = sorted(book.sheets, key=lambda name: fold(name) != wanted)[:_SHEETS_LOOKED_AT]
    heads = {name: _sheet_head(book, name, limits, layout.file.header_depth) for name in names}
    if not any(heads.values()):
        raise Invalid("file.empty")
    name, header = _sheet_with_header(heads, spec)
    if header is None or header.missing:
        sheets = [] if wanted in {fold(found) for found in heads} else list(book.sheets)
        refuse(header, list(heads.values()), spec, others, sheets=sheets, sheet=layout.file.sheet)
    notes = header_notes(header)
    if wanted and fold(name) != wanted and layout.file.format == "xlsx":
        notes.insert(0, {"code": "note.other_sheet", "found": name, "expected": layout.file.sheet})
    rows = sheet.rows(book, name, limits)
    cells = (Cells(row.number, row.cells, row.formulas, row.errors) for row in rows)
    table_rows = tabular_rows(cells, header, layout, limits, fixed_width=False)
    return Table({"format": "xlsx", "sheet": name}, notes, table_rows)


def _sheet_with_header(heads: dict[str, list[list[str]]], spec: Spec) -> tuple[str, Header | None]:
    """The first sheet that has all required columns, or else the one that has most."""
    best: tuple[str, Header | None] = ("", None)
    for name, head in heads.items():
        header = locate(head, spec)
        if header is None:
            continue
        if not header.missing:
            return name, header
        if best[1] is None or header.found > best[1].found:
            best = (name, header)
    return best


def _sheet_head(book: workbook.Workbook, name: str, limits: Limits, depth: int) -> list[list[str]]:
    """The first rows of a sheet at their places, so that the number of the header is the one that Excel shows."""
    head: list[list[str]] = []
    for row in sheet.rows(book, name, limits):
        if row.number > depth:
            break
        head.extend([] for _ in range(row.number - 1 - len(head)))
        head.append(row.cells)
    return head


def _open_json(file: BinaryIO, _size: int, layout: Layout, others: Sequence[Spec], limits: Limits) -> Table:
    spec = spec_of(layout)
    encoding = text.encoding_of(file)
    lists = frozenset(name.removesuffix("[]") for name in spec.names.values() if name.endswith("[]"))
    where = layout.file.rows_at if layout.file.format == "json" else ""
    first = next(documents.rows(file, encoding, where, limits), None) if layout.file.format == "json" else None
    if first is None and layout.file.format == "json" and documents.has_list(file, encoding, where):
        raise Invalid("file.no_rows")
    if not isinstance(first, dict):
        refuse(None, [[documents.names_inside(file, encoding, limits)]], spec, others)
    flat = documents.flatten(first, lists, limits)
    # A null stands for a whole object that is not there, not for a column.
    header = locate([[name for name, value in flat.items() if value or fold(name) in spec.names]], spec)
    if header is None or header.missing:
        refuse(header, [[documents.names_inside(file, encoding, limits)]], spec, others)
    items = documents.rows(file, encoding, where, limits)
    read_as = {"format": "json", "encoding": encoding.name}
    return Table(read_as, header_notes(header), _json_rows(items, layout, spec, lists, limits))


def _json_rows(
    items: Iterator[Any], layout: Layout, spec: Spec, lists: frozenset[str], limits: Limits
) -> Iterator[RawRow]:
    for number, item in enumerate(itertools.islice(items, limits.rows + 1), start=1):
        if number > limits.rows:
            raise Invalid("file.too_many_rows", limit=limits.rows)
        raw = RawRow(number, {})
        if not isinstance(item, dict):
            raw.reasons.append(Reason("row.not_an_object"))
        else:
            _fill(raw, documents.flatten(item, lists, limits), spec)
        yield raw


def _fill(raw: RawRow, flat: documents.Flat, spec: Spec) -> None:
    """Sort what an object says into the layout's columns and others."""
    for typed, value in flat.items():
        name = spec.names.get(fold(typed))
        if isinstance(value, str):
            if name:
                raw.values[name] = value
            elif value:
                raw.others[shown(typed)] = value
            if "\ufffd" in value:
                raw.reasons.append(Reason("cell.damaged", shown(typed), value))
        elif name:
            raw.lists[name] = value
        elif value:
            raw.others[shown(typed)] = str(value)
