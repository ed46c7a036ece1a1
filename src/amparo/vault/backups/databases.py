"""Copying both databases as of one moment, and filling empty ones with a copy.

SQLite: both databases are locked for writing together, cases first, and copied by SQLite's own backup into a folder
that only the service's user can enter, which is gone when the copy is sealed. PostgreSQL: a snapshot of the cases, then
one of the vault, each read by ``pg_dump`` as a stream. Between the two pass milliseconds. Whoever writes to both
commits to the vault first, so what the cases refer to is in the vault's later snapshot; what the vault may hold beyond
it is of nobody yet.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.db import connections, transaction

from amparo.kernel.errors import Conflict, Invalid
from amparo.vault.backups import facts
from amparo.vault.backups.manifest import DATABASES, Manifest

PREFIX = "backup-"
"""How temporary folders of backups are called, so that those of a process that was killed are found again."""
_PIECE = 1024 * 1024
_SECONDS_IN_USE = 24 * 60 * 60
_PAGES = 16384
_RESTORE = ("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole"
)

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Copy:
    """Both databases as of one moment: what there is, and each as a stream of bytes by the name of its part."""

    told: Manifest
    streams: Mapping[str, Iterator[bytes]]


@contextmanager
def copied(progress: Progress) -> Iterator[Copy]:
    """A copy of both databases, which has to be read before the context ends."""
    with _of_sqlite(progress) if facts.vendor() == "sqlite" else _of_postgresql() as copy:
        yield copy


def remove_left_behind() -> None:
    """Remove temporary folders that a process that was killed has left; one of today may still be in use."""
    for left in Path(settings.DATA).glob(f"{PREFIX}*"):
        if left.stat().st_mtime < time.time() - _SECONDS_IN_USE:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _of_sqlite(progress: Progress) -> Iterator[Copy]:
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=settings.DATA) as folder:
        files = {part: Path(folder) / f"{part}.sqlite3" for part in DATABASES}
        with transaction.atomic(), transaction.atomic(using="vault"):
            told = facts.now()
            for part, alias in DATABASES.items():
                _copy(connections[alias].settings_dict["NAME"], files[part], part, progress)
        yield Copy(told, {part: _pieces(file) for part, file in files.items()})


def _copy(database: str, file: Path, part: str, progress: Progress) -> None:
    """Copy by a connection of its own, which reads while the caller's keeps every writer away."""
    source, target = sqlite3.connect(f"{Path(database).as_uri()}?mode=ro", uri=True), sqlite3.connect(file)
    try:
        source.backup(
            target, pages=_PAGES, progress=lambda _status, left, total: progress(part, _percent(total - left, total))
        )
    finally:
        source.close()
        target.close()


def _percent(done: int, of: int) -> int:
    return 100 * done // max(of, 1)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            yield piece


@contextmanager
def _of_postgresql() -> Iterator[Copy]:
    with ExitStack() as held:
        snapshots = {}
        for part, alias in DATABASES.items():
            held.enter_context(transaction.atomic(using=alias))
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshots[part] = str(cursor.fetchone()[0])
        yield Copy(facts.now(), {part: _dumped(DATABASES[part], snapshot) for part, snapshot in snapshots.items()})


def _dumped(alias: str, snapshot: str) -> Iterator[bytes]:
    words = ["pg_dump", "--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    if alias == "vault" and settings.PLACES_ROLE:
        words.append(f"--role={settings.PLACES_ROLE}")
    with _program(words, alias, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        output = cast(IO[bytes], process.stdout)
        while piece := output.read(_PIECE):
            yield piece


@contextmanager
def _program(words: list[str], alias: str, *, stdin: int, stdout: int) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's programs; what it says of rows is not passed on, because it might quote one."""
    if shutil.which(words[0]) is None:
        raise Invalid("backup.no_program", program=words[0])
    variables = os.environ | _address(alias)
    try:
        with subprocess.Popen(words, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, env=variables) as process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
    except BrokenPipeError as error:
        raise Invalid("backup.program_failed", program=words[0]) from error
    if process.returncode:
        raise Invalid("backup.program_failed", program=words[0])


def _address(alias: str) -> dict[str, str]:
    """Where a database is, in the environment of the program: a command line is there for every account to read."""
    told = connections[alias].settings_dict
    options = told.get("OPTIONS", {})
    found = {
        "PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": told["NAME"], "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
    }  # fmt: skip
    return {name: str(value) for name, value in found.items() if value}


def refuse_unless_empty() -> None:
    """Raise ``Conflict`` where a database that a copy is to go into has any table, or a file of its name is there."""
    for alias in DATABASES.values():
        connection = connections[alias]
        if connection.vendor == "sqlite":
            filled = Path(connection.settings_dict["NAME"]).exists()
        else:
            with connection.cursor() as cursor:
                filled = bool(connection.introspection.table_names(cursor))
            connection.close()
        if filled:
            raise Conflict("backup.not_empty")


def fill(part: str, pieces: Iterable[bytes], folder: Path) -> None:
    """Put one database's copy in its place: SQLite's as a file into ``folder``, to be moved; PostgreSQL's at once."""
    alias = DATABASES[part]
    if connections[alias].vendor == "sqlite":
        save(folder / Path(connections[alias].settings_dict["NAME"]).name, pieces)
        return
    words = [*_RESTORE, f"--dbname={connections[alias].settings_dict['NAME']}"]
    with _program(words, alias, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        entry = cast(IO[bytes], process.stdin)
        for piece in pieces:
            entry.write(piece)
        entry.close()


def drop_filled() -> None:
    """Empty PostgreSQL databases again into which a copy went only in part; SQLite's files were not in place yet."""
    for alias in DATABASES.values():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
                if tables:
                    cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
                cursor.execute(_FUNCTIONS)
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP FUNCTION {name} CASCADE")


def save(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file and see it safe on the disk."""
    with file.open("xb") as out:
        for piece in pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
