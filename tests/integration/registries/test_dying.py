"""A process that dies between the commits of the two databases leaves nothing that stops the next one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from amparo.access.actors import MACHINE
from amparo.casework.actions import catching_up
from amparo.registries.actions import linking
from amparo.registries.models import Pair, Record
from amparo.registries.queries import identities
from amparo.vault import queries as vault
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
