"""Wherever a process that erases dies, nothing is gone without its entry in the ledger, and the next turn ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import erasing, rebuild
from amparo.casework.actions.erasing import Wanted
from amparo.casework.models import ErasureRequest
from amparo.kernel.errors import NotFound
from amparo.ledger import verification
from amparo.ledger.models import Entry
from amparo.registries.actions import erasing as registries
from amparo.registries.models import Record
from amparo.vault import erasure, holds, queries
from amparo.vault.models import Erasure
from tests import worlds
from tests.worlds import FLOR, NOW, RESCUE, UPE

BASIS = "Ley 29733, art. 20"
Patch = Callable[[pytest.MonkeyPatch], None]


class DiedError(BaseException):
    """Stands for the end of the process."""


def die(*_: Any, **__: Any) -> None:
    raise DiedError


def after(module: Any, name: str) -> Patch:
    """Death when this has been done."""

    def patch(dying: pytest.MonkeyPatch) -> None:
        done = getattr(module, name)
        dying.setattr(module, name, lambda *told, **named: die(done(*told, **named)))

    return patch


def before(module: Any, name: str) -> Patch:
    """Death when this is about to be done."""
    return lambda dying: dying.setattr(module, name, die)


# While the order is given: none of it remains but, after the vault has committed, a row that is no order.
GIVING = {
    "before the entry": before(erasure.ledger, "record"),
    "after the entry": after(erasure.ledger, "record"),
    "after the vault's row": after(registries.erasing, "order"),
    "before the request is answered": before(erasing.alerts, "tell_officer"),
}
# While it is carried out: the ledger has it already.
CARRYING_OUT = {
    "before anything": before(erasing.erasing, "finish"),
    "after closing the records": before(registries.erasing, "complete"),
    "before the keys go": before(erasure.actions, "erase"),
    "after the keys are gone": after(erasure.actions, "erase"),
    "before her lists are made anew": before(erasing.rebuild, "around"),
}


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


@pytest.fixture
def request_id(girl: UUID, officer: Actor) -> UUID:
    return erasing.ask(actor=officer, wanted=Wanted([girl], "ERROR", BASIS), at=NOW)


def opens(girl: UUID) -> bool:
    return bool(queries.open_many([girl], "identity"))


def is_in_the_ledger(girl: UUID) -> bool:
    return Entry.objects.filter(act=erasure.ORDERED, subjects__subject=girl).exists()


def dying(monkeypatch: pytest.MonkeyPatch, patch: Patch, act: Callable[[], object]) -> None:
    with monkeypatch.context() as patched:
        patch(patched)
        with pytest.raises(DiedError):
            act()


def dying_between_the_commits(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """The vault has committed and the main database never does."""

    def within() -> None:
        with transaction.atomic():
            act()

    dying(monkeypatch, CARRYING_OUT["before anything"], within)


@pytest.mark.parametrize("step", GIVING)
def test_an_order_that_was_not_given_whole_is_none(
    step: str, holder: Actor, girl: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(monkeypatch, GIVING[step], lambda: erasing.confirm(actor=holder, request_id=request_id, at=NOW))
    erasing.keep_to_terms(actor=MACHINE, at=NOW)

    assert opens(girl)
    assert not Record.objects.get(id=girl).erased
    assert not Erasure.objects.exists()
    assert ErasureRequest.objects.get().verdict == ""
    erasing.confirm(actor=holder, request_id=request_id, at=NOW)
    assert not opens(girl)
    assert is_in_the_ledger(girl)


def test_an_order_that_only_the_vault_has_is_dropped_and_asked_for_again(
    holder: Actor, girl: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying_between_the_commits(monkeypatch, lambda: erasing.confirm(actor=holder, request_id=request_id, at=NOW))
    (stray,) = Erasure.objects.all()
    assert not is_in_the_ledger(girl)
    with pytest.raises(NotFound):
        erasure.complete(stray, at=NOW)

    erasing.keep_to_terms(actor=MACHINE, at=NOW)

    assert opens(girl)
    assert not Record.objects.get(id=girl).erased
    assert not Erasure.objects.exists()
    assert erasing.confirm(actor=holder, request_id=request_id, at=NOW).done_at == NOW
    assert is_in_the_ledger(girl)


def test_another_entry_under_the_number_of_a_lost_order_does_not_stand_for_it(
    holder: Actor, girl: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = rebuild.around(touched=[worlds.record(worlds.ROSA, UPE, RESCUE)], at=NOW)[0]

    dying_between_the_commits(monkeypatch, lambda: erasing.confirm(actor=holder, request_id=request_id, at=NOW))
    done = erasing.erase(actor=holder, records=[other], basis=BASIS, at=NOW)
    assert done.entry == Erasure.objects.get(done_at=None).entry

    erasing.keep_to_terms(actor=MACHINE, at=NOW)

    assert (opens(girl), opens(other)) == (True, False)


@pytest.mark.parametrize("step", CARRYING_OUT)
def test_an_order_that_the_ledger_has_is_carried_out_by_the_next_turn(
    step: str, holder: Actor, girl: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(monkeypatch, CARRYING_OUT[step], lambda: erasing.confirm(actor=holder, request_id=request_id, at=NOW))
    assert is_in_the_ledger(girl)

    erasing.keep_to_terms(actor=MACHINE, at=NOW)

    assert not opens(girl)
    assert Record.objects.get(id=girl).erased
    assert Erasure.objects.get().done_at == NOW
    assert ErasureRequest.objects.get().verdict == "ordered"
    assert verification.verify().fault is None


def test_a_hold_placed_after_a_death_makes_the_order_wait(
    holder: Actor, girl: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = CARRYING_OUT["before the keys go"]
    dying(monkeypatch, step, lambda: erasing.confirm(actor=holder, request_id=request_id, at=NOW))
    holds.place(author=holder.author, subjects=[girl], reason="court_order", article="CPP, art. 220", at=NOW)

    erasing.keep_to_terms(actor=MACHINE, at=NOW)

    assert opens(girl)
    assert Erasure.objects.get().done_at is None
