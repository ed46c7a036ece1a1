"""Keys of backups are never overwritten nor taken for one another; what a killed process left is cleared away."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from amparo.kernel.errors import Conflict, Invalid
from amparo.vault.backups import databases, keypair, manifest
from amparo.vault.backups.stream import key_name


def test_the_halves_of_a_pair_belong_together_and_only_the_owner_reads_the_private_one(tmp_path: Path) -> None:
    public, private = keypair.make(tmp_path / "new")

    assert key_name(keypair.private(private).public_key()) == key_name(keypair.public(public))
    assert private.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", [keypair.PUBLIC, keypair.PRIVATE])
def test_a_key_that_is_there_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")

    with pytest.raises(Conflict, match="key_exists"):
        keypair.make(tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_one_half_is_not_taken_for_the_other_nor_anything_else_for_a_key(tmp_path: Path) -> None:
    public, private = keypair.make(tmp_path)

    with pytest.raises(Invalid, match="bad_private_key"):
        keypair.private(public)
    with pytest.raises(Invalid, match="bad_public_key"):
        keypair.public(private)
    with pytest.raises(Invalid, match="no_key_file"):
        keypair.public(tmp_path / "missing")
    for text in ("", "amparo-backup-public-1", "amparo-backup-public-1 AAAA", "amparo-backup-public-1 ñ", "x" * 5000):
        public.write_text(text)
        with pytest.raises(Invalid, match="bad_public_key"):
            keypair.public(public)


@pytest.mark.parametrize("told", [b"", b"[]", b"{}", b'{"version": 1}', b'{"version": 1, "made_at": 3}', b"\xff"])
def test_what_is_no_manifest_is_refused(told: bytes) -> None:
    with pytest.raises(Invalid, match="damaged"):
        manifest.from_bytes(told)


def test_a_manifest_of_another_version_says_so() -> None:
    with pytest.raises(Invalid, match="unknown_version"):
        manifest.from_bytes(b'{"version": 2}')


def test_what_a_killed_process_left_yesterday_goes_and_what_is_in_use_stays(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    old, new, other = tmp_path / "backup-old", tmp_path / "backup-new", tmp_path / "files"
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "cases.sqlite3").write_text("x")
    for folder in (old, other):
        os.utime(folder, (time.time() - 90_000,) * 2)

    databases.remove_left_behind()

    assert sorted(tmp_path.iterdir()) == [new, other]
