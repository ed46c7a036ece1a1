"""Judging pairs: opening them leaves a trace, answers join and separate, and every answer can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from amparo.casework.models import Person
from amparo.kernel.dates import Approx
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Pair
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project, subjects_of
from tests.worlds import FLOR, NOW, POLICE, RESCUE, ROSA, UPE

OTHER = replace(FLOR, given="Flor", surname1="Aguanari", doc_number="71234576", birth=Approx.exact(date(2010, 4, 15)))


def pair(left: UUID, right: UUID, score: float = 4.0, contradictions: tuple[str, ...] = ()) -> UUID:
    """A pair that waits for somebody's answer."""
    low, high = sorted((left, right))
    evidence = [["surnames", "both_near", 9.0], ["birth", "swapped", 5.5], ["document", "near", -2.0]]
    made = Pair.objects.create(
        id=uuid4(), left_id=low, right_id=high, score=score, probability=0.9, verdict="ask", evidence=evidence,
        contradictions=list(contradictions), model="test", scored_at=NOW,
    )  # fmt: skip
    return made.id


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    """Flor as the police and as UPE wrote her, two people until somebody says otherwise."""
    records = worlds.record(FLOR, POLICE, RESCUE), worlds.record(OTHER, UPE)
    for record in records:
        project(record)
    return records


@pytest.fixture
def waiting(two: tuple[UUID, UUID]) -> UUID:
    return pair(*two, contradictions=("different_documents",))


def answer(client: Client, pair_id: UUID, said: str) -> str:
    told = client.post(f"/pares/{pair_id}/", {"answer": said, "reason": "records"}, follow=True)
    assert told.status_code == 200
    return told.content.decode()


def test_the_queue_shows_initials_and_warnings_and_no_name(sign_in: SignIn, waiting: UUID) -> None:
    page = sign_in("revisor").get("/pares/").content.decode()

    assert f"/pares/{waiting}/" in page
    assert "F. L. A. C." in page
    assert "documentos distintos" in page
    assert "Ahuanari" not in page


def test_opening_a_pair_is_in_the_ledger_with_both_records(
    sign_in: SignIn, waiting: UUID, two: tuple[UUID, UUID]
) -> None:
    page = sign_in("revisor").get(f"/pares/{waiting}/").content.decode()

    assert "AHUANARI" in page.replace('<mark class="differs">', "").replace("</mark>", "")
    assert set(subjects_of("pair.read")) == set(two)


def test_the_letters_that_differ_are_marked(sign_in: SignIn, waiting: UUID) -> None:
    page = sign_in("revisor").get(f"/pares/{waiting}/").content.decode()

    assert 'A<mark class="differs">H</mark>UANARI' in page
    assert 'A<mark class="differs">G</mark>UANARI' in page


def test_evidence_and_contradictions_are_sentences(sign_in: SignIn, waiting: UUID) -> None:
    page = sign_in("revisor").get(f"/pares/{waiting}/").content.decode()

    assert "La misma fecha con día y mes cambiados." in page
    assert "con números distintos" in page
    assert "both_near" not in page


def test_answering_joins_and_undoing_separates_again(sign_in: SignIn, waiting: UUID) -> None:
    client = sign_in("revisor")

    told = answer(client, waiting, "same")
    assert Person.objects.count() == 1
    assert "es la misma persona" in told

    client.post(f"/decisiones/{Judgement.objects.get().id}/deshacer/")
    assert Person.objects.count() == 2
    assert [act for act in acts() if act in ("pair.judge", "pair.withdraw")] == ["pair.judge", "pair.withdraw"]


def test_after_an_answer_the_next_pair_is_shown_with_its_undoing(
    sign_in: SignIn, waiting: UUID, two: tuple[UUID, UUID]
) -> None:
    rosa = worlds.record(ROSA, POLICE, RESCUE)
    project(rosa)
    following = pair(two[0], rosa, score=2.0)

    told = sign_in("revisor").post(f"/pares/{waiting}/", {"answer": "not_same", "reason": "document"}, follow=True)

    assert told.redirect_chain[-1][0] == f"/pares/{following}/"
    assert "Su última respuesta: son personas distintas." in told.content.decode()


def test_unsure_takes_the_pair_off_the_queue_and_joins_nobody(sign_in: SignIn, waiting: UUID) -> None:
    answer(sign_in("revisor"), waiting, "unsure")

    assert Person.objects.count() == 2
    assert f"/pares/{waiting}/" not in sign_in("revisor").get("/pares/").content.decode()


def test_whoever_answers_second_is_told_and_changes_nothing(
    sign_in: SignIn, waiting: UUID, two: tuple[UUID, UUID]
) -> None:
    other = replace(worlds.actor("revisor"), name="otra")
    judging.judge(actor=other, answer=Answer(*two, "not_same", "records"), at=NOW)

    told = answer(sign_in("revisor"), waiting, "same")

    assert "ya tenía una respuesta" in told
    assert Judgement.objects.count() == 1
    assert Person.objects.count() == 2


def test_an_answer_without_its_reason_is_not_taken(sign_in: SignIn, waiting: UUID) -> None:
    answer_without = sign_in("revisor").post(f"/pares/{waiting}/", {"answer": "same", "reason": "porque sí"})

    assert answer_without.status_code == 422
    assert Judgement.objects.count() == 0


def test_decided_pairs_are_listed_with_who_and_why(sign_in: SignIn, waiting: UUID) -> None:
    client = sign_in("revisor")
    answer(client, waiting, "not_same")

    page = client.get("/pares/decididos/?de=mias").content.decode()

    assert "Distintas" in page
    assert "Por lo que dicen los dos registros" in page
    assert "Persona de Prueba" in page


def test_an_answer_is_undone_once(sign_in: SignIn, waiting: UUID) -> None:
    client = sign_in("revisor")
    answer(client, waiting, "same")
    address = f"/decisiones/{Judgement.objects.get().id}/deshacer/"
    client.post(address)

    again = client.post(address, follow=True).content.decode()

    assert "ya se había deshecho" in again
