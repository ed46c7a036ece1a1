"""A process that dies between the commits of the two databases leaves nothing that stops the next one."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from amparo.access.actors import MACHINE
from amparo.casework.actions import catching_up
from amparo.registries.actions import linking, sweeping
from amparo.registries.models import Batch, Pair, Record, Upload
from amparo.registries.queries import identities
from amparo.vault import actions as vault_actions
from amparo.vault import files as vault_files
from amparo.vault import queries as vault
from amparo.vault.actions import Document
from amparo.vault.models import BlindToken
from tests import worlds
from tests.integration.registries.test_delivering import FLOR, counts, hand_in
from tests.unit.registries.reading import pnp
from tests.worlds import NOW, UPE


class DiedError(Exception):
    """Stands for the end of the process after the vault has committed and before the main database has."""


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def dying_in(content: bytes, *, days: int = 0) -> None:
    with suppress(DiedError), transaction.atomic():
        hand_in(content, days=days)
        raise DiedError


def test_a_changed_row_is_taken_after_a_death_left_its_new_version_in_the_vault() -> None:
    hand_in(pnp(FLOR))
    dying_in(pnp(FLOR | {"NOMBRES": "FLOR LUCIA"}), days=1)

    outcome = hand_in(pnp(FLOR | {"NOMBRES": "FLOR LUCINDA"}), days=2)

    assert counts(outcome) == (0, 1, 0, 0)
    record = Record.objects.get()
    assert identities.of_records([record.id])[record.id].fields.given == "FLOR LUCINDA"
    assert sorted(vault.open_versions(record.id, "identity")) == [1, 2]


def test_identities_that_a_death_left_without_a_record_are_compared_with_nobody() -> None:
    dying_in(pnp(FLOR))
    assert BlindToken.objects.exists()
    hand_in(pnp(FLOR), days=1)
    worlds.record(worlds.FLOR, UPE)

    linking.link_waiting(actor=MACHINE, at=NOW)

    assert Pair.objects.count() == 1


def test_a_death_after_a_delivery_leaves_nobody_out_of_the_lists() -> None:
    outcome = hand_in(pnp(FLOR))
    record = Record.objects.get(id=outcome.touched[0])

    caught = catching_up.catch_up(actor=MACHINE, at=NOW)

    assert caught.persons == 1
    assert record.membership.person_id == record.id


def test_a_file_that_a_death_left_behind_is_counted_and_swept_after_a_day_and_no_other(tmp_path: Path) -> None:
    hand_in(pnp(FLOR))
    dying_in(pnp(FLOR | {"NOMBRES": "FLOR LUCIA"}), days=1)
    vault_files.store(io.BytesIO(b"without a delivery"), institution="pnp")
    (tmp_path / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (tmp_path / "files" / "ab" / f"ab{uuid4().hex[2:]}.sealed").write_bytes(b"without a row")
    taken = Batch.objects.get().file
    later = datetime.now(UTC) + timedelta(days=2)

    young = sweeping.orphans(at=datetime.now(UTC))
    left = sweeping.orphans(at=later)
    swept = sweeping.sweep(actor=MACHINE, at=later)

    assert young.number == 0
    assert len(left.files) == swept == 3
    assert {path.stem for path in (tmp_path / "files").rglob("*.sealed")} == {taken and taken.hex}
    assert sweeping.orphans(at=later).number == 0


def test_a_preview_that_a_death_left_behind_is_swept_and_one_that_waits_is_not() -> None:
    lost, kept = uuid4(), uuid4()
    vault_actions.seal_many([Document(owner, "preview", 1, "pnp", b"{}") for owner in (lost, kept)])
    file = vault_files.store(io.BytesIO(b"it waits"), institution="pnp").id
    Upload.objects.create(id=kept, source="pnp-reta", institution="pnp", file=file, by="x", at=NOW, preview={})
    later = datetime.now(UTC) + timedelta(days=2)

    assert sweeping.sweep(actor=MACHINE, at=later) == 1
    assert vault.owners_in("preview") == {kept}
    assert b"".join(vault_files.read(file)) == b"it waits"


def test_a_death_while_projecting_leaves_the_records_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = hand_in(pnp(FLOR))

    def die(**_told: Any) -> None:
        raise DiedError

    with monkeypatch.context() as dying:
        dying.setattr(catching_up.rebuild, "around", die)
        with pytest.raises(DiedError):
            catching_up.catch_up(actor=MACHINE, touched=outcome.touched, at=NOW)

    assert not Record.objects.get().linked
    assert catching_up.catch_up(actor=MACHINE, at=NOW).persons == 1


def test_a_record_that_comes_while_others_are_compared_waits_for_its_own_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worlds.record(worlds.FLOR, UPE)
    late = []
    compared = linking.compare_one

    def meanwhile(*told: Any) -> Any:
        found = compared(*told)
        late.append(worlds.record(worlds.FLOR, worlds.POLICE))
        return found

    monkeypatch.setattr(linking, "compare_one", meanwhile)
    linking.link_waiting(actor=MACHINE, at=NOW)

    assert not Record.objects.get(id=late[0]).linked
