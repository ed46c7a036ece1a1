"""A withdrawal closes what it opened at the next reading, and asks for what was received by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.access import alerts
from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import consenting, noting, rebuild, recalling
from amparo.casework.actions.consenting import Decided
from amparo.casework.actions.noting import Told
from amparo.casework.queries import consents, identity, opened_record, recalls, threads
from amparo.casework.rules.consents import State
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import queries as ledger
from amparo.registries.actions import linking
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, RESCUE, ROSA, UPE, Happening, Office

CALP = Office("calp", "chs", "calp", "chs-calp-iquitos", "16")
CARE = Happening("pri", date(2026, 9, 9))
GIVEN = Decided("ATENCION", {"calp"}, {"case"}, "ESCRITO", "PERSONA", date(2026, 9, 10))


def known_to(cem_of: Any, calp_of: Any) -> UUID:
    """Somebody whom CEM and CALP both know."""
    first = worlds.record(cem_of, CEM_IQUITOS, RESCUE, CARE)
    worlds.record(calp_of, CALP, Happening("apertura_calp", date(2026, 9, 12)))
    linking.link_waiting(actor=MACHINE, at=NOW)
    return rebuild.around(touched=[first], at=NOW)[0]


@pytest.fixture
def woman() -> UUID:
    return known_to(ROSA, ROSA)


@pytest.fixture
def child() -> UUID:
    return known_to(FLOR, FLOR)


@pytest.fixture
def cem() -> Actor:
    worlds.user("mimp-cem", CEM_IQUITOS)
    return worlds.actor("mimp-cem", CEM_IQUITOS)


@pytest.fixture
def calp() -> Actor:
    worlds.user("calp-equipo", CALP)
    return worlds.actor("calp-equipo", CALP)


def others(actor: Actor, person: UUID) -> set[str]:
    """Types of events of other institutions that a reader sees."""
    seen = threads.read(actor=actor, person_id=person, at=NOW).events
    return {each.event.type for each in seen if each.event.institution != actor.institution}


def test_without_a_consent_calp_sees_its_own_and_nothing_of_others(woman: UUID, calp: Actor, cem: Actor) -> None:
    assert others(calp, woman) == set()
    assert {seen.event.type for seen in threads.read(actor=calp, person_id=woman, at=NOW).events} == {"apertura_calp"}
    assert others(cem, woman) != set()


def test_a_consent_opens_and_its_withdrawal_closes_at_the_next_reading(woman: UUID, calp: Actor, cem: Actor) -> None:
    given = consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)
    assert "pri" in others(calp, woman)

    consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)

    assert others(calp, woman) == set()


def test_the_identity_that_others_hold_needs_a_consent_that_names_it(woman: UUID, calp: Actor, cem: Actor) -> None:
    consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)

    def told() -> set[str]:
        opened = identity.reveal(actor=calp, person_id=woman, purpose="ATENCION", at=NOW)
        return {facts.institution for facts, _ in opened.said}

    assert told() == {"chs"}
    consenting.write(actor=cem, person_id=woman, decided=replace(GIVEN, parts={"identity"}), at=NOW)
    assert told() == {"chs", "mimp"}


def test_another_s_record_closes_with_the_consent(woman: UUID, calp: Actor, cem: Actor) -> None:
    given = consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)
    held = next(each for each in threads.read(actor=cem, person_id=woman, at=NOW).records if each.unit == "cem")
    opened_record.read(actor=calp, record_id=held.id, at=NOW)

    consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)

    with pytest.raises(NotFound):
        opened_record.read(actor=calp, record_id=held.id, at=NOW)


def test_a_withdrawal_asks_for_the_data_of_whoever_read_and_keeps_the_answer(
    woman: UUID, calp: Actor, cem: Actor
) -> None:
    given = consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)
    others(calp, woman)

    consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)

    asked = recalls.inbox(actor=calp, at=NOW)
    assert [(each.unit, each.purpose, each.answer, each.due_on) for each in asked] == [
        ("calp", "ATENCION", "", date(2026, 11, 24))
    ]
    assert [each.kind for each in alerts.of(calp)] == ["recall"]
    assert recalls.inbox(actor=cem, at=NOW) == []
    assert [each.overdue for each in recalls.overdue(NOW + timedelta(days=9))] == [True]
    with pytest.raises(Invalid):
        recalling.answer(actor=calp, recall_id=asked[0].id, answer="kept", at=NOW)
    with pytest.raises(NotFound):
        recalling.answer(actor=cem, recall_id=asked[0].id, answer="deleted", at=NOW)
    recalling.answer(actor=calp, recall_id=asked[0].id, answer="deleted", at=NOW)
    assert [each.answer for each in recalls.inbox(actor=calp, at=NOW)] == ["deleted"]
    with pytest.raises(Conflict):
        recalling.answer(actor=calp, recall_id=asked[0].id, answer="deleted", at=NOW)
    assert recalls.overdue(NOW + timedelta(days=9)) == []


def test_nobody_is_asked_who_never_read(woman: UUID, calp: Actor, cem: Actor) -> None:
    given = consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)

    consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)

    assert recalls.inbox(actor=calp, at=NOW) == []
    assert "consent.recall" in {entry.act for entry in ledger.latest()}


def test_a_withdrawal_written_as_any_other_event_asks_too(woman: UUID, calp: Actor, cem: Actor) -> None:
    consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)
    others(calp, woman)

    told = Told("consentimiento", date(2026, 11, 20), data={"proposito": "ATENCION", "decision": "RETIRA"})
    noting.note(actor=cem, person_id=woman, told=told, at=NOW)

    assert len(recalls.inbox(actor=calp, at=NOW)) == 1


def test_a_guardian_s_consent_is_a_conflict_that_another_office_resolves(child: UUID, calp: Actor, cem: Actor) -> None:
    guardian = replace(GIVEN, giver="REPRESENTANTE")
    given = consenting.write(actor=cem, person_id=child, decided=guardian, at=NOW)

    assert [each.state for each in consents.read(actor=cem, person_id=child, at=NOW).all] == [State.CONFLICT]
    assert others(calp, child) == set()
    with pytest.raises(Invalid):
        consenting.confirm(actor=cem, person_id=child, consent_id=given, at=NOW)

    referral = Told("derivacion", date(2026, 9, 11), data={"destino": "upe", "dependencia": UPE.office})
    noting.note(actor=cem, person_id=child, told=referral, at=NOW)
    consenting.confirm(actor=worlds.actor("mimp-upe", UPE), person_id=child, consent_id=given, at=NOW)

    assert "pri" in others(calp, child)


def test_what_has_ended_or_is_another_s_cannot_be_withdrawn(woman: UUID, cem: Actor) -> None:
    given = consenting.write(actor=cem, person_id=woman, decided=GIVEN, at=NOW)
    consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)

    with pytest.raises(Conflict):
        consenting.withdraw(actor=cem, person_id=woman, consent_id=given, at=NOW)
    with pytest.raises(NotFound):
        consenting.withdraw(actor=cem, person_id=woman, consent_id=woman, at=NOW)
    with pytest.raises(Invalid):
        consenting.write(actor=cem, person_id=woman, decided=replace(GIVEN, units=()), at=NOW)
