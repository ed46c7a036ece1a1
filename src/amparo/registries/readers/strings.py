"""The texts that the cells of a workbook share."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType, errors

from amparo.kernel.errors import Invalid
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.text import whole

_BLOCK = 256 * 1024
# Characters that XML cannot hold are written as _x000D_ (ECMA-376, part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """A text of a cell with its ``_x000D_`` escapes undone."""
    return whole(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)) if "_x" in text else text


def parser(*, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> XMLParserType:
    """An XML parser that refuses any document type, and with it every entity that could blow up."""
    made = ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def _refuse_doctype(*_arguments: object) -> None:
    raise Invalid("file.hostile")


def feed(part_parser: XMLParserType, block: bytes, *, last: bool = False) -> None:
    """Hand a block to the parser; XML that breaks off or is none is refused (``file.truncated``).

    Raises ``MemoryError`` where the parser got none: then it is not the file that ends too early.
    """
    try:
        part_parser.Parse(block, last)
    except ExpatError as error:
        if out_of_memory(error.code):
            raise MemoryError from error
        raise Invalid("file.truncated") from error


def out_of_memory(code: int) -> bool:
    """Whether an error of the parser says that it got no memory."""
    return code == errors.codes[errors.XML_ERROR_NO_MEMORY]


def blocks(package: zipfile.ZipFile, name: str, size: int) -> Iterator[bytes]:
    """A part of the package in blocks; one that does not unpack is refused (``file.truncated``)."""
    try:
        with package.open(name) as part:
            while block := part.read(size):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise Invalid("file.truncated") from error


def shared_strings(package: zipfile.ZipFile, name: str, limits: Limits) -> list[str]:
    """The package's shared texts in order; an empty list where the workbook has none."""
    if name not in package.namelist():
        return []
    collector = _Collector(limits)
    made = parser(start=collector.start, end=collector.end)
    made.CharacterDataHandler = collector.text
    for block in blocks(package, name, _BLOCK):
        feed(made, block)
    feed(made, b"", last=True)
    return collector.strings


class _Collector:
    """Joins the runs of each text and leaves out the phonetic ones."""

    def __init__(self, limits: Limits) -> None:
        self.strings: list[str] = []
        self._limits = limits
        self._runs: list[str] = []
        self._in_text = False
        self._in_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self._runs = []
        elif local == "rPh":
            self._in_phonetic = True
        elif local == "t":
            self._in_text = not self._in_phonetic

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self.strings.append(unescape("".join(self._runs))[: self._limits.cell])
        elif local == "rPh":
            self._in_phonetic = False
        elif local == "t":
            self._in_text = False

    def text(self, content: str) -> None:
        if self._in_text:
            self._runs.append(content)
