"""Asking the virus scanner: what it says counts, and no answer means what the installation has set."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amparo.kernel.errors import Invalid
from amparo.registries.readers import scanning

EICAR_LIKE = b"harmless bytes that the invented scanner calls harmful"
CONTENT = b"A;B\r\n" * 100_000


class Scanner:
    """A clamd of our own on a Unix socket, which answers what it is told to."""

    def __init__(self, path: Path, answer: bytes) -> None:
        self.answer, self.received = answer, b""
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as stream:
                self._talk(line, stream)

    def _talk(self, line: socket.socket, stream: io.BufferedReader) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        if command == b"zPING\0":
            line.sendall(b"PONG\0")
            return
        self.received = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            self.received += stream.read(size)
        line.sendall(self.answer)

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], Scanner]]:
    made: list[Scanner] = []

    def make(answer: bytes) -> Scanner:
        made.append(Scanner(tmp_path / "clamd.ctl", answer))
        return made[-1]

    monkeypatch.setenv("AMPARO_CLAMD_SOCKET", str(tmp_path / "clamd.ctl"))
    monkeypatch.delenv("AMPARO_SCAN", raising=False)
    yield make
    for each in made:
        each.close()


def test_the_whole_file_is_shown_to_the_scanner_and_stands_at_its_beginning_after(scanner) -> None:
    asked, file = scanner(b"stream: OK\0"), io.BytesIO(CONTENT)
    file.seek(7)

    assert scanning.scan(file) == "present"
    assert (asked.received, file.tell()) == (CONTENT, 0)
    assert scanning.state() == "present"


@pytest.mark.parametrize("setting", ["auto", "required"])
def test_what_is_infected_is_refused_whatever_is_set(scanner, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    scanner(b"stream: Eicar-Test-Signature FOUND\0")
    monkeypatch.setenv("AMPARO_SCAN", setting)

    with pytest.raises(Invalid) as refused:
        scanning.scan(io.BytesIO(EICAR_LIKE))

    assert refused.value.code == "file.infected"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK", b"\0", b"yes\0"])
def test_what_is_no_verdict_lets_nothing_in_where_one_is_required(
    scanner, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    scanner(answer)

    assert scanning.scan(io.BytesIO(CONTENT)) == "absent"
    monkeypatch.setenv("AMPARO_SCAN", "required")
    with pytest.raises(Invalid) as refused:
        scanning.scan(io.BytesIO(CONTENT))
    assert refused.value.code == "file.not_scanned"


def test_a_scanner_that_takes_too_long_is_none(tmp_path: Path, scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "clamd.ctl"))
        silent.listen()
        monkeypatch.setattr(scanning, "_SECONDS", 0.05)
        monkeypatch.setenv("AMPARO_SCAN", "required")

        with pytest.raises(Invalid) as refused:
            scanning.scan(io.BytesIO(b"A;B"))

    assert refused.value.code == "file.not_scanned"


@pytest.mark.parametrize("setting", ["required", "requierd", "si"])
def test_where_there_is_no_scanner_a_slip_in_the_setting_opens_nothing(
    scanner, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("AMPARO_SCAN", setting)

    assert scanning.state() == "absent"
    with pytest.raises(Invalid):
        scanning.scan(io.BytesIO(CONTENT))


def test_without_a_scanner_and_a_demand_for_one_files_are_taken_and_the_state_says_so(scanner) -> None:
    assert (scanning.scan(io.BytesIO(CONTENT)), scanning.state()) == ("absent", "absent")


def test_switched_off_it_is_not_asked(scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner(b"stream: Eicar-Test-Signature FOUND\0")
    monkeypatch.setenv("AMPARO_SCAN", "off")

    assert (scanning.scan(io.BytesIO(EICAR_LIKE)), scanning.state()) == ("off", "off")
