"""What looks for marks finds them however they are written, so that finding none means something."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable

import pytest

from proofs import _visible
from proofs._marked import export, marks, word

PEOPLE = 3


def archived(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", data)
    return out.getvalue()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "utf-16": lambda data: data.decode("latin-1").encode("utf-16-le"),
    "base 64": b64encode,
    "base 64, one byte on": lambda data: b64encode(b"x" + data),
    "base 64, two bytes on": lambda data: b64encode(b"xy" + data),
    "hexadecimal": lambda data: data.hex().encode(),
    "zlib": zlib.compress,
    "gzip": gzip.compress,
    "zip": archived,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", range(PEOPLE))
def test_a_marked_word_is_found_however_it_is_written(way: str, number: int) -> None:
    for kind in ("pat", "mat", "nom", "liz", "obs"):
        for text in (word(number, kind), word(number, kind).upper(), word(number, kind).lower()):
            assert _visible.ways(b"\x00\xff;" + WAYS[way](b";" + text.encode() + b";") + b"\xfe", PEOPLE), (way, text)


def test_a_document_is_found_and_a_part_of_a_hexadecimal_number_is_none() -> None:
    number = marks(1)[-1].encode()

    assert _visible.ways(b"DNI " + number, PEOPLE)
    assert _visible.ways(b"tel. 9" + number + b"\n", PEOPLE)
    assert not _visible.ways(b"ab" + number + b"cd", PEOPLE)


def test_the_export_itself_is_full_of_marks_and_other_text_has_none() -> None:
    assert _visible.ways(export(PEOPLE), PEOPLE) == ["as plain text"]
    assert _visible.ways("Registró el hito de la señora en Iquitos; 83 000 007".encode(), PEOPLE) == []
