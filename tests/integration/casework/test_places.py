"""Where a shelter is takes two people of two offices, is read once within 15 minutes, and everybody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amparo.access import alerts, exclusions
from amparo.access.actors import Actor
from amparo.access.exclusions import Whom
from amparo.casework.actions import places, rebuild
from amparo.casework.models import PlaceRequest
from amparo.casework.queries import places as read
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.ledger import actions as ledger_actions
from amparo.ledger import queries as ledger
from tests import worlds
from tests.worlds import CEM_IQUITOS, NOW, PROSECUTOR, RESCUE, ROSA, UPE

WORDS = "Jirón Las Gardenias 1450, portón azul"
WHY = "Hay que llevarla hoy a la cámara Gesell con patrullero."


@pytest.fixture
def owner() -> Actor:
    return worlds.actor("mimp-upe", UPE)


@pytest.fixture
def asker() -> Actor:
    return worlds.actor("mimp-cem", CEM_IQUITOS)


@pytest.fixture
def approver() -> Actor:
    return worlds.actor("mp-fiscal", PROSECUTOR)


@pytest.fixture
def code(owner: Actor) -> str:
    return places.write(actor=owner, words=WORDS, person=None, at=NOW)


def asked(actor: Actor, code: str, at: datetime = NOW) -> UUID:
    return places.ask(actor=actor, code=code, words=WHY, at=at)


def test_it_is_read_once_after_somebody_else_said_yes(asker: Actor, approver: Actor, owner: Actor, code: str) -> None:
    request = asked(asker, code)
    assert read.to_decide(actor=approver, request_id=request, at=NOW)[1] == WHY

    places.decide(actor=approver, request_id=request, approves=True, at=NOW)

    assert places.read(actor=asker, request_id=request, at=NOW + timedelta(minutes=14)).words == WORDS
    with pytest.raises(Conflict):
        places.read(actor=asker, request_id=request, at=NOW + timedelta(minutes=14))
    assert [each.kind for each in alerts.of(owner)] == ["place_read", "place_asked"]
    assert {each.kind for each in alerts.of(worlds.actor("odp"))} == {"place_read", "place_asked"}


def test_nobody_reads_without_a_yes(asker: Actor, code: str) -> None:
    with pytest.raises(Conflict):
        places.read(actor=asker, request_id=asked(asker, code), at=NOW)


def test_a_no_is_a_no(asker: Actor, approver: Actor, code: str) -> None:
    request = asked(asker, code)
    places.decide(actor=approver, request_id=request, approves=False, at=NOW)

    with pytest.raises(Conflict):
        places.read(actor=asker, request_id=request, at=NOW)
    with pytest.raises(NotFound):
        places.decide(actor=approver, request_id=request, approves=True, at=NOW)


def test_a_yes_lasts_a_quarter_of_an_hour_and_a_request_a_day(asker: Actor, approver: Actor, code: str) -> None:
    request, later = asked(asker, code), NOW + timedelta(hours=23)
    places.decide(actor=approver, request_id=request, approves=True, at=later)

    with pytest.raises(Conflict):
        places.read(actor=asker, request_id=request, at=later + timedelta(minutes=15))
    with pytest.raises(NotFound):
        places.decide(actor=approver, request_id=asked(asker, code), approves=True, at=NOW + timedelta(hours=25))


def test_nobody_says_yes_to_herself_nor_to_her_own_office(code: str) -> None:
    asker = worlds.actor("mp-fiscal", PROSECUTOR)
    request = asked(asker, code)

    for other in (asker, replace(asker, name="a colleague"), replace(asker, office="elsewhere")):
        with pytest.raises(NotFound):
            places.decide(actor=other, request_id=request, approves=True, at=NOW)
        with pytest.raises(NotFound):
            read.to_decide(actor=other, request_id=request, at=NOW)


def test_what_was_granted_to_one_is_not_read_by_another(asker: Actor, approver: Actor, code: str) -> None:
    request = asked(asker, code)
    places.decide(actor=approver, request_id=request, approves=True, at=NOW)

    for other in (replace(asker, name="a colleague"), worlds.actor("mimp-upe", UPE)):
        with pytest.raises(NotFound):
            places.read(actor=other, request_id=request, at=NOW)


def test_a_role_without_the_right_neither_asks_nor_answers(asker: Actor, code: str) -> None:
    with pytest.raises(Denied):
        asked(worlds.actor("pnp-registrador", worlds.POLICE), code)
    with pytest.raises(Denied):
        places.decide(actor=asker, request_id=uuid4(), approves=True, at=NOW)
    with pytest.raises(Denied):
        places.write(actor=asker, words=WORDS, person=None, at=NOW)


def test_three_readings_a_day_are_enough(asker: Actor, approver: Actor, code: str) -> None:
    def one(at: datetime) -> None:
        request = asked(asker, code, at)
        places.decide(actor=approver, request_id=request, approves=True, at=at)
        places.read(actor=asker, request_id=request, at=at)

    for _ in range(3):
        one(NOW)
    with pytest.raises(Denied):
        one(NOW)
    one(NOW + timedelta(days=1))


def test_where_a_person_is_can_be_asked_only_by_who_may_read_her(asker: Actor, approver: Actor) -> None:
    woman = rebuild.around(touched=[worlds.record(ROSA, UPE, RESCUE), worlds.record(ROSA, CEM_IQUITOS)], at=NOW)
    code = places.write(actor=worlds.actor("mimp-upe", UPE), words=WORDS, person=woman[0], at=NOW)

    with pytest.raises(NotFound):
        asked(asker, code)
    with pytest.raises(NotFound):
        asked(asker, "LUG-0000-0000")
    request = asked(worlds.actor("mimp-upe", UPE), code)
    exclusions.make(
        actor=worlds.actor("odp"), records=[woman[0]], whom=Whom(institution="mimp", unit="upe"), reason="AMENAZA",
        at=NOW,
    )  # fmt: skip
    places.decide(actor=approver, request_id=request, approves=True, at=NOW)
    with pytest.raises(NotFound):
        places.read(actor=worlds.actor("mimp-upe", UPE), request_id=request, at=NOW)


def test_what_cannot_be_written_down_is_not_read(
    asker: Actor, approver: Actor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(asker, code)
    places.decide(actor=approver, request_id=request, approves=True, at=NOW)

    def down(**_: object) -> int:
        raise OSError("the ledger is down")

    monkeypatch.setattr(ledger_actions, "record", down)
    with pytest.raises(OSError, match="down"):
        places.read(actor=asker, request_id=request, at=NOW)
    assert PlaceRequest.objects.get(id=request).read_at is None


def test_neither_words_nor_reason_stand_anywhere_in_the_open(asker: Actor, code: str) -> None:
    asked(asker, code)

    told = "\n".join(f"{entry.act} {entry.detail} {entry.purpose}" for entry in ledger.latest())
    assert "Gardenias" not in told + code
    assert "Gesell" not in told


def test_a_reason_needs_words(asker: Actor, owner: Actor, code: str) -> None:
    with pytest.raises(Invalid):
        places.ask(actor=asker, code=code, words="  porque sí                                   ", at=NOW)
    with pytest.raises(Invalid):
        places.write(actor=owner, words="  ", person=None, at=NOW)


def test_the_owner_writes_it_anew(asker: Actor, approver: Actor, owner: Actor, code: str) -> None:
    place = read.overview(actor=owner, at=NOW).own[0]
    places.change(actor=owner, place_id=place.id, words="Otro lugar", at=NOW)
    request = asked(asker, code)
    places.decide(actor=approver, request_id=request, approves=True, at=NOW)

    assert places.read(actor=asker, request_id=request, at=NOW).words == "Otro lugar"
    with pytest.raises(NotFound):
        places.change(actor=replace(owner, office="elsewhere"), place_id=place.id, words="x", at=NOW)
