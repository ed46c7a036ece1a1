"""The officer's desk: clocks that run, the people an incident touched, requests answered in time, accesses renewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from amparo.access import alerts, attestations, changes, endings
from amparo.access.actors import MACHINE, Actor
from amparo.access.models import User
from amparo.access.queries import actor_of
from amparo.casework.actions import desk, rebuild
from amparo.casework.actions.desk import Happened
from amparo.casework.queries import desk as read
from amparo.casework.queries import threads
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests import worlds
from tests.worlds import FLOR, NOW, RESCUE, ROSA, UPE

HOUR = timedelta(hours=1)
HAPPENED = Happened("ACCESO_INDEBIDO", NOW, NOW - 5 * HOUR, NOW, username="mimp-upe")


@pytest.fixture
def officer() -> Actor:
    worlds.user("odp")
    return worlds.actor("odp")


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


def test_an_incident_s_clock_runs_from_when_it_was_known(officer: Actor) -> None:
    opened = desk.open_incident(actor=officer, happened=HAPPENED, at=NOW)

    soon = read.incident(actor=officer, incident_id=opened, at=NOW + 40 * HOUR).clocks[0]
    late = read.incident(actor=officer, incident_id=opened, at=NOW + 49 * HOUR).clocks[0]

    assert (soon.hours_left, soon.is_late) == (8, False)
    assert (late.hours_left, late.is_late) == (-1, True)
    assert soon.term.article == "DS 016-2024-JUS"
    assert soon.term.verified is False


def test_it_closes_only_when_what_is_owed_is_done(officer: Actor) -> None:
    opened = desk.open_incident(actor=officer, happened=HAPPENED, at=NOW)

    with pytest.raises(Conflict):
        desk.done(actor=officer, incident_id=opened, what="closed", at=NOW)
    for what in ("notified", "told", "closed"):
        desk.done(actor=officer, incident_id=opened, what=what, at=NOW + HOUR)
    assert read.incident(actor=officer, incident_id=opened, at=NOW + 99 * HOUR).clocks[0].is_late is False
    with pytest.raises(Conflict):
        desk.done(actor=officer, incident_id=opened, what="told", at=NOW)
    with pytest.raises(NotFound):
        desk.done(actor=officer, incident_id=uuid4(), what="told", at=NOW)


@pytest.mark.parametrize(
    "slip",
    [
        {"kind": "NADA"},
        {"username": ""},
        {"began_at": NOW + HOUR},
        {"known_at": NOW + HOUR},
    ],
)
def test_an_incident_that_makes_no_sense_is_not_written(officer: Actor, slip: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        desk.open_incident(actor=officer, happened=replace(HAPPENED, **slip), at=NOW)


def test_the_people_it_touched_come_from_the_ledger(officer: Actor, girl: UUID) -> None:
    other = rebuild.around(touched=[worlds.record(ROSA, UPE, RESCUE)], at=NOW)[0]
    worlds.user("mimp-upe", UPE)
    upe = worlds.actor("mimp-upe", UPE)
    threads.read(actor=upe, person_id=girl, at=NOW - HOUR)
    threads.read(actor=upe, person_id=other, at=NOW - 9 * HOUR)

    def touched(**changes: Any) -> list[str]:
        opened = desk.open_incident(actor=officer, happened=replace(HAPPENED, **changes), at=NOW)
        found = read.incident(actor=officer, incident_id=opened, at=NOW)
        return read.affected(actor=officer, found=found, at=NOW)

    code = threads.read(actor=upe, person_id=girl, at=NOW + HOUR).person.code
    assert touched() == [code]
    assert touched(username="", institution="mimp", office=UPE.office) == [code]
    assert touched(username="nobody") == []
    assert len(touched(began_at=NOW - 10 * HOUR)) == 2


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("informacion", date(2026, 11, 30)),
        ("acceso", date(2026, 12, 18)),
        ("rectificacion", date(2026, 12, 2)),
        ("cancelacion", date(2026, 12, 2)),
        ("oposicion", date(2026, 12, 2)),
    ],
)
def test_a_person_is_answered_within_working_days_of_the_country(
    officer: Actor, girl: UUID, kind: str, due: date
) -> None:
    received = date(2026, 11, 18)

    made = desk.receive(actor=officer, person_id=girl, kind=kind, asker="PERSONA", received=received, at=NOW)

    told = read.read(actor=officer, at=NOW).requests[0]
    assert (told.due_on, told.is_late, told.by_another) == (due, False, False)
    late = read.read(actor=officer, at=NOW + timedelta(days=60)).requests[0]
    assert late.is_late
    desk.answer(actor=officer, request_id=made, answer="CONCEDIDA", at=NOW)
    assert read.read(actor=officer, at=NOW + timedelta(days=60)).requests[0].is_late is False
    with pytest.raises(Conflict):
        desk.answer(actor=officer, request_id=made, answer="CONCEDIDA", at=NOW)


def test_whoever_speaks_for_a_person_goes_to_legal_review(officer: Actor, girl: UUID) -> None:
    desk.receive(
        actor=officer, person_id=girl, kind="acceso", asker="REPRESENTANTE", received=date(2026, 11, 18), at=NOW
    )

    assert read.read(actor=officer, at=NOW).requests[0].by_another
    with pytest.raises(Invalid):
        desk.receive(actor=officer, person_id=girl, kind="x", asker="PERSONA", received=date(2026, 11, 18), at=NOW)
    with pytest.raises(Invalid):
        desk.receive(actor=officer, person_id=girl, kind="acceso", asker="PERSONA", received=date(2026, 12, 18), at=NOW)


def test_the_desk_is_the_officer_s_alone(girl: UUID) -> None:
    upe = worlds.actor("mimp-upe", UPE)

    for refused in (
        lambda: read.read(actor=upe, at=NOW),
        lambda: desk.open_incident(actor=upe, happened=HAPPENED, at=NOW),
        lambda: attestations.listing(actor=upe, at=NOW),
        lambda: desk.receive(
            actor=upe, person_id=girl, kind="acceso", asker="PERSONA", received=date(2026, 11, 18), at=NOW
        ),
    ):
        with pytest.raises(Denied):
            refused()


def created(user: User, days_ago: int) -> User:
    User.objects.filter(id=user.id).update(created_at=NOW - timedelta(days=days_ago))
    return user


def active() -> set[str]:
    return set(User.objects.filter(is_active=True).values_list("username", flat=True))


def test_an_access_that_nobody_vouches_for_in_a_quarter_ends(officer: Actor) -> None:
    old, vouched = created(worlds.user("mimp-upe", UPE), 92), created(worlds.user("revisor"), 92)
    created(worlds.user("analista"), 90)
    attestations.attest(actor=officer, user_id=vouched.id, keeps=True, at=NOW - timedelta(days=1))

    assert attestations.suspend_expired(actor=MACHINE, at=NOW) == 1

    assert active() == {"odp", "revisor", "analista"}
    assert [(each.kind, each.username) for each in alerts.of(officer)] == [("access_expired", old.username)]
    assert attestations.suspend_expired(actor=MACHINE, at=NOW) == 0


def test_the_last_officer_is_never_locked_out(officer: Actor) -> None:
    created(User.objects.get(username="odp"), 400)
    created(worlds.user("odp", name="second"), 300)

    attestations.suspend_expired(actor=MACHINE, at=NOW)

    assert active() == {"second"}


def test_nobody_vouches_for_herself_and_an_access_can_be_ended(officer: Actor) -> None:
    user = worlds.user("mimp-upe", UPE)
    listed = {each.username: each for each in attestations.listing(actor=officer, at=NOW)}

    assert listed["odp"].is_own
    with pytest.raises(Invalid):
        attestations.attest(actor=officer, user_id=listed["odp"].id, keeps=True, at=NOW)
    attestations.attest(actor=officer, user_id=user.id, keeps=False, at=NOW)
    assert active() == {"odp"}
    with pytest.raises(NotFound):
        attestations.attest(actor=officer, user_id=user.id, keeps=True, at=NOW)


def test_an_officer_s_access_is_ended_by_two_others_and_never_by_one(officer: Actor) -> None:
    other, third = worlds.user("odp", name="otra"), worlds.user("odp", name="tercera")

    def says(who: Actor, *, keeps: bool = False) -> bool:
        return attestations.attest(actor=who, user_id=other.id, keeps=keeps, at=NOW)

    def asked() -> str:
        return {each.username: each.end_asked_by for each in attestations.listing(actor=officer, at=NOW)}["otra"]

    assert says(officer)
    assert (asked(), "otra" in active()) == ("odp", True)
    with pytest.raises(Invalid, match="end_needs_another"):
        says(officer)
    says(actor_of(third), keeps=True)
    assert asked() == ""
    says(officer)

    assert not says(actor_of(third))

    assert active() == {"odp", "tercera"}
    told = [each.kind for each in alerts.of(officer) if each.username == "otra"]
    assert sorted(told) == ["access_end_asked", "access_end_asked", "user_changed"]


def test_what_an_officer_asked_whose_own_access_ended_counts_no_more(officer: Actor) -> None:
    other, third = worlds.user("odp", name="otra"), worlds.user("odp", name="tercera")
    attestations.attest(actor=officer, user_id=other.id, keeps=False, at=NOW)
    User.objects.filter(username="odp").update(is_active=False)

    assert attestations.attest(actor=actor_of(third), user_id=other.id, keeps=False, at=NOW)
    assert active() == {"otra", "tercera"}


def test_no_officer_sets_an_end_for_another_alone(officer: Actor) -> None:
    other = worlds.user("odp", name="otra")
    change = changes.Change(other.role, other.office, NOW.date() + timedelta(days=1))

    with pytest.raises(Invalid, match="guarding_end"):
        changes.change(actor=officer, user_id=other.id, change=change, at=NOW)

    assert User.objects.get(username="otra").ends_on is None


def test_whoever_runs_the_machine_ends_an_officer_s_at_once_and_the_others_are_told(officer: Actor) -> None:
    worlds.user("odp", name="otra")
    terminal = Actor("terminal:x", capabilities=frozenset({"desk"}))

    endings.end_at_once(actor=terminal, username="otra", at=NOW)

    assert active() == {"odp"}
    assert [(each.kind, each.username) for each in alerts.of(officer)] == [("user_changed", "otra")]
    with pytest.raises(NotFound):
        endings.end_at_once(actor=terminal, username="otra", at=NOW)


def test_the_listing_shows_when_an_access_was_last_used(officer: Actor, girl: UUID) -> None:
    worlds.user("mimp-upe", UPE)
    threads.read(actor=worlds.actor("mimp-upe", UPE), person_id=girl, at=NOW - HOUR)

    used: dict[str, datetime | None] = {
        each.username: each.last_used for each in attestations.listing(actor=officer, at=NOW)
    }
    assert used["mimp-upe"] == NOW - HOUR
