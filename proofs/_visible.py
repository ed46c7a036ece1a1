"""Looking for marked people in bytes as somebody would who got hold of a dump, a backup or a log."""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from proofs import _marked

_STEMS = tuple(
    form(f"{first}upa{kind}")
    for first in "zs"
    for kind in ("pat", "mat", "nom", "liz", "lis", "obs")
    for form in (str.lower, str.upper, str.capitalize)
)
_WORDS = re.compile(rb"[zs]upa(?:pat|mat|nom|li[zs]|obs)[a-z]*", re.IGNORECASE)
# Beside letters of a hexadecimal number eight digits come up by chance.
_NUMBERS = re.compile(rb"(?<![0-9a-fA-F])9?(83[0-9]{6})(?![0-9a-fA-F])")
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_MOST_UNPACKED = 4 * 1024 * 1024


def _encoded() -> tuple[bytes, ...]:
    """The beginnings of marked words in hexadecimal digits and, at each of three offsets, in base 64."""
    found = [form(stem.encode().hex()).encode() for stem in _STEMS for form in (str.lower, str.upper)]
    for stem in _STEMS:
        for offset in range(3):
            whole = b64encode(b"\0" * offset + stem.encode())
            # Characters that share bits with what stands before or after the word are left out.
            found.append(whole[(offset * 8 + 5) // 6 : (offset + len(stem)) * 8 // 6])
    return tuple(found)


_ENCODED = re.compile(b"|".join(map(re.escape, _encoded())))


def in_folder(folder: Path, people: int) -> Iterator[str]:
    """Each kind of file and way of writing in which a mark is found, file by file."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for way in ways(path.read_bytes(), people):
                yield f"a mark in {path.suffix or path.name}, {way}"


def ways(data: bytes, people: int) -> list[str]:
    """In which ways of writing marks stand in bytes."""
    documents = {_marked.document(number).encode() for number in range(people)}
    found = []
    if _plain(data, documents):
        found.append("as plain text")
    # Letters of two or four bytes each are plain ones with zeros between.
    if _plain(data.replace(b"\0", b""), documents) and not found:
        found.append("in wide letters")
    if _ENCODED.search(data):
        found.append("encoded")
    if any(_plain(unpacked, documents) for unpacked in _unpacked(data)):
        found.append("packed")
    return found


def _plain(data: bytes, documents: set[bytes]) -> bool:
    return bool(_WORDS.search(data)) or not documents.isdisjoint(_NUMBERS.findall(data))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Everything in the bytes that unpacks: streams of zlib and gzip, and members of archives."""
    for start in (match.start() for match in _PACKED.finditer(data)):
        begins, window = _beginning(data, start)
        try:
            yield zlib.decompressobj(window).decompress(data[begins : begins + _MOST_UNPACKED], _MOST_UNPACKED)
        except zlib.error:
            continue


def _beginning(data: bytes, start: int) -> tuple[int, int]:
    """Where a packed stream begins, and how zlib has to be told to read it."""
    if data[start : start + 2] != b"PK":
        return start, zlib.MAX_WBITS | 32
    name, extra = (int.from_bytes(data[start + place : start + place + 2], "little") for place in (26, 28))
    return start + 30 + name + extra, -zlib.MAX_WBITS
