"""Readings in the ledger become a sign to the officer, once and without whom; and a day has an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from amparo.access.actors import MACHINE, Actor
from amparo.access.models import Alert
from amparo.casework.actions import assigning, emergency, noting, rebuild, watching
from amparo.casework.actions.noting import Told
from amparo.casework.queries import identity, looks, threads
from amparo.kernel.errors import Denied
from amparo.registries.actions import linking
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, RESCUE, UPE

HOUR = timedelta(hours=1)
_SURNAMES = ("Quispe", "Mamani", "Ahuanari", "Tamani", "Rojas", "Flores", "Pacaya", "Inuma", "Sandoval", "Torres")


@pytest.fixture
def people() -> list[UUID]:
    """Ten who are nobody's by name."""
    made = [
        worlds.record(replace(FLOR, surname1=name, surname2=name, doc_number=f"{n}{n}{n}45678"), UPE, RESCUE)
        for n, name in enumerate(_SURNAMES)
    ]
    linking.link_waiting(actor=MACHINE, at=NOW)
    rebuild.around(touched=made, at=NOW)
    return made


@pytest.fixture
def worker() -> Actor:
    worlds.user("mimp-upe", UPE)
    return worlds.actor("mimp-upe", UPE)


def kinds() -> list[str]:
    return sorted(Alert.objects.exclude(kind="user_created").values_list("kind", flat=True))


def read(worker: Actor, people: list[UUID], *, minutes: float = 1) -> None:
    for n, person in enumerate(people):
        threads.read(actor=worker, person_id=person, at=NOW + timedelta(minutes=minutes * n))


def test_going_down_the_list_is_told_once_and_says_of_nobody(worker: Actor, people: list[UUID]) -> None:
    read(worker, people)

    assert [watching.look(at=NOW + HOUR), watching.look(at=NOW + 2 * HOUR)] == [1, 0]
    (told,) = Alert.objects.filter(kind="unusual_row")
    assert (told.username, told.subjects, told.institution) == (worker.name, [], "")
    read(worker, people)
    assert watching.look(at=NOW + 24 * HOUR) == 0


def test_the_same_pace_by_the_hour_is_work(worker: Actor, people: list[UUID]) -> None:
    read(worker, people, minutes=20)

    assert watching.look(at=NOW + 5 * HOUR) == 0


def test_whoever_was_given_to_her_or_had_something_done_for_her_is_explained(worker: Actor, people: list[UUID]) -> None:
    for person in people[:2]:
        assigning.assign(actor=worker, person_id=person, username=worker.name, at=NOW)
    told = Told("atencion_servicio", NOW.date(), data={"servicio": "ALIMENTACION"}, narrative="")
    noting.note(actor=worker, person_id=people[2], told=told, at=NOW)
    read(worker, people)

    assert watching.look(at=NOW + HOUR) == 0
    opened, explained = looks.of(worker.name, 1)
    assert explained == set(people[:3])
    assert {look.person for look in opened} == set(people)


def test_names_of_a_week_are_told_of(worker: Actor, people: list[UUID]) -> None:
    for day in range(3):
        for n, person in enumerate(people[:7]):
            at = NOW + timedelta(days=day) + n * HOUR / 2
            identity.reveal(actor=worker, person_id=person, purpose="PROTECCION", at=at)
        watching.look(at=NOW + timedelta(days=day) + 4 * HOUR)
        assert kinds() == (["unusual_week"] if day == 2 else [])


def test_beyond_a_day_s_limit_nobody_else_is_opened_but_whom_she_has_or_saves(
    worker: Actor, people: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_IN_A_DAY", 3)
    read(worker, people[:3])

    later = NOW + HOUR
    with pytest.raises(Denied, match="enough_today"):
        threads.read(actor=worker, person_id=people[3], at=later)
    with pytest.raises(Denied, match="enough_today"):
        identity.reveal(actor=worker, person_id=people[3], purpose="PROTECCION", at=later)

    assert threads.read(actor=worker, person_id=people[0], at=later)
    assigning.assign(actor=worker, person_id=people[4], username=worker.name, at=later)
    assert threads.read(actor=worker, person_id=people[4], at=later)
    assert threads.read(actor=worker, person_id=people[3], at=NOW + 24 * HOUR)


def test_an_emergency_is_not_counted(people: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "MOST_IN_A_DAY", 0)
    cem, words = worlds.actor("mimp-cem", CEM_IQUITOS), "Una vecina avisa que se la están llevando ahora mismo"
    emergency.break_glass(
        actor=cem, person_id=people[0], reason="MEDICA", words=words, parts=["case", "identity"], at=NOW
    )

    assert threads.read(actor=cem, person_id=people[0], at=NOW)
    assert identity.reveal(actor=cem, person_id=people[0], purpose="PROTECCION", at=NOW).said


def test_that_the_ledger_reaches_nobody_is_told_once_a_day(
    worker: Actor, people: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not watching.tell_of_silence(at=NOW + 2 * HOUR)
    monkeypatch.setenv("AMPARO_CHECKPOINTS", f"file:{tmp_path}")

    assert [watching.tell_of_silence(at=NOW + minutes * HOUR / 60) for minutes in (60, 61, 62)] == [False, True, False]
    assert kinds() == ["ledger_silent"]
    identity.reveal(actor=worker, person_id=people[0], purpose="SEGUIMIENTO", at=NOW + 2 * HOUR)
    with pytest.raises(Denied, match="cut_off"):
        identity.reveal(actor=worker, person_id=people[0], purpose="SEGUIMIENTO", at=NOW + 5 * HOUR)


def test_many_accounts_at_one_person_are_told_of_with_whom(people: list[UUID]) -> None:
    for number in range(5):
        reader = replace(worlds.actor("mimp-upe", UPE), name=f"reader{number}")
        threads.read(actor=reader, person_id=people[0], at=NOW + number * HOUR)
        threads.read(actor=reader, person_id=people[number], at=NOW + number * HOUR)

        told = watching.look(at=NOW + number * HOUR)

        assert told == (number == 4)
    assert watching.look(at=NOW + 5 * HOUR) == 0
    (alert,) = Alert.objects.filter(kind="unusual_crowd")
    assert (alert.username, alert.subjects, alert.about) == ("", [str(people[0])], people[0])
