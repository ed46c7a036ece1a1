"""The key of digests is exchanged, and the same rows are still known again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from amparo.access.actors import MACHINE
from amparo.kernel.errors import Conflict
from amparo.registries import digests
from amparo.registries.actions import redigesting
from amparo.registries.actions.deliver import deliver
from amparo.registries.delivering.outcome import Delivered
from amparo.registries.models import DigestKey, Record, RecordVersion, SetAside
from amparo.vault import keys
from proofs import _marked
from tests.worlds import NOW


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def hand_in(content: bytes) -> Delivered:
    return deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(content), at=NOW)


def stored() -> set[str]:
    told = Record.objects.values_list("key", "digest")
    return {each for pair in told for each in pair} | set(RecordVersion.objects.values_list("digest", flat=True))


def test_the_same_file_changes_nothing_after_the_key_was_exchanged_twice() -> None:
    content = _marked.export(4)
    broken = content.replace(b"01/09/2026;160102", b"99/99/2026;160102", 1)
    hand_in(broken)
    before = stored()

    for _ in range(2):
        assert redigesting.exchange(author=MACHINE.author, at=NOW) == 3 * 3 + 1

    assert before.isdisjoint(stored())
    assert digests.in_force() == 3
    again = hand_in(content)
    assert (again.new, again.changed, again.unchanged) == (1, 0, 3)
    assert SetAside.objects.get().settled_by_id == again.batch


def test_a_row_set_aside_without_a_number_stays_without_one() -> None:
    hand_in(_marked.export(2).replace(b"R2026-000001", b"", 1))
    assert SetAside.objects.get().key == ""

    redigesting.exchange(author=MACHINE.author, at=NOW)

    assert SetAside.objects.get().key == ""


def test_a_key_that_a_dead_process_made_is_used_and_is_not_in_force_before() -> None:
    content = _marked.export(2)
    hand_in(content)
    keys.renew_rows()
    assert hand_in(content).unchanged == 2

    redigesting.exchange(author=MACHINE.author, at=NOW)

    assert (len(keys.row_keys()), DigestKey.objects.get().version) == (2, 2)
    assert hand_in(content).unchanged == 2


def test_a_killed_exchange_goes_on_and_deliveries_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _marked.export(4)
    hand_in(content)
    before, whole, calls = stored(), redigesting._slice, iter(range(100))

    def dies(*told: Any) -> bool:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return whole(*told)

    monkeypatch.setattr(redigesting, "_AT_ONCE", 1)
    with monkeypatch.context() as killed:
        killed.setattr(redigesting, "_slice", dies)
        with pytest.raises(KeyboardInterrupt):
            redigesting.exchange(author=MACHINE.author, at=NOW)
    assert len(before & stored()) > 0
    with pytest.raises(Conflict, match="keys_are_exchanged"):
        hand_in(content)
    with pytest.raises(Conflict, match="keys_are_exchanged"):
        deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(content), at=NOW, dry_run=True)

    assert redigesting.go_on(author=MACHINE.author, at=NOW) == 4 * 3

    assert before.isdisjoint(stored())
    assert hand_in(content).unchanged == 4
    assert redigesting.go_on(author=MACHINE.author, at=NOW) == 0
    assert len(keys.row_keys()) == 2
