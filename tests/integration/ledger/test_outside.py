"""Checkpoints reach places outside this machine, and one that does not answer misses nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core import mail

from amparo.kernel.errors import Denied, Invalid
from amparo.ledger import actions, checkpoints, merkle, notes, outside, signing, timestamps
from amparo.ledger.actions import Author

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def write(count: int = 1) -> None:
    for _ in range(count):
        actions.record(author=Author("clerk"), act="x", at=NOW)
    checkpoints.write()


class Server(ThreadingHTTPServer):
    """A server on this machine that answers as it is told and keeps what it got."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.status = 200
        self.reply = lambda body: b""
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/constancias"


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(server.status)
        self.end_headers()
        if server.status == 200:
            server.got.append(body)
            self.wfile.write(server.reply(body))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def test_a_copy_in_another_folder_holds_every_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "other disk" / "amparo.jsonl"
    monkeypatch.setenv("AMPARO_CHECKPOINTS", f"file:{copy}".replace(" ", "%20"))
    write()
    outside.send_due(NOW)
    write()
    write()
    outside.send_due(NOW)
    outside.send_due(NOW)

    assert copy.read_text() == checkpoints.file().read_text()


def test_the_newest_checkpoint_comes_by_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_CHECKPOINTS", "mailto:odp@example.org")
    write()
    outside.send_due(NOW)
    write(2)
    outside.send_due(NOW)

    assert [message.to for message in mail.outbox] == [["odp@example.org"]] * 2
    note = notes.read(str(mail.outbox[1].body), signing.private_key().public_key())
    assert note.size == 3
    assert len(mail.outbox[1].attachments) == 1


def test_a_partner_gets_proof_that_nothing_was_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as server:
        monkeypatch.setenv("AMPARO_CHECKPOINTS", server.address)
        write(3)
        outside.send_due(NOW)
        write(4)
        outside.send_due(NOW)
    first, second = (json.loads(body) for body in server.got)
    old, new = notes.parse(first["notes"][-1]), notes.parse(second["notes"][-1])
    path = [b64decode(step) for step in second["proof"]["path"]]

    assert first["proof"] is None
    assert merkle.is_consistent(old.size, new.size, old.root, new.root, path)


def test_a_partner_that_did_not_answer_gets_everything_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as server:
        monkeypatch.setenv("AMPARO_CHECKPOINTS", server.address)
        server.status = 503
        write()
        assert outside.send_due(NOW) == 0
        write()
        server.status = 200
        assert outside.send_due(NOW + timedelta(seconds=30)) == 0
        assert outside.send_due(NOW + timedelta(minutes=2)) == 1

    assert len(json.loads(server.got[0])["notes"]) == 2
    assert [state.size for state in outside.states()] == [2]


def test_a_place_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_CHECKPOINTS", "pigeon:loft")

    with pytest.raises(Invalid):
        outside.places()


def test_nobody_sees_the_password_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_CHECKPOINTS", "https://user:secret@partner.example.org/x")

    assert [state.place for state in outside.states()] == ["https:partner.example.org"]


OPENSSL = """
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
accuracy = secs:1
"""


def authority(folder: Path) -> None:
    """A time-stamping authority of our own: one root, one signer."""
    (folder / "tsa.cnf").write_text(OPENSSL.format(folder=folder))
    (folder / "serial").write_text("01")
    (folder / "ext.cnf").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    new = ["openssl", "req", "-newkey", "rsa:2048", "-nodes"]
    for command in (
        [*new, "-x509", "-days", "2", "-subj", "/CN=root", "-keyout", "root.key", "-out", "root.pem"],
        [*new, "-subj", "/CN=tsa", "-keyout", "tsa.key", "-out", "tsa.csr"],
        [
            *("openssl", "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-CAcreateserial", "-days", "2", "-extfile", "ext.cnf", "-out", "tsa.pem"),
        ],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def stamped(folder: Path, query: bytes) -> bytes:
    """What the authority answers."""
    (folder / "query").write_bytes(query)
    command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-inkey", "tsa.key"]
    command += ["-signer", "tsa.pem", "-out", "reply"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "reply").read_bytes()


def test_an_authority_stamps_a_checkpoint_and_a_forged_stamp_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shutil.which("openssl"), "apt install openssl"
    authority(tmp_path)
    monkeypatch.setenv("AMPARO_TSA_ROOTS_FILE", str(tmp_path / "root.pem"))
    with running() as server:
        monkeypatch.setenv("AMPARO_CHECKPOINTS", f"tsa+{server.address}")
        server.reply = lambda query: b"forged"
        write()
        assert outside.send_due(NOW) == 0
        assert not timestamps.file_of(1).exists()
        server.reply = lambda query: stamped(tmp_path, query)
        assert outside.send_due(NOW + timedelta(hours=1)) == 1

    (tmp_path / "note").write_text(checkpoints.latest())
    verify = ["openssl", "ts", "-verify", "-data", "note", "-in", str(timestamps.file_of(1)), "-CAfile", "root.pem"]
    assert subprocess.run(verify, cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_after_four_hours_that_nobody_has_seen_nothing_sealed_opens_until_somebody_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    outside.require_contact(NOW + timedelta(days=1))
    lost, hour = tmp_path / "a disk" / "amparo.jsonl", timedelta(hours=1)
    lost.parent.write_text("not there")
    monkeypatch.setenv("AMPARO_CHECKPOINTS", f"file:{lost} mailto:odp@example.org".replace(" disk", "%20disk"))
    monkeypatch.setattr(mail.EmailMessage, "send", failing)
    outside.send_due(NOW)

    outside.require_contact(NOW + 4 * hour)
    with pytest.raises(Denied, match="cut_off"):
        outside.require_contact(NOW + 4 * hour + timedelta(seconds=1))

    monkeypatch.undo()
    monkeypatch.setenv("AMPARO_CHECKPOINTS", f"file:{lost} mailto:odp@example.org".replace(" disk", "%20disk"))
    outside.send_due(NOW + 5 * hour)
    outside.require_contact(NOW + 9 * hour)


def failing(*_: object) -> None:
    raise OSError
