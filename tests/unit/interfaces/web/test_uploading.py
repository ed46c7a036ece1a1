"""A file on its way in has no name, no place on the disk, and no content once it is too large."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.interfaces.web.uploading import NamelessUpload

PIECES = [b"NOMBRES;APELLIDOS\n", b"una;persona\n"]


def sent(pieces: list[bytes]) -> Any:
    handler = NamelessUpload()
    handler.new_file("file", "QUISPE MARIA 71234567.csv", "text/csv", None)
    for number, piece in enumerate(pieces):
        handler.receive_data_chunk(piece, number)
    return handler.file_complete(sum(map(len, pieces)))


def test_the_name_is_forgotten_and_the_content_is_whole() -> None:
    with sent(PIECES) as file:
        assert file.name == "archivo"
        assert file.read() == b"".join(PIECES)
        assert file.size == sum(map(len, PIECES))


def test_a_file_that_is_too_large_tells_its_size_and_holds_nothing(settings: Any) -> None:
    settings.DELIVERY_MAX_BYTES = len(PIECES[0])

    file = sent(PIECES)

    assert file.size == sum(map(len, PIECES))
    assert file.read() == b""


def test_what_came_before_the_line_broke_is_let_go() -> None:
    handler = NamelessUpload()
    handler.new_file("file", "lista.csv", "text/csv", None)
    handler.receive_data_chunk(PIECES[0], 0)

    handler.upload_interrupted()

    with pytest.raises(ValueError, match="closed"):
        handler.receive_data_chunk(PIECES[1], 1)
