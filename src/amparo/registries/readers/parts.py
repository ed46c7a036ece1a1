"""The XML parts of a workbook's package, element by element while they unpack."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers.expat import ExpatError, ParserCreate, errors

from amparo.kernel.errors import Invalid

_BLOCK = 128 * 1024


def children(package: zipfile.ZipFile, name: str, path: Sequence[str]) -> Iterator[Element]:
    """The elements right below those at ``path`` (local names from the root), each as soon as it is whole.

    Nothing of the part is kept but what has not ended yet. A part that does not unpack or is no XML is refused
    (``file.truncated``), and one with a document type too (``file.hostile``).
    """
    builder = TreeBuilder()
    # The document grows below an element of our own, so that it can be read before it ends.
    top = builder.start("", {})
    # Entities could blow up or read other files; without a document type there are none.
    parser = XMLParser(target=builder)  # noqa: S314
    try:
        for block in _without_doctype(_blocks(package, name)):
            parser.feed(block)
            yield from _whole(top, path, has_ended=False)
        parser.close()
    except (ExpatError, ParseError) as error:
        if out_of_memory(error.code):
            raise MemoryError from error
        raise Invalid("file.truncated") from error
    yield from _whole(top, path, has_ended=True)


def out_of_memory(code: int) -> bool:
    """Whether an error of the parser says that it got no memory; then it is not the file that ends too early."""
    return code == errors.codes[errors.XML_ERROR_NO_MEMORY]


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """An element's name without its namespace, in which the transitional and the strict form of the format differ."""
    return tag.rpartition("}")[2]


def _blocks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with package.open(name) as part:
            while block := part.read(_BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise Invalid("file.truncated") from error


def _without_doctype(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks as they are. A document type can only stand before the first element; so far they are looked at."""
    begun: list[str] = []
    prolog = ParserCreate()

    def begin(name: str, _attributes: dict[str, str]) -> None:
        begun.append(name)
        prolog.StartElementHandler = None

    prolog.StartElementHandler = begin
    prolog.StartDoctypeDeclHandler = _refuse_doctype
    for block in blocks:
        if not begun:
            prolog.Parse(block)
        yield block


def _refuse_doctype(*_arguments: object) -> None:
    raise Invalid("file.hostile")


def _whole(element: Element, path: Sequence[str], *, has_ended: bool) -> Iterator[Element]:
    """Take the elements below ``path`` out of the tree that are whole: all but the last of one that goes on."""
    last = len(element) - 1
    if not path:
        found = element[: last + has_ended]
        del element[: last + has_ended]
        yield from found
        return
    for place, child in enumerate(element):
        if local(child.tag) == path[0]:
            yield from _whole(child, path[1:], has_ended=has_ended or place < last)
        else:
            child.clear()
    del element[:last]
