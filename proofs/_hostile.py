"""Files made to do harm: each is built around a good one, and names a file that must not come to be or be read."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

_SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _book(good: bytes, changed: Mapping[str, bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook with some parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other:
        for name in book.namelist():
            other.writestr(name, changed.get(name, book.read(name)))
        for name, content in (more or {}).items():
            other.writestr(name, content)
    return out.getvalue()


def _sheet(good: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(good)).read(_SHEET)


def bomb(good: bytes, _mark: Path, chance: random.Random) -> bytes:
    """A sheet that unpacks to a thousand times its size."""
    return _book(good, {_SHEET: _sheet(good) + b" " * chance.randint(60_000_000, 90_000_000)})


def laughs(good: bytes, _mark: Path, chance: random.Random) -> bytes:
    """Entities that multiply (billion laughs)."""
    kind = f'<!DOCTYPE x [<!ENTITY l0 "{"ja" * chance.randint(1, 9)}">{_LAUGHS}]>'.encode()
    sheet = _sheet(good).replace(b"?>", b"?>" + kind, 1)
    return _book(good, {_SHEET: re.sub(rb"(<sheetData[^>]*>)", rb"\1&l9;", sheet)})


def entity(good: bytes, mark: Path, chance: random.Random) -> bytes:
    """An entity that names a file of this machine, or an address (XXE)."""
    where = chance.choice((mark.as_uri(), "http://127.0.0.1:9/", "file:///etc/passwd"))
    sheet = _sheet(good).replace(b"?>", f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{where}">]>'.encode(), 1)
    return _book(good, {_SHEET: sheet.replace(b"<v>", b"<v>&e;", 3).replace(b"<t>", b"<t>&e;", 3)})


def slip(good: bytes, mark: Path, chance: random.Random) -> bytes:
    """Entries whose names lead out of the folder (zip slip)."""
    name = chance.choice((f"..{mark}.made", f"{mark}.made", "../" * 12 + f"{mark}.made"[1:]))
    return _book(good, {}, {name: b"made"})


def nested(good: bytes, _mark: Path, chance: random.Random) -> bytes:
    """Archives in archives."""
    content = good
    for _ in range(chance.randint(1, 40)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("a.zip", content)
        content = out.getvalue()
    return content


def entries(good: bytes, _mark: Path, chance: random.Random) -> bytes:
    """More parts than anybody's workbook has."""
    return _book(good, {}, {f"xl/media/{n}": b"" for n in range(chance.randint(1_100, 5_000))})


def program(good: bytes, mark: Path, chance: random.Random) -> bytes:
    """A program, page or paper that is a workbook at the same time (polyglot)."""
    script = f"#!/bin/sh\ntouch {mark}.made\nexit\n".encode()
    heads = (script, b"%PDF-1.7\n", b"MZ\x90\0", b"\x7fELF\0", b"GIF89a\0\0", b"<html><script>1</script>")
    return chance.choice(heads) + good


def macro(good: bytes, mark: Path, _chance: random.Random) -> bytes:
    """A workbook with a program and a link to somewhere else in it."""
    return _book(
        good, {}, {"xl/vbaProject.bin": f'Shell "touch {mark}.made"'.encode(), "xl/externalLinks/1.xml": b"<x/>"}
    )


def formula(good: bytes, mark: Path, chance: random.Random) -> bytes:
    """Cells that are formulas."""
    told = f'<f>WEBSERVICE("http://127.0.0.1:9/{chance.random()}")&amp;CALL("touch {mark}.made")</f><v>'.encode()
    return _book(good, {_SHEET: _sheet(good).replace(b"<v>", told)})


def deep(_good: bytes, _mark: Path, chance: random.Random) -> bytes:
    """A document nested deeper than any stack."""
    sign = chance.choice((b"[", b'{"fichas":[', b'{"a":'))
    return b'{"fichas":' + sign * chance.randint(10_000, 200_000)


KINDS: tuple[Callable[[bytes, Path, random.Random], bytes], ...] = (
    bomb, laughs, entity, slip, nested, entries, program, macro, formula, deep,
)  # fmt: skip
# What can be taken all the same, as text and without effect, because the good file is all that is read of it.
MAY_BE_TAKEN = frozenset({"slip", "macro", "formula"})
