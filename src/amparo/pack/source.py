"""Reads a pack's files so that every value still knows the line it was written on.

YAML: every scalar stays text (``0801`` must not become a number, ``NO`` must not become false); pydantic converts
later, and the place of its complaints is turned back into a line. CSV: comma, UTF-8, a header, one line per row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import TypeAdapter, ValidationError

from amparo.pack.problems import Problem

Loc = tuple[str | int, ...]
M = TypeVar("M")

# The C parser of libyaml is ten times faster; the one in Python does the same where libyaml is missing.
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextLoader(_FASTEST):  # type: ignore[misc]  # which class it is depends on how PyYAML was built
    """Reads every scalar as text, so nothing has to be guessed about its type."""

    def resolve(self, *_: object) -> str:
        """The tag of any value."""
        return "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its value of dicts, lists, texts and None, and the line of every location in it."""

    file: str
    value: Any
    lines: Mapping[Loc, int]

    def line(self, *loc: str | int) -> int:
        """The line of a location, or of the nearest one around it that was written."""
        for size in range(len(loc), 0, -1):
            if (found := self.lines.get(loc[:size])) is not None:
                return found
        return self.lines.get((), 1)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row of a CSV list: its cells by column, stripped of outer blanks, and its line."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a pack, with the faults found while reading it."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, file: str, line: int, code: str, /, **params: object) -> None:
        """Note one fault."""
        self.problems.append(Problem(file, line, code, {key: str(value) for key, value in params.items()}))

    def files(self, pattern: str) -> list[str]:
        """Names of the files that match, relative to the folder, sorted."""
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.glob(pattern))

    def text(self, file: str) -> str | None:
        """The whole text of a file, or None and a reported fault."""
        try:
            return (self.path / file).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.report(file, 1, "pack.missing_file")
        except UnicodeDecodeError:
            self.report(file, 1, "pack.not_utf8")
        return None

    def yaml(self, file: str) -> Document | None:
        """One YAML file as a document, or None and a reported fault."""
        text = self.text(file)
        if text is None:
            return None
        try:
            return parse_yaml(text, file, self.problems)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            self.report(file, mark.line + 1 if mark else 1, "pack.syntax", detail=error.problem or "")
            return None

    def csv(self, file: str, required: Sequence[str]) -> list[CsvRow]:
        """The rows of a CSV list; rows of the wrong width are reported and left out."""
        text = self.text(file)
        if text is None:
            return []
        reader = csv.reader(io.StringIO(text))
        header = next(reader, [])
        for column in required:
            if column not in header:
                self.report(file, 1, "pack.missing_column", column=column)
        return list(self._rows(file, header, reader))

    def _rows(self, file: str, header: list[str], reader: Iterator[list[str]]) -> Iterator[CsvRow]:
        line_num = 2
        for cells in reader:
            line, line_num = line_num, getattr(reader, "line_num", line_num) + 1
            if not cells:
                continue
            if len(cells) != len(header):
                self.report(file, line, "pack.cells", found=len(cells), expected=len(header))
                continue
            yield CsvRow(file, line, dict(zip(header, map(str.strip, cells), strict=False)))

    def model(self, document: Document, model: type[M], value: Any, loc: Loc = ()) -> M | None:
        """Build a model or dataclass from part of a document; its faults are reported with file and line."""
        try:
            return checked(model, value, {"file": document.file, "line": document.line(*loc)})
        except ValidationError as error:
            self.problems.extend(problems_of(error, document, loc))
            return None

    def models(self, document: Document | None, key: str, model: type[M]) -> list[tuple[M, int]]:
        """Build one model per item of the list under ``key``; each comes with its line."""
        if document is None:
            return []
        items = document.value.get(key) if isinstance(document.value, dict) else None
        if not isinstance(items, list):
            self.report(document.file, 1, "pack.missing_value", where=key)
            return []
        built = ((self.model(document, model, item, (key, i)), document.line(key, i)) for i, item in enumerate(items))
        return [(item, line) for item, line in built if item is not None]


def checked(model: type[M], value: Any, context: Mapping[str, Any] | None = None) -> M:
    """The value as a pydantic model or a dataclass; raises ``pydantic.ValidationError`` with every fault at once."""
    # What is cached must be hashable, which mypy does not grant to the type of just anything.
    adapter: TypeAdapter[M] = _adapter(cast(Any, model))
    return adapter.validate_python(value, context=dict(context or {}))


@cache
def _adapter(model: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def parse_yaml(text: str, file: str, problems: list[Problem]) -> Document:
    """Parse YAML into texts, dicts and lists with lines; repeated keys are added to ``problems``.

    Raises ``yaml.MarkedYAMLError`` where the text is not YAML. Tags are ignored, so nothing can be executed.
    """
    lines: dict[Loc, int] = {}
    node = yaml.compose(text, Loader=_TextLoader)

    def build(node: yaml.Node | None, loc: Loc) -> Any:
        if node is None:
            return None
        lines.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [build(item, (*loc, i)) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return build_mapping(node, loc)
        return _scalar(node)

    def build_mapping(node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in value:
                problems.append(Problem(file, key_node.start_mark.line + 1, "pack.duplicate_key", {"key": key}))
            # A mapping's entry begins where its key is written, not where its value starts.
            lines[(*loc, key)] = key_node.start_mark.line + 1
            value[key] = build(value_node, (*loc, key))
        return value

    return Document(file, build(node, ()), lines)


def _scalar(node: yaml.Node) -> str | None:
    """The text of a scalar; one left empty without quotes is None."""
    value = str(node.value)
    return None if value in {"", "~"} and not getattr(node, "style", None) else value


def problems_of(error: ValidationError, document: Document, loc: Loc = ()) -> list[Problem]:
    """Turn pydantic's complaints into faults at the lines of the values complained of."""
    codes = {
        "missing": "pack.missing_value", "extra_forbidden": "pack.unknown_key",
        "unexpected_keyword_argument": "pack.unknown_key", "bad_date": "pack.bad_date",
    }  # fmt: skip
    found = []
    for item in error.errors(include_url=False):
        where = ".".join(str(part) for part in item["loc"])
        params = {"where": where, "detail": item["msg"], "value": str(item.get("input", ""))}
        line = document.line(*loc, *item["loc"])
        code = "pack.bad_date" if item["type"].startswith("date_") else codes.get(item["type"], "pack.invalid_value")
        found.append(Problem(document.file, line, code, params))
    return found
