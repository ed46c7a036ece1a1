"""Excel workbooks: what is in the package, which sheets it has, and what their cells refer to.

Amparo reads workbooks itself rather than through a library, because it must notice formulas, count empty rows and
stop early, at several thousand rows a second and with little memory. The package's format is ECMA-376.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from amparo.kernel.errors import Invalid
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.parts import local, out_of_memory
from amparo.registries.readers.strings import shared_strings

# Built-in number formats that show a date or a time (ECMA-376, part 1, 18.8.30).
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_SMALL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened package: its sheets in order, its shared texts, and which cell styles show dates."""

    package: zipfile.ZipFile
    # Name of the sheet → path of its part in the package.
    sheets: dict[str, str]
    strings: list[str]
    date_styles: frozenset[int]
    # Whether days are counted from 1904, as old Macintosh versions did.
    from_1904: bool


def open_workbook(file: BinaryIO, size: int, limits: Limits) -> Workbook:
    """Check the package before anything is unpacked, then read what the sheets need.

    Refuses what is too big (``file.zip_bomb``), cut off (``file.truncated``), locked (``file.password``), not a
    workbook (``file.not_a_table``) or written to attack a reader (``file.hostile``).
    """
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Invalid("file.truncated") from error
    _check_package(package, size, limits)
    try:
        return _read(package, limits)
    except DefusedXmlException as error:
        raise Invalid("file.hostile") from error
    except ParseError as error:
        if out_of_memory(error.code):
            raise MemoryError from error
        raise Invalid("file.truncated") from error
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise Invalid("file.truncated") from error


def _check_package(package: zipfile.ZipFile, size: int, limits: Limits) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries:
        raise Invalid("file.zip_bomb", entries=len(entries), limit=limits.entries)
    if unpacked > limits.unpacked or unpacked > limits.ratio * max(size, 65536):
        raise Invalid("file.zip_bomb", megabytes=unpacked // 1_000_000, limit=limits.unpacked // 1_000_000)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Invalid("file.password")
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise Invalid("file.not_a_table", kind=_package_kind(names))


def _package_kind(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "document"
    if any(name.startswith("ppt/") for name in names):
        return "presentation"
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    return "ods" if "content.xml" in names else "archive"


def _read(package: zipfile.ZipFile, limits: Limits) -> Workbook:
    main = next(name for name in package.namelist() if name.endswith("workbook.xml"))
    folder = main.rpartition("/")[0]
    book = _small_part(package, main)
    targets = _targets(package, folder)
    sheets = {
        element.get("name", ""): targets[relation]
        for element in _all(book, "sheet")
        if (relation := _relation(element)) in targets
    }
    settings = next(iter(_all(book, "workbookPr")), None)
    return Workbook(
        package,
        sheets,
        shared_strings(package, f"{folder}/sharedStrings.xml".lstrip("/"), limits),
        _date_styles(package, f"{folder}/styles.xml".lstrip("/")),
        settings is not None and settings.get("date1904") in ("1", "true"),
    )


def _small_part(package: zipfile.ZipFile, name: str) -> Element:
    """A part that is read whole; one of more than 16 MB is no honest list of sheets or styles."""
    if package.getinfo(name).file_size > _SMALL:
        raise Invalid("file.zip_bomb", megabytes=package.getinfo(name).file_size // 1_000_000, limit=16)
    root: Element = fromstring(package.read(name), forbid_dtd=True)
    return root


def _all(root: Element, name: str) -> list[Element]:
    """Elements by their local name: the transitional and the strict form of the format differ only in namespaces."""
    return [element for element in root.iter() if local(element.tag) == name]


def _relation(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _targets(package: zipfile.ZipFile, folder: str) -> dict[str, str]:
    root = _small_part(package, f"{folder}/_rels/workbook.xml.rels".lstrip("/"))
    present = set(package.namelist())
    found: dict[str, str] = {}
    for element in _all(root, "Relationship"):
        if not element.get("Type", "").endswith("/worksheet"):
            continue
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if path in present:
            found[element.get("Id", "")] = path
    return found


def _date_styles(package: zipfile.ZipFile, name: str) -> frozenset[int]:
    """Positions in the list of cell formats whose number format shows a date."""
    if name not in package.namelist():
        return frozenset()
    root = _small_part(package, name)
    custom = {int(item.get("numFmtId", 0)): item.get("formatCode", "") for item in _all(root, "numFmt")}
    cells = next(iter(_all(root, "cellXfs")), None)
    formats = [int(item.get("numFmtId", 0)) for item in cells] if cells is not None else []
    return frozenset(position for position, number in enumerate(formats) if _shows_date(number, custom))


def _shows_date(number: int, custom: dict[int, str]) -> bool:
    if number in custom:
        bare = _NOT_FORMAT.sub("", custom[number]).lower()
        return any(letter in bare for letter in "dy") or "mmm" in bare
    return number in _DATE_FORMATS
