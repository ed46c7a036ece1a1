"""Whoever reads a thread can see why each of its records is in it: by the machine or by people, and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.registries.models import Judgement, Pair
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, UPE

ALIKE = [["document", "same", 9.0], ["given", "same", 4.0], ["birth", "days_differ", -2.0]]


@pytest.fixture
def records() -> list[UUID]:
    """Flor's records at the police, the prosecutor's office and UPE, in the order of their ids."""
    return sorted(worlds.record(FLOR, office, RESCUE) for office in (POLICE, PROSECUTOR, UPE))


def alike(left: UUID, right: UUID, **more: Any) -> None:
    values = {"score": 11.0, "probability": 0.9995, "verdict": "join", "evidence": ALIKE, "model": "test"} | more
    Pair.objects.create(left_id=left, right_id=right, scored_at=NOW, **values)


def says(left: UUID, right: UUID, answer: str = "same", **more: Any) -> Judgement:
    values = {"by": "revisora", "reason": "file", "at": NOW} | more
    return Judgement.objects.create(left_id=left, right_id=right, answer=answer, **values)


def page(sign_in: SignIn, person: UUID) -> str:
    answer = sign_in("mimp-upe", UPE).get(f"/personas/{person}/registros/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_record_says_by_what_it_was_joined(sign_in: SignIn, records: list[UUID]) -> None:
    alike(records[0], records[1])
    says(records[1], records[2])
    told = page(sign_in, project(*records))

    assert [told.count(f'id="registro-{record}"') for record in records] == [1, 1, 1]
    assert "La máquina los unió sola: casi seguro la misma (99 de 100)." in told
    assert "El mismo número de documento. El mismo nombre." in told
    assert "Las dos fechas de nacimiento son exactas y distintas." in told.partition("En contra:")[2]
    assert f"/pares/{Pair.objects.get().id}/" in told
    assert "Una persona que revisa pares dijo que es la misma." in told
    assert "Se revisó el expediente." in told


def test_it_names_no_reviewer_and_nobody_else(sign_in: SignIn, records: list[UUID]) -> None:
    says(records[0], records[1])
    says(records[1], records[2])
    told = page(sign_in, project(*records))

    assert [word for word in ("revisora", "Flor", "Ahuanari", "71234567") if word in told] == []


def test_the_reading_is_in_the_ledger(sign_in: SignIn, records: list[UUID]) -> None:
    says(records[0], records[1])
    says(records[1], records[2])
    page(sign_in, project(*records))

    assert set(subjects_of("grounds.read")) == set(records)


def test_what_was_taken_back_is_kept_and_said_so(sign_in: SignIn, records: list[UUID]) -> None:
    for left, right in (records[:2], records[1:]):
        alike(left, right)
    first = says(*records[:2], "not_same")
    says(*records[:2], "withdrawn", undoes=first, at=NOW + timedelta(days=1))
    told = page(sign_in, project(*records))

    past = told.partition('id="t-antes"')[2]
    assert "son personas distintas" in past
    assert "deshecha" in past


def test_a_record_that_an_office_opened_on_somebody_says_so(sign_in: SignIn, records: list[UUID]) -> None:
    says(*records[:2], reason="opened_from_thread")
    says(*records[1:])

    assert "Se abrió desde este hilo" in page(sign_in, project(*records))


def test_an_opinion_that_waits_for_a_second_one_is_nobody_s_to_know(sign_in: SignIn, records: list[UUID]) -> None:
    for left, right in (records[:2], records[1:]):
        alike(left, right)
    says(records[0], records[2], kind="opinion")
    told = page(sign_in, project(*records))

    assert "Una persona que revisa pares" not in told


def test_a_thread_of_one_record_says_that_nothing_was_joined(sign_in: SignIn) -> None:
    told = page(sign_in, project(worlds.record(FLOR, UPE, RESCUE)))

    assert "un solo registro" in told


def test_the_thread_and_the_record_lead_there(sign_in: SignIn, records: list[UUID]) -> None:
    alike(*records[:2])
    alike(*records[1:])
    person = project(*records)
    thread = sign_in("mimp-upe", UPE).get(f"/personas/{person}/").content.decode()

    for record in records:
        assert f'href="/personas/{person}/registros/#registro-{record}"' in thread


def test_who_may_not_know_her_learns_nothing(sign_in: SignIn, records: list[UUID]) -> None:
    worlds.record(replace(FLOR, doc_number="1"), CEM_IQUITOS)
    person = project(*records[:1])

    assert sign_in("mimp-cem", CEM_IQUITOS).get(f"/personas/{person}/registros/").status_code == 404
    assert "grounds.read" not in acts()
