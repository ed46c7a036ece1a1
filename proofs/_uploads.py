"""Files as nobody's browser would send them: what is in them, how they are called, and what they are sent as."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from proofs import _hostile, _mutations

_BOUNDARY = "----amparo"
# What a hostile file would touch; the deliveries' own proof looks whether it did.
_NOWHERE = Path("/nonexistent/amparo")
_SMALL = (_hostile.slip, _hostile.nested, _hostile.program, _hostile.macro, _hostile.formula, _hostile.entity)
_JUNK = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"[]",
    b"{}",
    b"null",
    b";;;\n;;;\n",
    b"\xef\xbb\xbf",
    b'"',
)
_NAMES = (
    "registro.csv", "registro.xlsx", "registro.json", "registro.exe", "", ".", "..", "../../etc/passwd", "a" * 5_000,
    "Ñ" * 3_000 + ".csv", "a\\b:c*?.csv", "\u202ecsv.exe", "<script>alert(1)</script>.csv", "%00.csv", "con\0.csv",
)  # fmt: skip
_TYPES = (
    "text/csv", "application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/html",
    "image/png", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "no type at all", "",
    "text/csv; charset=nothing", "text/csv; charset=utf-16",
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A request's body and the type that it says it has."""

    content: bytes
    type: str


def body(told: dict[str, str], field: str, keys: Sequence[str], chance: random.Random) -> Body:
    """A form with a file, several or none in the field that takes one, and what was typed besides.

    ``keys`` are numbers of records that are known; a file may carry some of them in the place of its own.
    """
    parts = [_part(name, text.encode("utf-8", "replace")) for name, text in told.items()]
    for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 2))):
        where = field if chance.random() < 0.9 else chance.choice(("source", "next", "", "x" * 300))
        name = _NAMES[0] if chance.random() < 0.5 else chance.choice(_NAMES)
        parts.append(_part(where, _content(told.get("source", ""), keys, chance), name, chance.choice(_TYPES)))
    chance.shuffle(parts)
    whole = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    sent_as = f"multipart/form-data; boundary={_BOUNDARY}"
    if chance.random() < 0.1:
        whole = _mutations.cut(whole, chance)
    if chance.random() < 0.05:
        sent_as = chance.choice(("multipart/form-data", "multipart/form-data; boundary=other", *_TYPES))
    return Body(whole, sent_as)


def _part(name: str, content: bytes, called: str | None = None, kind: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"'
    head += "" if called is None else f'; filename="{called}"'
    head += f"\r\nContent-Type: {kind}" if kind else ""
    return f"--{_BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"


def _content(source: str, keys: Sequence[str], chance: random.Random) -> bytes:
    """A good file, one that went wrong on its way, one made to do harm, or none; mostly of the register it is for."""
    samples = _samples()
    kind, good = samples[source if source in samples and chance.random() < 0.8 else chance.choice(sorted(samples))]
    drawn = chance.random()
    if drawn < 0.15:
        return chance.choice(_JUNK)
    if drawn < 0.3:
        return _with_known(good, keys, chance)
    if drawn < 0.5 and kind == ".xlsx":
        return chance.choice(_SMALL)(good, _NOWHERE, chance)
    return good if drawn < 0.6 else _mutations.mutated(good, kind, chance)[1]


def _with_known(good: bytes, keys: Sequence[str], chance: random.Random) -> bytes:
    """The file with numbers of known records put in the place of some of its words."""
    words = sorted(set(good.split(b";")))
    for word in chance.sample(words, min(len(words), 5)):
        good = good.replace(word, chance.choice(keys).encode(), 3) if word.strip() else good
    return good


@cache
def _samples() -> dict[str, tuple[str, bytes]]:
    """The pack's samples that are small, by register, each with how its name ends."""
    from amparo.pack import location

    found = sorted((location.default() / "imports").glob("*/sample.*"))
    return {path.parent.name: (path.suffix, path.read_bytes()) for path in found if path.stat().st_size < 25_000}
