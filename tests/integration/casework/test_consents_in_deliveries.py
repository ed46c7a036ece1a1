"""A withdrawal that comes in an institution's file counts as one written by hand: it closes, and asks for the data."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.access import alerts
from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import catching_up, recalling
from amparo.casework.models import Recall
from amparo.casework.queries import consents, recalls, threads
from amparo.casework.rules.consents import State
from amparo.ledger import queries as ledger
from amparo.registries.actions.deliver import deliver
from amparo.registries.models import Record
from tests import worlds
from tests.unit.registries.reading import PACK
from tests.worlds import NOW, Office

LATER = NOW + timedelta(hours=1)
GIVEN = {"fecha": "2024-08-12", "para": "atencion", "forma": "escrito", "decision": "si"}
WITHDRAWN = {"fecha": "2026-11-18", "para": "atencion", "forma": "escrito", "decision": "retirado"}


def hand_in(*told: dict[str, str], at: Any = NOW) -> UUID:
    sheet = json.loads((PACK / "imports" / "calp" / "sample.json").read_text(encoding="utf-8"))["fichas"][1]
    sheet["persona"]["nacimiento"] = {"fecha": "1995-05-05", "edad_aprox": 31}
    content = json.dumps({"fichas": [sheet | {"consentimientos": list(told)}]}).encode()
    taken = deliver(actor=MACHINE, source="calp", content=io.BytesIO(content), at=at)
    assert taken.set_aside == 0
    catching_up.catch_up(actor=MACHINE, touched=taken.touched, at=at)
    return Record.objects.get().id


def reader() -> Actor:
    record = Record.objects.get()
    office = Office("calp", record.institution, record.unit, record.office, record.department)
    worlds.user("calp-equipo", office)
    return worlds.actor("calp-equipo", office)


def test_it_ends_what_was_given_and_asks_whoever_read(monkeypatch: pytest.MonkeyPatch) -> None:
    woman = hand_in(GIVEN)
    worker = reader()
    threads.read(actor=worker, person_id=woman, at=NOW)
    assert [each.state for each in consents.of_records([woman], NOW)] == [State.LIVE]

    hand_in(GIVEN, WITHDRAWN, at=LATER)

    assert [each.state for each in consents.of_records([woman], LATER)] == [State.WITHDRAWN]
    asked = recalls.inbox(actor=worker, at=LATER)
    assert [(each.unit, each.purpose, each.answer) for each in asked] == [("calp", "ATENCION", "")]
    assert [each.kind for each in alerts.of(worker)] == ["recall"]
    assert ledger.latest(limit=1, act="consent.recall")[0].detail["offices"] == 1


def test_it_is_asked_once_however_often_the_delivery_is_looked_at() -> None:
    woman = hand_in(GIVEN)
    threads.read(actor=reader(), person_id=woman, at=NOW)
    hand_in(GIVEN, WITHDRAWN, at=LATER)

    catching_up.catch_up(actor=MACHINE, touched=[woman], at=LATER + timedelta(hours=1))
    hand_in(GIVEN, WITHDRAWN, at=LATER + timedelta(hours=2))

    assert recalling.send_delivered(actor=MACHINE, records=[woman], at=LATER + timedelta(hours=3)) == 0
    assert Recall.objects.count() == 1


def test_a_consent_that_a_later_file_no_longer_tells_is_asked_back_too() -> None:
    woman = hand_in(GIVEN)
    threads.read(actor=reader(), person_id=woman, at=NOW)

    hand_in(at=LATER)

    assert Recall.objects.count() == 1


def test_a_history_that_gives_and_withdraws_at_once_asks_nobody() -> None:
    woman = hand_in(GIVEN, WITHDRAWN)
    threads.read(actor=reader(), person_id=woman, at=NOW)
    catching_up.catch_up(actor=MACHINE, touched=[woman], at=LATER)

    assert not Recall.objects.exists()
