"""More is given by two: one asks, another gives; less holds at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amparo.access import changes
from amparo.access.actors import Actor
from amparo.access.changes import Change
from amparo.access.models import Alert, User
from amparo.kernel.errors import Conflict, Denied, Invalid
from amparo.ledger.models import Entry
from amparo.pack.current import pack
from tests import worlds
from tests.worlds import NOW, UPE

MORE = Change("mp-fiscal", "", None)
REVIEWER = Change("revisor", "", None)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def officer() -> Actor:
    worlds.user("odp")
    return worlds.actor("odp")


@pytest.fixture
def holder() -> Actor:
    worlds.user("titular-banco")
    return worlds.actor("titular-banco")


@pytest.fixture
def worker() -> User:
    return worlds.user("mimp-upe", UPE)


def role_of(user: User) -> str:
    return User.objects.get(id=user.id).role


def ask(officer: Actor, worker: User, change: Change = REVIEWER) -> bool:
    return changes.change(actor=officer, user_id=worker.id, change=change, at=NOW)


def only(actor: Actor) -> changes.Asked:
    (found,) = changes.waiting(actor=actor, at=NOW)
    return found


def test_more_waits_for_another_and_then_holds(officer: Actor, holder: Actor, worker: User) -> None:
    assert not ask(officer, worker)
    assert role_of(worker) == "mimp-upe"
    waits = only(holder)
    assert (waits.before.role, waits.after, waits.asked_by, waits.may_give) == ("mimp-upe", REVIEWER, "odp", True)

    changes.give(actor=holder, asked_id=waits.id, at=NOW)

    assert role_of(worker) == "revisor"
    assert changes.waiting(actor=holder, at=NOW) == []
    made = Entry.objects.get(act="user.change")
    assert (made.actor, made.detail["asked_by"], made.detail["after"]["role"]) == ("titular-banco", "odp", "revisor")
    told = list(Alert.objects.order_by("at", "id").values_list("kind", "username"))
    assert told == [("access_change_asked", worker.username), ("user_changed", worker.username)]


def test_whoever_asked_and_whose_it_is_do_not_give_it(officer: Actor, holder: Actor, worker: User) -> None:
    ask(officer, worker)
    asked = only(officer)
    assert not asked.may_give

    with pytest.raises(Invalid, match="change_needs_another"):
        changes.give(actor=officer, asked_id=asked.id, at=NOW)
    herself = Actor(worker.username, capabilities=frozenset({"access_confirm"}))
    with pytest.raises(Invalid, match="not_yourself"):
        changes.give(actor=herself, asked_id=asked.id, at=NOW)
    with pytest.raises(Denied):
        changes.give(actor=worlds.actor("mimp-upe", UPE), asked_id=asked.id, at=NOW)

    assert role_of(worker) == "mimp-upe"


def test_less_holds_at_once_and_ends_what_waited(officer: Actor, holder: Actor, worker: User) -> None:
    ask(officer, worker)
    waits = only(holder)

    assert ask(officer, worker, Change("mimp-upe", UPE.office, NOW.date() + timedelta(days=9)))

    assert User.objects.get(id=worker.id).ends_on == NOW.date() + timedelta(days=9)
    assert changes.waiting(actor=holder, at=NOW) == []
    with pytest.raises(Conflict, match="change_gone"):
        changes.give(actor=holder, asked_id=waits.id, at=NOW)


def test_a_longer_access_takes_two_and_a_shorter_one_does_not(officer: Actor, worker: User) -> None:
    soon, later = NOW.date() + timedelta(days=3), NOW.date() + timedelta(days=30)
    assert ask(officer, worker, Change("mimp-upe", UPE.office, soon))

    assert not ask(officer, worker, Change("mimp-upe", UPE.office, later))
    assert not ask(officer, worker, Change("mimp-upe", UPE.office, None))


def test_what_is_asked_twice_waits_once(officer: Actor, holder: Actor, worker: User) -> None:
    ask(officer, worker)
    first = only(holder)

    ask(officer, worker, Change("mimp-upe", "mimp-upe-loreto", None))

    assert only(holder).after.office == "mimp-upe-loreto"
    with pytest.raises(Conflict):
        changes.give(actor=holder, asked_id=first.id, at=NOW)


@pytest.mark.parametrize("lost", ["odp", "mimp-upe"])
def test_it_falls_away_where_one_of_the_two_lost_her_access(
    officer: Actor, holder: Actor, worker: User, lost: str
) -> None:
    ask(officer, worker)
    waits = only(holder)

    User.objects.filter(username=lost).update(is_active=False)

    assert changes.waiting(actor=holder, at=NOW) == []
    with pytest.raises(Conflict):
        changes.give(actor=holder, asked_id=waits.id, at=NOW)


def test_it_is_not_given_or_taken_back_and_both_are_told(officer: Actor, holder: Actor, worker: User) -> None:
    for actor in (holder, officer):
        ask(officer, worker)
        changes.refuse(actor=actor, asked_id=only(actor).id, at=NOW)

    assert role_of(worker) == "mimp-upe"
    assert list(Entry.objects.filter(act="user.refuse_change").values_list("actor", flat=True)) == [
        "titular-banco", "odp",
    ]  # fmt: skip
    assert Alert.objects.filter(kind="access_change_refused").count() == 2


def test_what_became_wrong_meanwhile_is_not_given(officer: Actor, holder: Actor, worker: User) -> None:
    ask(officer, worker, Change("revisor", "", NOW.date()))

    with pytest.raises(Invalid, match="end_has_passed"):
        changes.give(actor=holder, asked_id=only(holder).id, at=NOW + timedelta(days=2))

    assert role_of(worker) == "mimp-upe"


def test_a_hundred_ways_to_widen_an_access_alone_leave_it_as_it_is(officer: Actor, worker: User) -> None:
    """Whatever one officer tries of all roles and offices, asked once or again, nothing more is open afterwards."""
    tried = 0
    for role in pack().roles:
        for office in ("", UPE.office, "mimp-upe-loreto", "mimp-cem-iquitos", "mimp-odp", "nowhere"):
            User.objects.filter(id=worker.id).update(role="revisor", office="")
            for _again in range(2):
                tried += 1
                try:
                    changes.change(actor=officer, user_id=worker.id, change=Change(role, office), at=NOW)
                    changes.give(actor=officer, asked_id=only(officer).id, at=NOW)
                except (Conflict, Invalid, ValueError):
                    continue
            assert User.objects.get(id=worker.id).role == "revisor"

    assert tried >= 100
