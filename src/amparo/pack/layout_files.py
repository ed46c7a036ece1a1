"""Reading the folder ``imports`` of a pack, and checking that its layouts fit the rest of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from amparo.pack.layouts import Column, EventRule, Layout
from amparo.pack.model import Pack
from amparo.pack.problems import Problem, Unverified
from amparo.pack.source import Document, Folder

FOLDER = "imports"


@dataclass(frozen=True, slots=True)
class ReadLayout:
    """A layout with the document it was read from, so that a fault can be said with its line."""

    layout: Layout
    document: Document


def read_layouts(folder: Folder) -> list[ReadLayout]:
    """Every layout that can be read and typed; faults go to ``folder.problems``."""
    found: list[ReadLayout] = []
    for file in folder.files(f"{FOLDER}/*/*.yaml"):
        document = folder.yaml(file)
        layout = folder.model(document, Layout, document.value) if document else None
        if document and layout:
            found.append(ReadLayout(layout, document))
    return found


def by_source(layouts: list[ReadLayout]) -> dict[str, tuple[Layout, ...]]:
    """Layouts of each source, the newest first."""
    found: dict[str, list[Layout]] = {}
    for read in sorted(layouts, key=lambda item: item.layout.valid_from, reverse=True):
        found.setdefault(read.layout.source, []).append(read.layout)
    return {source: tuple(versions) for source, versions in sorted(found.items())}


def load_layouts(path: Path) -> dict[str, tuple[Layout, ...]]:
    """The layouts in a pack's folder by source; those with faults are left out."""
    return by_source(read_layouts(Folder(path)))


def check_layouts(layouts: list[ReadLayout], pack: Pack, root: Path) -> list[Problem]:
    """Everything in the layouts that the rest of the pack does not know, with file and line."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for read in layouts:
        problems += _Check(read, pack, root).problems()
        name = (read.layout.source, read.layout.version)
        if name in seen:
            problems.append(_problem(read, "pack.duplicate_code", ("version",), code=name[1], first=str(seen[name])))
        seen.setdefault(name, read.document.line("version"))
    return sorted(problems)


def unverified(layouts: list[ReadLayout]) -> list[Unverified]:
    """Layouts that nobody has compared with the institution's own description."""
    return [
        Unverified(
            read.document.file, read.document.line("verified"), "import", read.layout.source, read.layout.version
        )
        for read in layouts
        if not read.layout.verified
    ]


def _problem(read: ReadLayout, code: str, at: tuple[str | int, ...], /, **params: str) -> Problem:
    return Problem(read.document.file, read.document.line(*at), code, params)


class _Check:
    """Follows the references of one layout."""

    def __init__(self, read: ReadLayout, pack: Pack, root: Path) -> None:
        self._read = read
        self._layout = read.layout
        self._pack = pack
        self._root = root

    def problems(self) -> Iterator[Problem]:
        """All faults of the layout."""
        yield from self._head()
        for index, column in enumerate(self._layout.columns):
            yield from self._column(index, column)
        for index, rule in enumerate(self._layout.events):
            yield from self._event(index, rule)

    def _head(self) -> Iterator[Problem]:
        layout = self._layout
        if layout.institution not in self._pack.institutions:
            yield _problem(self._read, "pack.unknown_institution", ("institution",), code=layout.institution)
        if layout.source != Path(self._read.document.file).parent.name:
            yield _problem(self._read, "layout.wrong_folder", ("source",), source=layout.source)
        if layout.valid_to and layout.valid_to < layout.valid_from:
            yield _problem(self._read, "pack.reversed_validity", ("valid_to",), code=layout.version)
        for name in (layout.sample, layout.golden):
            if name and not (self._root / self._read.document.file).with_name(name).is_file():
                yield _problem(self._read, "layout.no_sample", ("sample",), file=name)
        yield from self._office()

    def _office(self) -> Iterator[Problem]:
        rule = self._layout.office
        if rule is None:
            return
        if rule.unit not in self._pack.units:
            yield _problem(self._read, "pack.unknown_unit", ("office", "unit"), code=rule.unit)
        for word, code in rule.words.items():
            if code not in self._pack.offices:
                yield _problem(self._read, "pack.unknown_office", ("office", "words", word), code=code)
        if rule.default and rule.default not in self._pack.offices:
            yield _problem(self._read, "pack.unknown_office", ("office", "default"), code=rule.default)

    def _column(self, index: int, column: Column) -> Iterator[Problem]:
        if not column.codes:
            return
        codes = self._pack.codes.get(column.codes)
        if codes is None:
            yield _problem(self._read, "pack.unknown_code_list", ("columns", index, "codes"), code=column.codes)
            return
        for word, code in column.words.items():
            if code and code not in codes:
                at = ("columns", index, "words", word)
                yield _problem(self._read, "pack.unknown_code", at, list=column.codes, code=code)

    def _event(self, index: int, rule: EventRule) -> Iterator[Problem]:
        definition = self._pack.events.get(rule.type)
        if definition is None:
            yield _problem(self._read, "pack.unknown_event", ("events", index, "type"), code=rule.type)
            return
        if rule.unit and rule.unit not in self._pack.units:
            yield _problem(self._read, "pack.unknown_unit", ("events", index, "unit"), code=rule.unit)
        for name, source in rule.data.items():
            field = definition.field(name)
            if field is None:
                yield _problem(self._read, "layout.unknown_field", ("events", index, "data", name), field=name)
                continue
            yield from self._field(index, name, source, field.list)
        for field in definition.fields:
            if field.required and field.code not in rule.data:
                yield _problem(self._read, "layout.field_needed", ("events", index), field=field.code)

    def _field(self, index: int, name: str, source: str, wanted: str) -> Iterator[Problem]:
        """A field's value must come from a column of the same code list, or be a code of it."""
        at = ("events", index, "data", name)
        if source.startswith("="):
            codes = self._pack.codes.get(wanted)
            if codes is not None and source[1:] not in codes:
                yield _problem(self._read, "pack.unknown_code", at, list=wanted, code=source[1:])
        elif self._layout.column(source).codes != wanted:
            yield _problem(self._read, "layout.other_list", at, column=source, list=wanted)
