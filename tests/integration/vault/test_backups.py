"""A thousand marked people are backed up, lost and restored; none is found in a backup, none read without the root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from amparo.vault.backups import keypair
from amparo.vault.backups.stream import Sealer, opened
from proofs._marked import document, export, marks_in

PEOPLE = 1000
COMMAND = [sys.executable, "-m", "amparo.interfaces.cli"]
NAMES = ("AMPARO_DATABASE", "AMPARO_VAULT_DATABASE")
OPENED = """
import django; django.setup()
from amparo.registries.models import Record
from amparo.vault import queries
owners = list(Record.objects.order_by("id").values_list("id", flat=True))
print(len(owners), len(queries.open_many(owners, "identity")), Record.objects.filter(erased=True).count())
"""
FIRST = """
import django; django.setup()
from amparo.registries.models import Record
print(Record.objects.order_by("id").values_list("code", flat=True)[0])
"""


@dataclass(frozen=True)
class Place:
    """An installation: its folder, and its databases where they are PostgreSQL's."""

    folder: Path
    addresses: dict[str, str] = field(default_factory=dict)

    def run(self, *words: object, code: int = 0) -> str:
        """Run one command; returns what it said."""
        option = [] if words[:2] == ("backup", "read") else ["--data", self.folder]
        return self._ran([*COMMAND, *words, *option], code)

    def ask(self, program: str) -> list[str]:
        """What a small program in this installation answers."""
        return self._ran([sys.executable, "-c", program], 0).split()

    def _ran(self, command: list[object], code: int) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO", "DJANGO"))}
        own = {"AMPARO_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
        paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        environment = {**kept, **own, **paths, **self.addresses}
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


class Places:
    """Makes installations, and takes their databases away at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, list[str]()
        self._server = os.environ.get("AMPARO_TEST_DATABASE", "")

    def new(self) -> Place:
        folder = self._folder / uuid4().hex
        if not self._server:
            return Place(folder)
        names = {variable: f"backup_{uuid4().hex}" for variable in NAMES}
        self._do("CREATE DATABASE", names.values())
        return Place(
            folder, {key: urlsplit(self._server)._replace(path=f"/{name}").geturl() for key, name in names.items()}
        )

    def close(self) -> None:
        if self._made:
            self._do("DROP DATABASE", list(self._made))

    def _do(self, words: str, names: object) -> None:
        with psycopg.connect(urlsplit(self._server)._replace(path="/postgres").geturl(), autocommit=True) as server:
            for name in names:  # type: ignore[attr-defined]
                server.execute(f"{words} {name}")
                self._made.append(name)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    made = Places(tmp_path_factory.mktemp("places"))
    yield made
    made.close()


@dataclass(frozen=True)
class Kept:
    """A live installation, its key of backups and its one backup."""

    live: Place
    private: Path
    public: Path
    backup: Path
    erasures: Path


@pytest.fixture(scope="module")
def kept(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    outside, live = tmp_path_factory.mktemp("outside"), places.new()
    live.run("setup")
    (outside / "export.csv").write_bytes(export(PEOPLE))
    live.run("import", "--source", "pnp-reta", outside / "export.csv")
    live.run("tick")
    live._ran([*COMMAND, "backup", "new-key", outside / "key"], 0)
    private, public = outside / "key" / "amparo-backup.private", outside / "key" / "amparo-backup.public"
    said = live.run("backup", "write", "--to", outside / "copies", "--key", public, "--json")
    told = json.loads(said.splitlines()[0])
    return Kept(live, private, public, Path(told["file"]), outside / "copies" / "amparo-erasures.json")


def read(kept: Kept, place: Place, *words: object, code: int = 0, backup: Path | None = None) -> str:
    common = ("--key", kept.private, "--into", place.folder)
    return place.run("backup", "read", backup or kept.backup, *common, *(words or ("--without-erasures",)), code=code)


def with_root(kept: Kept, place: Place) -> Place:
    (place.folder / "keys").mkdir(parents=True)
    shutil.copy(kept.live.folder / "keys" / "root.key", place.folder / "keys")
    return place


def test_nobody_is_in_the_backup_and_nothing_is_left_beside_it(kept: Kept) -> None:
    content = kept.backup.read_bytes()
    root = (kept.live.folder / "keys" / "root.key").read_bytes().strip()

    assert kept.private.stat().st_mode & 0o777 == 0o600
    assert kept.backup.stat().st_mode & 0o777 == 0o600
    assert marks_in(content.decode("latin-1"), PEOPLE) == []
    assert root not in content
    assert list(kept.live.folder.glob("backup-*")) == []
    assert sorted(path.suffix for path in kept.backup.parent.iterdir()) == [".amparo-backup", ".json"]


def test_the_root_key_is_not_in_what_the_backup_holds(kept: Kept) -> None:

    root = (kept.live.folder / "keys" / "root.key").read_bytes().strip()
    with kept.backup.open("rb") as file:
        plain = b"".join(opened(file, keypair.private(kept.private)))

    assert root not in plain
    assert b64decode(root) not in plain
    assert marks_in(plain.decode("latin-1"), PEOPLE) == []


def test_everything_is_read_again_with_the_root_key_and_nothing_without(kept: Kept, places: Places) -> None:
    without, given = places.new(), with_root(kept, places.new())

    assert "La llave raíz no está" in read(kept, without)
    assert not (without.folder / "keys" / "root.key").exists()
    assert "1000 datos sellados" in read(kept, given)
    assert given.ask(OPENED) == [str(PEOPLE), str(PEOPLE), "0"]
    assert "íntegra" in given.run("ledger", "verify")
    files = {path.relative_to(given.folder) for path in given.folder.glob("files/*/*")}
    assert files == {path.relative_to(kept.live.folder) for path in kept.live.folder.glob("files/*/*")} != set()
    assert "no está vacío" in read(kept, given, code=3)


def test_what_is_damaged_cut_or_sealed_to_another_key_leaves_nothing_behind(
    kept: Kept, places: Places, tmp_path: Path
) -> None:
    place, whole = places.new(), kept.backup.read_bytes()
    for number, data in enumerate(
        (whole[:-1], whole[: len(whole) // 2], whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:], b"other")
    ):
        file = tmp_path / f"{number}"
        file.write_bytes(data)
        read(kept, place, code=3, backup=file)
        assert not place.folder.exists()
    kept.live._ran([*COMMAND, "backup", "new-key", tmp_path / "key"], 0)
    other = tmp_path / "key" / "amparo-backup.private"
    said = place.run(
        "backup", "read", kept.backup, "--key", other, "--into", place.folder, "--without-erasures", code=3
    )

    assert "otra llave" in said
    assert not place.folder.exists()


def test_a_drill_is_noted_and_leaves_nothing(kept: Kept) -> None:
    said = kept.live.run("backup", "drill", kept.backup, "--key", kept.private)

    assert "Ensayo bueno" in said
    assert "1000 datos sellados" in said
    assert list(kept.live.folder.glob("backup-*")) == []
    assert "íntegra" in kept.live.run("ledger", "verify")
    last = "import django; django.setup()\nfrom amparo.vault.backups import drills; print(drills.last_passed())"
    assert kept.live.ask(last) != ["None"]


def test_by_a_timer_nothing_is_written_twice_and_the_folder_stays_small(kept: Kept, tmp_path: Path) -> None:
    made = (tmp_path / "20250101T000000Z.amparo-backup", tmp_path / "20250102T000000Z.amparo-backup")
    for file in (*made, tmp_path / "notes.amparo-backup"):
        file.write_bytes(b"")
    order = ("backup", "write", "--to", tmp_path, "--key", kept.public, "--if-changed", "--thin", "--json")
    kept.live.run("tick")
    kept.live.run("users", "add", "timer", "--name", "T", "--role", "odp", "--institution", "mimp")

    first, second = (kept.live.run(*order).splitlines() for _ in range(2))

    left = sorted(file.name for file in tmp_path.glob("*.amparo-backup"))
    assert json.loads(first[0])["file"].endswith(left[0])
    assert (len(left), left[1], "copias viejas borradas: 2" in first) == (2, "notes.amparo-backup", True)
    assert json.loads(second[0]) == {"file": None}


def test_a_file_that_somebody_else_sealed_to_the_key_fails_the_drill(kept: Kept, tmp_path: Path) -> None:
    with (tmp_path / "forged").open("wb") as out:
        Sealer(out, keypair.public(kept.public)).close()

    said = kept.live.run("backup", "drill", tmp_path / "forged", "--key", kept.private, code=1)
    assert "no escribió esa copia" in said


def test_what_was_erased_after_the_backup_stays_unreadable_in_a_restore(
    kept: Kept, places: Places, tmp_path: Path
) -> None:
    (code,) = kept.live.ask(FIRST)
    kept.live.run("hold", "list", code)
    kept.live.run("erase", code, "--basis", "Ley 29733, art. 20", "--yes", "--out", tmp_path / "certificate")
    newest = tmp_path / "erasures.json"
    kept.live.run("backup", "erasures", "--to", newest)
    place = with_root(kept, places.new())

    assert marks_in(newest.read_text(), PEOPLE) == []
    assert "anterior a la copia" in read(kept, places.new(), "--erasures", older(kept, tmp_path), code=3)
    forged = tmp_path / "forged.json"
    forged.write_text(newest.read_text().replace(r"\"owners\": [\"", r"\"owners\": [\"00"))
    assert "no la firmó" in read(kept, places.new(), "--erasures", forged, code=3)
    assert "hechos otra vez: 1" in read(kept, place, "--erasures", newest)
    assert place.ask(OPENED) == [str(PEOPLE), str(PEOPLE - 1), "1"]
    assert "íntegra" in place.run("ledger", "verify")
    # A second restore from the same backup, with the list of the restored installation, forgets nothing either.
    place.run("backup", "erasures", "--to", tmp_path / "again.json")
    again = with_root(kept, places.new())
    assert "hechos otra vez: 1" in read(kept, again, "--erasures", tmp_path / "again.json")
    assert again.ask(OPENED)[1] == str(PEOPLE - 1)


def older(kept: Kept, folder: Path) -> Path:
    """A list of this installation, signed, of before the backup."""
    program = f"""
import django; django.setup()
from datetime import datetime, UTC
from pathlib import Path
from amparo.vault.backups import erased
erased.write(Path({str(folder / "old.json")!r}), at=datetime(2020, 1, 1, tzinfo=UTC))
"""
    kept.live.ask(program)
    return folder / "old.json"


def test_the_marks_would_be_found_if_they_were_there() -> None:
    assert document(0) in marks_in(export(1).decode("cp1252"), 1)
