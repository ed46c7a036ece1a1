"""A PostgreSQL server for the tests: the one that AMPARO_TEST_POSTGRES names, else a throw-away one of our own.

The account has to be a superuser: the tests make roles and work as each of them.

The throw-away server listens on a socket in a temporary folder and on no port; it is stopped and its folder removed
when the tests end. It does not wait for the disk, because nothing in it is worth keeping.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/bin")
_SECONDS_TO_START = 30
_HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "listen_addresses=")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is: ``postgresql://user@host`` without the name of a database, and what follows that name."""

    base: str
    query: str = ""

    def database(self, name: str) -> str:
        """The address of one of its databases, which need not exist yet."""
        return f"{self.base}/{name}{self.query}"


@contextmanager
def server() -> Iterator[Server | None]:
    """Yield a server for as long as the tests need it, or None where this machine has none."""
    named = os.environ.get("AMPARO_TEST_POSTGRES", "").rstrip("/")
    programs = _programs()
    if named:
        yield Server(named)
    elif programs is None:
        yield None
    else:
        with _throw_away(programs) as made:
            yield made


def _programs() -> Path | None:
    """The folder of the newest ``initdb`` and ``postgres`` on this machine."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for place in _PLACES:
        folders += Path("/").glob(place.lstrip("/"))
    whole = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(whole, key=_version, default=None)


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    digits = "".join(letter if letter.isdigit() else " " for letter in told).split()
    return int(digits[0]) if digits else 0


@contextmanager
def _throw_away(programs: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="amparo-pg-"))
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        _run([programs / "initdb", "-D", folder / "data", "-U", "amparo", "-A", "trust", "-E", "UTF8"], folder, owner)
        process = _start(programs, folder, owner)
        try:
            _wait(folder, process)
            yield Server("postgresql://amparo@", f"?host={quote(str(folder))}")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_SECONDS_TO_START)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: the server refuses to run as root, so root lends it to somebody with fewer rights."""
    if os.getuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _as(owner: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _run(command: list[object], folder: Path, owner: pwd.struct_passwd | None) -> None:
    words = [str(word) for word in [*command, "--no-sync", "--locale=C.UTF-8"]]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, **_as(owner))
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr.strip()[-600:]}")


def _start(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    settings = [word for setting in _HASTE for word in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **_as(owner))


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; raise with the end of its log if it does not."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="amparo", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"postgres did not start: {(folder / 'log').read_text()[-600:]}")
