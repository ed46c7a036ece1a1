"""Asking a ClamAV of this machine about a file before anything of it is read.

``AMPARO_SCAN`` says what no answer means: under ``auto`` (where nothing is set) files are taken unscanned, and the
pages say so; under ``required`` nothing is taken; ``off`` never asks. A file that was found infected is never taken.
The protocol is ``zINSTREAM`` of clamd(8): before each piece its length in four bytes, and a zero at the end.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Literal

from amparo.kernel.errors import Invalid

State = Literal["off", "absent", "present"]

_DEFAULT_SOCKET = "/run/clamav/clamd.ctl"
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_SECONDS, _SECONDS_TO_A_PING = 30.0, 2.0


class _NoAnswer(Exception):
    """The scanner is not there, does not answer in time, or answers something else than a verdict."""


def required() -> bool:
    """Whether nothing is taken without a verdict."""
    return _mode() == "required"


def state() -> State:
    """Whether a scanner answers here and now."""
    if _mode() == "off":
        return "off"
    try:
        with _connected(_SECONDS_TO_A_PING) as line:
            line.sendall(b"zPING\0")
            return "present" if _answer(line) == b"PONG" else "absent"
    except (_NoAnswer, OSError):
        return "absent"


def scan(file: BinaryIO) -> State:
    """Have the whole file scanned and go back to its beginning; says whether that was done.

    Raises ``Invalid``: ``file.infected`` where something was found, ``file.not_scanned`` where a verdict is required
    and none came.
    """
    if _mode() == "off":
        return "off"
    file.seek(0)
    try:
        verdict = _verdict(file)
    except (_NoAnswer, OSError) as error:
        if required():
            raise Invalid("file.not_scanned") from error
        return "absent"
    finally:
        file.seek(0)
    if verdict == "infected":
        raise Invalid("file.infected")
    return "present"


def _mode() -> str:
    """What is set; a word that nobody knows is taken for the strictest, so that a slip opens nothing."""
    told = os.environ.get("AMPARO_SCAN", "").strip().casefold() or "auto"
    return told if told in ("auto", "off") else "required"


def _verdict(file: BinaryIO) -> Literal["clean", "infected"]:
    with _connected(_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = _answer(line)
    # What was found is named after virus families, and nobody needs it to act; only the verdict is used.
    if answer.endswith(b" FOUND"):
        return "infected"
    if answer == b"stream: OK":
        return "clean"
    raise _NoAnswer


@contextmanager
def _connected(seconds: float) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        line.connect(os.environ.get("AMPARO_CLAMD_SOCKET") or _DEFAULT_SOCKET)
        yield line


def _answer(line: socket.socket) -> bytes:
    """One answer, which ends with a zero."""
    told = b""
    while not told.endswith(b"\0"):
        piece = line.recv(_LONGEST_ANSWER)
        if not piece or len(told) > _LONGEST_ANSWER:
            raise _NoAnswer
        told += piece
    return told.rstrip(b"\0")
