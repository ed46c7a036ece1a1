"""Lists and single persons come from one predicate: what a list does not show, an address does not open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import noting, rebuild
from amparo.casework.actions.noting import Told
from amparo.casework.models import Obligation
from amparo.casework.queries import identity, persons, threads, todo
from amparo.casework.queries.todo import Filters
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.ledger import queries as ledger
from amparo.registries.actions import linking
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, ROSA, UPE, Happening

SHELTER = replace(UPE, source="car", institution="inabif", unit="car", office="", department="16")


@pytest.fixture
def girl() -> UUID:
    """Flor, known to the police, who referred her to UPE."""
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "upe"}, "170102")
    return project(worlds.record(FLOR, POLICE, RESCUE, referral))


def project(*records: UUID) -> UUID:
    linking.link_waiting(actor=MACHINE, at=NOW)
    return rebuild.around(touched=records, at=NOW)[0]


def sees(actor: Actor, person: UUID) -> bool:
    """Whether an actor sees a person; list and single object must agree."""
    in_list = persons.visible(actor).filter(id=person).exists()
    try:
        persons.get(actor, person)
    except NotFound:
        assert not in_list
        return False
    assert in_list
    return True


def test_an_office_sees_whom_it_holds_a_record_of(girl: UUID) -> None:
    assert sees(worlds.actor("mp-fiscal", PROSECUTOR), girl) is False
    assert sees(
        replace(worlds.actor("mp-fiscal", PROSECUTOR), institution="pnp", unit="pnp", office=POLICE.office), girl
    )


def test_a_referral_opens_the_thread_to_whom_it_was_sent(girl: UUID) -> None:
    upe = worlds.actor("mimp-upe", UPE)

    assert sees(upe, girl)
    assert persons.relation(upe, persons.get(upe, girl)) == "referral"


def test_a_referral_that_was_refused_closes_it_again() -> None:
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "cem", "dependencia": "mimp-cem-iquitos"})
    police = worlds.record(ROSA, POLICE, RESCUE, referral)
    person = project(police)
    cem = worlds.actor("mimp-cem", CEM_IQUITOS)
    assert sees(cem, person)

    refusal = Happening("derivacion_rechazada", date(2026, 9, 3), {"origen": "pnp"})
    worlds.write(police, replace(CEM_IQUITOS, office=""), refusal)
    project(police)

    assert [row.relation for row in persons.models.Reach.objects.filter(unit="cem", office=CEM_IQUITOS.office)] == []


def test_a_referral_to_any_shelter_opens_her_to_none_until_one_is_named() -> None:
    to_any = Happening("derivacion", date(2026, 9, 2), {"destino": "car"}, "160101")
    record = worlds.record(FLOR, POLICE, RESCUE, to_any)
    person = project(record)
    first, second = (worlds.actor("car-equipo", replace(SHELTER, office=office)) for office in ("car-l1", "car-l2"))
    assert not sees(first, person)
    assert not sees(second, person)

    named = Happening("derivacion", date(2026, 9, 3), {"destino": "car", "dependencia": "car-l1"}, "160101")
    worlds.write(record, POLICE, named)
    project(record)

    assert sees(first, person)
    assert not sees(second, person)


def test_what_a_kind_of_shelter_answered_opens_her_to_no_shelter() -> None:
    to_any = Happening("derivacion", date(2026, 9, 2), {"destino": "car"}, "160101")
    record = worlds.record(FLOR, POLICE, RESCUE, to_any)
    worlds.write(record, replace(SHELTER, office=""), Happening("derivacion_aceptada", date(2026, 9, 3)))
    person = project(record)

    assert not sees(worlds.actor("car-equipo", replace(SHELTER, office="car-l1")), person)


def test_another_region_sees_nobody_of_this_one(girl: UUID) -> None:
    loreto = worlds.actor("mimp-upe", replace(UPE, office="mimp-upe-loreto", department="16"))

    assert sees(loreto, girl) is False


def test_not_yours_and_not_there_are_the_same_answer(girl: UUID) -> None:
    stranger = worlds.actor("mimp-cem", CEM_IQUITOS)
    answers = []
    for person in (girl, uuid4()):
        with pytest.raises(NotFound) as refusal:
            threads.read(actor=stranger, person_id=person, at=NOW)
        answers.append((refusal.value.code, refusal.value.params))

    assert answers[0] == answers[1]


def test_a_coordinator_opens_no_thread(girl: UUID) -> None:
    with pytest.raises(Denied):
        threads.read(actor=worlds.actor("coordinador-regional"), person_id=girl, at=NOW)


def test_every_reading_is_in_the_ledger_with_its_reason(girl: UUID) -> None:
    upe = worlds.actor("mimp-upe", UPE)

    todo.read(actor=upe, filters=Filters(), at=NOW)
    threads.read(actor=upe, person_id=girl, at=NOW)
    identity.reveal(actor=upe, person_id=girl, purpose="ATENCION", at=NOW)

    told = [(entry.act, entry.actor, entry.purpose, entry.basis) for entry in ledger.about([girl])]
    assert told == [
        ("identity.reveal", upe.name, "ATENCION", "referral"),
        ("thread.read", upe.name, "follow_up", "referral"),
        ("list.read", upe.name, "follow_up", "relation"),
    ]


def test_a_ledger_that_is_down_serves_no_thread(girl: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_: object) -> int:
        raise RuntimeError("ledger down")

    monkeypatch.setattr("amparo.ledger.actions.record", down)

    with pytest.raises(RuntimeError):
        threads.read(actor=worlds.actor("mimp-upe", UPE), person_id=girl, at=NOW)


def test_the_list_shows_what_the_office_owes_and_says_how_late() -> None:
    adult = worlds.record(ROSA, POLICE, RESCUE)
    project(adult)
    police = replace(worlds.actor("pnp-registrador", POLICE))

    found = todo.read(actor=police, filters=Filters(show="overdue"), at=NOW)

    steps = {step.step: step for step in found.people[0].steps}
    assert "comunicar_fiscal" in steps
    assert steps["comunicar_fiscal"].due_on == date(2026, 9, 1)
    assert found.overdue == found.total == 1


def test_a_step_stops_being_owed_when_its_event_arrives_late() -> None:
    adult = worlds.record(ROSA, POLICE, RESCUE)
    project(adult)
    worlds.write(adult, POLICE, Happening("comunicacion_fiscal", date(2026, 9, 1) + timedelta(days=3)))
    rebuild.around(touched=[adult], at=NOW)

    found = todo.read(actor=worlds.actor("pnp-registrador", POLICE), filters=Filters(), at=NOW)

    assert "comunicar_fiscal" not in {step.step for owed in found.people for step in owed.steps}


def test_the_machine_alone_opens_no_identity_to_anybody(girl: UUID) -> None:
    with pytest.raises(Denied):
        identity.reveal(actor=worlds.actor("pnp-registrador", POLICE), person_id=girl, purpose="ATENCION", at=NOW)


def test_lists_show_initials_and_never_a_name(girl: UUID) -> None:
    found = todo.read(actor=worlds.actor("mimp-upe", UPE), filters=Filters(mine=False), at=NOW)

    assert found.initials == {girl: "F. L. A. C."}


def test_somebody_of_no_office_is_not_of_every_office_that_nobody_named(girl: UUID) -> None:
    nowhere = replace(worlds.actor("mimp-cem", CEM_IQUITOS), institution="mimp", unit="upe", office="", departments=())

    assert sees(nowhere, girl) is False


def test_the_week_begins_with_the_day_it_is_in_the_country(girl: UUID) -> None:
    upe, late_evening = worlds.actor("mimp-upe", UPE), datetime(2026, 11, 20, 3, tzinfo=UTC)
    owed = Obligation.objects.filter(person=girl, unit="upe", is_owed=True)
    owed.update(status="due", due_on=date(2026, 11, 27), office=UPE.office)
    assert owed.exists()

    assert todo.read(actor=upe, filters=Filters(show="week"), at=late_evening).total == 0
    owed.update(due_on=date(2026, 11, 26))
    assert todo.read(actor=upe, filters=Filters(show="week"), at=late_evening).total == 1


def test_what_is_said_to_happen_tomorrow_has_not_happened(girl: UUID) -> None:
    tomorrow, late_evening = date(2026, 11, 20), datetime(2026, 11, 20, 3, tzinfo=UTC)

    with pytest.raises(Invalid):
        noting.note(
            actor=worlds.actor("mimp-upe", UPE), person_id=girl, told=Told("apertura_upe", tomorrow), at=late_evening
        )
