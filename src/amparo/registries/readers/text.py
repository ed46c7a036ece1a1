"""How a text file is encoded, found out from its bytes."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from amparo.kernel.errors import Invalid
from amparo.registries.readers.limits import Limits

_BLOCK = 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of an encoding, and whether single characters of the file are broken in it."""

    name: str
    damaged: bool = False


def whole(text: str) -> str:
    """A text in which halves of characters (lone surrogates, which no encoding can write) are shown as damaged."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def encoding_of(file: BinaryIO) -> Encoding:
    """Find the encoding by reading the whole file once, in blocks; leaves the file at its beginning.

    UTF-8 has a form that other encodings do not produce by chance, so a file that is valid UTF-8 is taken as such; one
    that is UTF-8 but for a few broken characters too, and the rest is Windows-1252. NUL bytes that do not come from
    UTF-16 are refused (``file.nul_bytes``).
    """
    file.seek(0)
    start = file.read(4096)
    for mark, name in _BOMS:
        if start.startswith(mark):
            file.seek(0)
            return Encoding(name)
    if b"\0" in start:
        file.seek(0)
        return Encoding(_utf16_without_mark(start))
    return _utf8_or_windows(file)


def _utf16_without_mark(start: bytes) -> str:
    """UTF-16 of Spanish text has its zeros nearly all at odd or nearly all at even places."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.3 * len(start) / 2 and even < 0.02 * len(start):
        return "utf-16-le"
    if even > 0.3 * len(start) / 2 and odd < 0.02 * len(start):
        return "utf-16-be"
    raise Invalid("file.nul_bytes", byte=start.index(0) + 1)


def _utf8_or_windows(file: BinaryIO) -> Encoding:
    file.seek(0)
    broken = whole = position = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while block := file.read(_BLOCK):
        if b"\0" in block:
            raise Invalid("file.nul_bytes", byte=position + block.index(b"\0") + 1)
        position += len(block)
        if block.isascii():
            continue
        text = decoder.decode(block)
        broken += text.count("�")
        whole += len(text.encode("utf-8")) - len(text)
    file.seek(0)
    if not broken:
        return Encoding("utf-8")
    # ``whole`` counts the extra bytes of characters beyond ASCII, among them two for each replacement.
    good = whole - 2 * broken
    return Encoding("utf-8", damaged=True) if good > 20 * broken else Encoding("cp1252")


def lines(file: BinaryIO, encoding: Encoding, limits: Limits) -> Iterator[str]:
    """The file's lines with their ends, as text; a line longer than the limit is refused (``file.line_too_long``)."""
    file.seek(0)
    errors = "replace" if encoding.damaged or encoding.name == "cp1252" else "strict"
    text = io.TextIOWrapper(file, encoding=encoding.name, errors=errors, newline="")
    try:
        number = 0
        while line := text.readline(limits.line + 1):
            number += 1
            if len(line) > limits.line:
                raise Invalid("file.line_too_long", line=number, limit=limits.line)
            yield line
    except UnicodeError as error:
        raise Invalid("file.encoding", encoding=encoding.name) from error
    finally:
        # The file is the caller's; it may be closed before an abandoned reading of it is.
        if not file.closed:
            text.detach()
