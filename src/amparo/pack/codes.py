"""Code lists: CSV files whose rows are codes with labels, validity and their values in other lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from amparo.pack.definitions import Labelled, Truth
from amparo.pack.source import CsvRow, Folder

_OWN_COLUMNS = ("code", "label_es", "label_en", "valid_from", "valid_to", "verified", "source")


class CodeListInfo(Labelled):
    """What ``codes/lists.yaml`` says of a list.

    ``htcds`` names the field of HTCDS whose values the column ``htcds`` holds; ``answers`` is false for lists that are
    never asked of a person and therefore need no *not informed* and *not applicable*.
    """

    htcds: str = ""
    answers: Truth = True
    multiple: Truth = False
    note_es: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list. ``maps`` holds every other column of its row, such as ``htcds``, ``inei`` or ``parent``."""

    code: str
    label_es: str
    label_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True
    source: str = ""
    maps: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def parent(self) -> str:
        """The wider code that this one is part of, or nothing."""
        return self.maps.get("parent", "")

    @property
    def htcds(self) -> tuple[str, ...]:
        """Its values in the international standard; several where the standard is finer."""
        return tuple(part for part in self.maps.get("htcds", "").split(";") if part)

    def label(self, language: str = "es") -> str:
        """The label in a language, in the other one if that is missing."""
        return (self.label_es or self.label_en) if language.startswith("es") else (self.label_en or self.label_es)

    def is_valid_on(self, day: date) -> bool:
        """Whether the code is in force on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class CodeList(Mapping[str, Code]):
    """A list: a mapping from code to :class:`Code` in the order of the file."""

    info: CodeListInfo
    file: str
    items_by_code: Mapping[str, Code]

    def __getitem__(self, code: str) -> Code:
        return self.items_by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.items_by_code)

    def __len__(self) -> int:
        return len(self.items_by_code)

    def label(self, code: str, language: str = "es") -> str:
        """The label of a code; an unknown code reads as itself."""
        found = self.items_by_code.get(code)
        return found.label(language) if found else code

    def valid_on(self, day: date) -> list[Code]:
        """The codes that a form may offer on a day."""
        return [code for code in self.items_by_code.values() if code.is_valid_on(day)]

    def top(self, code: str) -> str:
        """The widest code that a code is part of; itself where it stands alone or is unknown."""
        seen = {code}
        while (found := self.items_by_code.get(code)) and found.parent and found.parent not in seen:
            code = found.parent
            seen.add(code)
        return code


def read_codes(folder: Folder, file: str) -> dict[str, Code]:
    """The codes of one CSV file; repeated codes and bad dates are reported in ``folder.problems``."""
    codes: dict[str, Code] = {}
    for row in folder.csv(file, _OWN_COLUMNS):
        code = _code(folder, row)
        if (first := codes.get(code.code)) is not None:
            folder.report(file, row.line, "pack.duplicate_code", code=code.code, first=first.line)
            continue
        codes[code.code] = code
    return codes


def _code(folder: Folder, row: CsvRow) -> Code:
    return Code(
        code=row["code"],
        label_es=row["label_es"],
        label_en=row["label_en"],
        valid_from=read_day(folder, row, "valid_from"),
        valid_to=read_day(folder, row, "valid_to"),
        verified=row["verified"] != "false",
        source=row["source"],
        maps={column: cell for column, cell in row.cells.items() if cell and column not in _OWN_COLUMNS},
        line=row.line,
    )


def read_day(folder: Folder, row: CsvRow, column: str) -> date | None:
    """The date of a cell; an empty one is None, a bad one is reported and read as None."""
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        folder.report(row.file, row.line, "pack.bad_date", value=row[column])
        return None
