"""Judging pairs: opening them leaves a trace, answers join and separate, and every answer can be taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from amparo.access.models import User
from amparo.casework.models import Person
from amparo.interfaces.web import judging_window
from amparo.kernel.dates import Approx
from amparo.ledger.models import Entry
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Pair
from amparo.vault import queries as vault
from tests import worlds
from tests.integration.web.conftest import (
    SignIn,
    acts,
    begins_to_review,
    everything_in_the_ledger,
    project,
    subjects_of,
)
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
def grown() -> UUID:
    """The same question about two records of a grown woman, where one person's answer is enough."""
    records = worlds.record(ROSA, POLICE, RESCUE), worlds.record(ROSA, UPE)
    for record in records:
        project(record)
    return pair(*records)


def somebody(name: str, role: str = "revisor") -> Client:
    """A browser of another user of a role."""
    client = Client()
    client.force_login(worlds.user(role, name=name))
    return begins_to_review(client)


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


def test_answering_joins_and_undoing_separates_again(sign_in: SignIn, grown: UUID) -> None:
    client = sign_in("revisor")

    told = answer(client, grown, "same")
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


def test_unsure_joins_nobody_and_is_remembered_for_whoever_looks_again(sign_in: SignIn, waiting: UUID) -> None:
    client = sign_in("revisor")

    told = client.post(f"/pares/{waiting}/", {"answer": "unsure", "reason": "not_enough"}, follow=True)

    assert Person.objects.count() == 2
    # It does not come back by itself, but stands at the end of the list.
    assert told.redirect_chain[-1][0] == "/pares/"
    assert "usted no supo" in told.content.decode()
    assert "otra persona no supo" in somebody("otra").get("/pares/").content.decode()


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


def test_the_pair_says_how_far_one_is_and_shows_its_evidence_as_a_table(sign_in: SignIn, waiting: UUID) -> None:
    page = sign_in("revisor").get(f"/pares/{waiting}/").content.decode()

    assert "Queda 1 par." in page
    assert "Usted decidió 0 hoy." in page
    assert '<table class="weights">' in page


def test_joining_a_girl_takes_two_people(sign_in: SignIn, waiting: UUID) -> None:
    first = sign_in("revisor")

    told = answer(first, waiting, "same")
    assert "cuando otra persona diga lo mismo" in told
    assert Person.objects.count() == 2

    answer(somebody("segunda"), waiting, "same")
    assert Person.objects.count() == 1


def test_the_first_opinion_is_hidden_from_the_second_and_the_pair_from_the_first(
    sign_in: SignIn, waiting: UUID
) -> None:
    unseen = somebody("segunda").get(f"/pares/{waiting}/").content.decode()
    first = sign_in("revisor")
    first.post(f"/pares/{waiting}/", {"answer": "same", "reason": "document", "note": "vi su partida"})

    assert f"/pares/{waiting}/" not in first.get("/pares/").content.decode()
    second = Client()
    second.force_login(User.objects.get(username="segunda"))
    begins_to_review(second)
    assert plain(second.get(f"/pares/{waiting}/").content.decode()) == plain(unseen)
    assert "Todavía no se decidió ningún par" in second.get("/pares/decididos/").content.decode()


def test_nobody_can_undo_a_first_opinion_that_she_may_not_see(sign_in: SignIn, waiting: UUID) -> None:
    answer(sign_in("revisor"), waiting, "same")
    judgement = Judgement.objects.get()

    assert somebody("segunda").post(f"/decisiones/{judgement.id}/deshacer/").status_code == 404
    assert sign_in("revisor").post(f"/decisiones/{judgement.id}/deshacer/").status_code == 302


def test_the_first_cannot_answer_for_the_second(sign_in: SignIn, waiting: UUID) -> None:
    client = sign_in("revisor")
    answer(client, waiting, "same")

    told = answer(client, waiting, "same")

    assert "ahora le toca a otra persona" in told
    assert Person.objects.count() == 2


def test_a_disagreement_goes_to_whoever_answers_for_the_review_with_both_reasons(
    sign_in: SignIn, waiting: UUID
) -> None:
    sign_in("revisor").post(f"/pares/{waiting}/", {"answer": "same", "reason": "document", "note": "vi su partida"})
    told = somebody("segunda").post(f"/pares/{waiting}/", {"answer": "not_same", "reason": "kin"}, follow=True)
    assert "Otra persona opinó distinto" in told.content.decode()
    assert sign_in("revisor").get("/pares/desacuerdos/").status_code == 403

    head = somebody("jefa", "revisor-responsable")
    assert f"/pares/{waiting}/desacuerdo/" in head.get("/pares/desacuerdos/").content.decode()
    page = head.get(f"/pares/{waiting}/desacuerdo/").content.decode()
    assert "vi su partida" in page
    assert "Son de una misma familia" in page
    assert 'value="unsure"' not in page

    head.post(f"/pares/{waiting}/desacuerdo/", {"answer": "same", "reason": "institution"})
    assert Person.objects.count() == 1
    assert "pair.resolve" in acts()
    assert head.get(f"/pares/{waiting}/desacuerdo/").status_code == 404


def test_whoever_disagreed_does_not_end_the_disagreement(sign_in: SignIn, waiting: UUID) -> None:
    head = somebody("jefa", "revisor-responsable")
    answer(head, waiting, "same")
    answer(sign_in("revisor"), waiting, "not_same")

    told = head.post(f"/pares/{waiting}/desacuerdo/", {"answer": "same", "reason": "records"}, follow=True)

    assert "ahora le toca a otra persona" in told.content.decode()
    assert Person.objects.count() == 2


def test_words_of_one_s_own_are_sealed_and_nowhere_else(sign_in: SignIn, waiting: UUID) -> None:
    sign_in("revisor").post(f"/pares/{waiting}/", {"answer": "same", "reason": "file", "note": "vi su partida"})

    judgement = Judgement.objects.get()
    assert judgement.has_note
    assert "partida" not in repr(Judgement.objects.values().get())
    assert "partida" not in everything_in_the_ledger()
    assert vault.open_many([judgement.id], judging.NOTE) == {judgement.id: b"vi su partida"}


@pytest.mark.parametrize("note", ["x" * 2001, "\x00"])
def test_words_that_cannot_be_kept_are_refused_and_nothing_is_written(
    sign_in: SignIn, waiting: UUID, note: str
) -> None:
    told = sign_in("revisor").post(f"/pares/{waiting}/", {"answer": "same", "reason": "file", "note": note})

    assert told.status_code == 422
    assert Judgement.objects.count() == 0


def plain(page: str) -> str:
    """A page without what differs each time it is served."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_what_for_is_asked_once_and_again_after_two_hours(
    waiting: UUID, grown: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(worlds.user("revisor", name="nueva"))
    asked = client.get(f"/pares/{waiting}/")
    assert asked["Location"] == f"/pares/empezar/?next=%2Fpares%2F{waiting}%2F"
    assert client.post("/pares/empezar/", {"purpose": "", "next": f"/pares/{waiting}/"}).status_code == 422

    began = client.post("/pares/empezar/", {"purpose": "CALIDAD", "next": f"/pares/{waiting}/"})

    assert began["Location"] == f"/pares/{waiting}/"
    for address in (waiting, grown):
        assert client.get(f"/pares/{address}/").status_code == 200
    assert Entry.objects.filter(act="pair.read").last().detail == {"for": "CALIDAD"}  # type: ignore[union-attr]
    later = judging_window.time.time() + judging_window.SECONDS + 1
    monkeypatch.setattr(judging_window.time, "time", lambda: later)
    assert client.get(f"/pares/{grown}/").status_code == 302


def test_it_goes_on_to_no_address_of_others(grown: UUID) -> None:
    client = somebody("nueva")
    for address in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.post("/pares/empezar/", {"purpose": "CALIDAD", "next": address})["Location"] == "/pares/"
