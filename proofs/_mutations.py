"""Ways in which a file goes wrong on its way: each takes the bytes of a good one and chance, and gives other bytes."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

Mutation = Callable[[bytes, random.Random], bytes]


def cut(content: bytes, chance: random.Random) -> bytes:
    """The line broke, or the disk was full."""
    return content[: chance.randrange(len(content) + 1)]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    altered = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        altered[chance.randrange(len(altered))] = chance.randrange(256)
    return bytes(altered)


def with_zeros(content: bytes, chance: random.Random) -> bytes:
    """Zero bytes stand in the middle."""
    place = chance.randrange(len(content))
    return content[:place] + b"\0" * chance.randint(1, 5_000) + content[place:]


def spliced(content: bytes, chance: random.Random) -> bytes:
    """A piece stands twice, somewhere else."""
    start, to = sorted(chance.randrange(len(content)) for _ in range(2))
    place = chance.randrange(len(content))
    return content[:place] + content[start:to] + content[place:]


def recoded(content: bytes, chance: random.Random) -> bytes:
    """Saved in another encoding than the one it was in, once or twice."""
    text = content.decode(chance.choice(("utf-8", "cp1252", "latin-1", "cp850")), "replace")
    return text.encode(chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp037")), "replace")


def other_columns(content: bytes, chance: random.Random) -> bytes:
    """Cells of the first lines are shuffled, lost, doubled or emptied: the header is another one."""
    lines = content.split(b"\n")
    for number in range(min(len(lines), chance.randint(1, 3))):
        cells = lines[number].split(b";")
        act = chance.choice((chance.shuffle, list.pop, lambda row: row.append(row[0]), list.reverse))
        act(cells)
        lines[number] = b";".join(cells)
    return b"\n".join(lines)


def huge_cell(content: bytes, chance: random.Random) -> bytes:
    """One value is far longer than any register's."""
    place = chance.randrange(len(content))
    return (
        content[:place]
        + chance.choice((b"A", "Ñ".encode(), b'"', b";", b"\n")) * 10 ** chance.randint(3, 6)
        + content[place:]
    )


def odd_values(content: bytes, chance: random.Random) -> bytes:
    """Dates, ages and numbers that cannot be, in the places of digits."""
    odd = (b"31/02/2026", b"99999999999999999999", b"-1", b"1e309", b"0000", b"NaN", b"\xef\xbb\xbf", b"=1+1")
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 10)):
        number = chance.randrange(len(lines))
        cells = lines[number].split(b";")
        cells[chance.randrange(len(cells))] = chance.choice(odd)
        lines[number] = b";".join(cells)
    return b"\n".join(lines)


def inner(content: bytes, chance: random.Random) -> bytes:
    """A part of a workbook is spoilt, or missing, while the workbook itself is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other:
        names = book.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = book.read(name)
            if name != chosen:
                other.writestr(name, part)
            elif part and chance.random() < 0.8:
                other.writestr(name, chance.choice((cut, flipped, with_zeros, spliced))(part, chance))
    return out.getvalue()


def other_shapes(content: bytes, chance: random.Random) -> bytes:
    """Values of a document are of another kind than they should be."""
    document = json.loads(content)
    odd: tuple[Any, ...] = (None, [], {}, "", 10**400, -0.0, True, [[[]]], {"a": {"b": {}}}, "\ufffd", "\ud800")
    for _ in range(chance.randint(1, 6)):
        at = document
        while isinstance(at, dict | list) and at:
            key = chance.choice(sorted(at)) if isinstance(at, dict) else chance.randrange(len(at))
            if not isinstance(at[key], dict | list) or chance.random() < 0.2:
                at[key] = chance.choice(odd)
                break
            at = at[key]
    return json.dumps(document).encode()


ANY: tuple[Mutation, ...] = (cut, flipped, with_zeros, spliced, recoded, huge_cell)
BY_KIND: dict[str, tuple[Mutation, ...]] = {
    ".csv": (*ANY, other_columns, other_columns, odd_values, odd_values),
    ".xlsx": (*ANY, inner, inner, inner, inner),
    ".json": (*ANY, other_shapes, other_shapes, other_shapes),
}


def mutated(content: bytes, kind: str, chance: random.Random) -> tuple[str, bytes]:
    """The file after one mutation, and which."""
    mutation = chance.choice(BY_KIND[kind])
    return mutation.__name__, mutation(content, chance)
