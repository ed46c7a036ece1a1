"""Import layouts: how the file that an institution hands in is read, as data of the country pack.

A layout says which columns a file has, what each one means, how it is converted and what happened according to it.
One folder per source and one file per version: ``imports/<source>/<version>.yaml``. Nothing outside the pack knows
the name of a column.

Plain dataclasses: pydantic checks them where a pack is read (``pack.source``), and the process that reads an
institution's file, which is told one layout, starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Interval, MinLen

Converter = Literal[
    "text",
    "name",
    "full_name",
    "date",
    "birth",
    "age",
    "sex",
    "code",
    "codes",
    "document",
    "document_type",
    "document_number",
    "district",
    "place_name",
    "reference",
    "yes_no",
    "number",
    "year",
]
Compartment = Literal["identity", "narrative", "case", "public"]

# What a column of identity may be called by the rest of the system, whatever the institution calls it.
IDENTITY_TARGETS = frozenset(
    {
        "given", "surname1", "surname2", "surnames", "full_name", "alias", "native_name", "birth", "age", "sex",
        "doc_type", "doc_number", "document", "nationality", "origin", "guardian_name", "guardian_doc", "phone",
        "event_on", "event_place",
    }
)  # fmt: skip
WORDS_NEEDED = frozenset({"code", "codes", "sex", "document", "document_type"})
# Only values of a closed form may lie outside the vault: a name typed into the wrong column must never get there.
CLOSED = frozenset({"date", "birth", "age", "sex", "code", "codes", "district", "yes_no", "number", "year"})


class _Strict:
    """A part of a layout: what is written in it besides its fields is a fault, as pydantic is told here."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(_Strict):
    """A text for people, in Spanish and in English."""

    es: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShape(_Strict):
    """How the file is put together."""

    format: Literal["csv", "xlsx", "json"]
    encodings: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    sheet: str = ""
    # How many rows from the top are searched for the header.
    header_depth: Annotated[int, Interval(ge=1, le=200)] = 30
    # Columns shown only in the first row of a group: an empty cell repeats the one above.
    fill_down: tuple[str, ...] = ()
    # Where the rows are inside a JSON document, such as ``fichas``.
    rows_at: str = ""
    # Which of the two systems of district codes the institution uses.
    districts: Literal["inei", "reniec"] = "inei"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(_Strict):
    """One column: its name in the file, what it means and how it is converted."""

    name: str
    aliases: tuple[str, ...] = ()
    # The file must have the column.
    required: bool = False
    # Every row must have a value in it.
    filled: bool = False
    # The compartment that the value as typed goes to.
    holds: Compartment = "case"
    # What the converted value is called: one of IDENTITY_TARGETS, or any word for a value of the case.
    to: str = ""
    convert: Converter = "text"
    # The pack's code list, and each word as the institution types it with the code that it means.
    codes: str = ""
    words: dict[str, str] = field(default_factory=dict)
    # A name of another column's words, so that the same list is not written twice in one layout.
    words_of: str = ""
    # What stands between several values in one cell.
    split: str = ""
    # Prefix of a normalised reference, such as ``carpeta``.
    reference: str = ""
    # For an age: somebody estimated it, give or take so many years.
    margin: Annotated[int, Interval(ge=0, le=10)] = 0
    # For a name of a place: the column with the district that it should lie in or near.
    within: str = ""

    def __post_init__(self) -> None:
        if self.holds == "case" and self.convert not in CLOSED:
            raise ValueError(f"column {self.name}: {self.convert} may hold anything and must be identity or narrative")
        if self.to in IDENTITY_TARGETS and "[]" in self.name:
            raise ValueError(f"column {self.name}: a repeated value cannot be the record's {self.to}")
        if self.convert in WORDS_NEEDED and not (self.words or self.words_of):
            raise ValueError(f"column {self.name}: convert {self.convert} needs words")
        if self.convert in ("code", "codes") and not self.codes:
            raise ValueError(f"column {self.name}: convert {self.convert} needs the name of a code list")
        if self.convert == "reference" and not self.reference:
            raise ValueError(f"column {self.name}: convert reference needs its prefix")

    @property
    def target(self) -> str:
        """The name of the converted value: ``to``, or the column's own name."""
        return self.to or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule(_Strict):
    """One thing that a row says has happened."""

    type: str
    # The column with the date; without a date nothing has happened.
    on: str
    # The column whose date stands in for a missing one, for what takes effect whenever it was.
    otherwise_on: str = ""
    # Tells apart two rules of the same type in one row.
    slot: str = ""
    # Columns with the place, the best one first.
    place: tuple[str, ...] = ()
    # Field of the event → column whose converted value goes there, or ``=code`` for a fixed one.
    data: dict[str, str] = field(default_factory=dict)
    # All must hold: column → accepted codes; ``*`` is any value, an empty list no value.
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Name of the repeated list (JSON) for each of whose items the event is derived.
    each: str = ""
    # The kind of office that did it, where it is not the one that holds the record.
    unit: str = ""
    # The file shows only the latest one: a later date does not correct the earlier event, which happened too.
    latest_only: bool = False

    @property
    def key(self) -> str:
        """What identifies the rule within its layout."""
        return self.slot or self.type


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRule(_Strict):
    """A number that stands in several columns and by which another record may be found."""

    prefix: str
    columns: Annotated[tuple[str, ...], MinLen(1)]
    # Columns among them of which only the year counts.
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRule(_Strict):
    """How the office that holds the record is found."""

    column: str = ""
    # The office's name as typed → its code; names that equal the pack's own need no entry.
    words: dict[str, str] = field(default_factory=dict)
    # Used where the column is empty or says nothing known.
    default: str = ""
    # The kind of office, where the office itself is not known.
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSum(_Strict):
    """One sum that an official series claims: a total and the items that make it up."""

    total: str
    parts: Annotated[tuple[str, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesShape(_Strict):
    """Which columns of an official series hold what, and the sums that must hold in it."""

    year: str
    month: str
    department: str
    province: str
    district: str
    station: str
    category: str
    item: str
    value: str
    sums: tuple[SeriesSum, ...] = ()
    # Totals that must all be the same number, because they count the same thing.
    equal_totals: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The columns of the file that it names."""
        place = (self.department, self.province, self.district, self.station)
        return (self.year, self.month, *place, self.category, self.item, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(_Strict):
    """One version of the file of one source."""

    source: str
    institution: str
    version: str
    valid_from: date
    valid_to: date | None = None
    # False while nobody has compared the layout with the institution's own description of its file.
    verified: bool = False
    kind: Literal["records", "series"] = "records"
    title: Label
    unit_of_record: Label
    came_from: str
    file: FileShape
    # The columns of the institution's own number; a series has none.
    key: tuple[str, ...] = ()
    # Columns among the key's of which only the year counts.
    key_year: tuple[str, ...] = ()
    registered_on: str = ""
    office: OfficeRule | None = None
    columns: tuple[Column, ...]
    references: tuple[ReferenceRule, ...] = ()
    events: tuple[EventRule, ...] = ()
    series: SeriesShape | None = None
    sample: str = ""
    golden: str = ""

    def __post_init__(self) -> None:
        names = {column.name for column in self.columns}
        if len(names) != len(self.columns):
            raise ValueError("two columns have the same name")
        for place, used in self.column_references():
            if used not in names:
                raise ValueError(f"{place} names the column {used}, which the layout does not have")
        if self.kind == "records" and not (self.key and self.registered_on and self.office):
            raise ValueError("a layout of records needs key, registered_on and office")
        if self.kind == "records" and any(column.holds == "public" for column in self.columns):
            raise ValueError("nothing in a record is public")
        if self.kind == "series" and self.series is None:
            raise ValueError("a layout of a series needs series")
        rules = [rule.key for rule in self.events]
        if len(set(rules)) != len(rules):
            raise ValueError("two events have the same slot")

    def column_references(self) -> list[tuple[str, str]]:
        """Every place of the layout that names a column, with the column."""
        found = [("key", name) for name in self.key]
        found += [("key_year", name) for name in self.key_year]
        found += [("file.fill_down", name) for name in self.file.fill_down]
        found += [("registered_on", self.registered_on)] if self.registered_on else []
        found += [("office", self.office.column)] if self.office and self.office.column else []
        found += [(f"column {column.name}", column.words_of) for column in self.columns if column.words_of]
        found += [(f"column {column.name}", column.within) for column in self.columns if column.within]
        found += [("series", name) for name in self.series.columns()] if self.series else []
        for reference in self.references:
            found += [(f"reference {reference.prefix}", name) for name in (*reference.columns, *reference.years)]
        for rule in self.events:
            place = f"event {rule.key}"
            found += [(place, name) for name in (rule.on, rule.otherwise_on) if name]
            found += [(place, name) for name in (*rule.place, *rule.when)]
            found += [(place, name) for name in rule.data.values() if not name.startswith("=")]
        return found

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def words_for(self, column: Column) -> dict[str, str]:
        """The column's words, or those of the column that it borrows them from."""
        return self.column(column.words_of).words if column.words_of else column.words
