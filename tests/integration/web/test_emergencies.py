"""Opening somebody in an emergency: with words, for half an hour, to read only, and under others' eyes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from amparo.access import emergencies
from amparo.access.actors import MACHINE
from amparo.access.models import Alert, BreakGlass
from amparo.casework.actions import emergency as action
from amparo.casework.queries import identity, persons, threads
from amparo.kernel.errors import Denied, NotFound
from amparo.ledger import queries as ledger
from amparo.vault.models import Sealed
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger, project, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, RESCUE, UPE

WORDS = "Llamó una vecina: la están sacando de la ciudad ahora mismo"
PARTS = ["case", "identity", "health"]
GIVEN = {"reason": "RIESGO_VIDA", "words": WORDS, "parts": PARTS}
OTHER_OFFICER = replace(CEM_IQUITOS, office="mimp-odp")


@pytest.fixture
def girl() -> UUID:
    """Flor, whom the police and UPE know and CEM Iquitos does not."""
    worlds.record(FLOR, POLICE, RESCUE)
    return project(worlds.record(FLOR, UPE, RESCUE))


@pytest.fixture
def cem(sign_in: SignIn) -> Client:
    return sign_in("mimp-cem", CEM_IQUITOS)


def break_glass(client: Client, person: UUID, **changes: Any) -> Any:
    return client.post(f"/emergencia/{person}/", {**GIVEN, **changes})


def begun(person: UUID, *, parts: Sequence[str] = PARTS) -> BreakGlass:
    actor = worlds.actor("mimp-cem", CEM_IQUITOS)
    action.break_glass(actor=actor, person_id=person, reason="MEDICA", words=WORDS, parts=parts, at=NOW)
    return BreakGlass.objects.get()


def test_with_a_reason_she_can_be_read_and_the_page_says_until_when(cem: Client, girl: UUID) -> None:
    assert cem.get(f"/personas/{girl}/").status_code == 404

    answer = break_glass(cem, girl)
    page = cem.get(answer["Location"])

    assert (answer.status_code, answer["Location"]) == (302, f"/personas/{girl}/")
    assert "le quedan 30 minutos" in page.content.decode()
    newest = ledger.latest(limit=1, act="thread.read")[0]
    assert (newest.basis, newest.purpose) == ("break_glass", "follow_up")
    assert "emergency.open" in acts()


def test_nothing_but_reading_is_allowed(cem: Client, girl: UUID) -> None:
    break_glass(cem, girl)
    page = cem.get(f"/personas/{girl}/").content.decode()

    assert "resumen" not in page
    assert "hitos/nuevo" not in page
    assert "/registros/" not in page
    assert cem.get(f"/personas/{girl}/resumen/").status_code == 403
    assert cem.get(f"/personas/{girl}/hitos/nuevo/").status_code == 403
    assert cem.post(f"/personas/{girl}/hitos/nuevo/?tipo=atencion_servicio", {}).status_code == 403
    assert cem.get(f"/registros/{girl}/").status_code == 404
    assert str(girl) not in cem.get("/lista/?de=todos").content.decode()


def test_after_half_an_hour_she_is_not_there_any_more(girl: UUID) -> None:
    begun(girl)
    cem = worlds.actor("mimp-cem", CEM_IQUITOS)

    assert threads.read(actor=cem, person_id=girl, at=NOW + timedelta(minutes=29)).relation == "break_glass"
    assert identity.reveal(actor=cem, person_id=girl, purpose="PROTECCION", at=NOW).said
    with pytest.raises(NotFound):
        threads.read(actor=cem, person_id=girl, at=NOW + timedelta(minutes=30))


def test_only_the_parts_that_were_asked_for_open_and_more_is_asked_for_again(cem: Client, girl: UUID) -> None:
    break_glass(cem, girl, parts=["health"])
    page = cem.get(f"/personas/{girl}/").content.decode()

    assert "no pidió ver quién es" in page
    assert "Su salud" in page
    with pytest.raises(Denied, match="another_part"):
        identity.reveal(
            actor=worlds.actor("mimp-cem", CEM_IQUITOS), person_id=girl, purpose="PROTECCION", at=timezone.now()
        )
    assert "Ahuanari" not in cem.post(f"/personas/{girl}/", {"purpose": "PROTECCION"}).content.decode()
    told = threads.read(actor=worlds.actor("mimp-cem", CEM_IQUITOS), person_id=girl, at=timezone.now())
    assert (told.parts, [seen.data for seen in told.events if "lugar" in seen.data]) == ({"health"}, [])

    break_glass(cem, girl, parts=["identity"])

    assert "Ahuanari" in cem.post(f"/personas/{girl}/", {"purpose": "PROTECCION"}).content.decode()
    assert [entry.detail["parts"] for entry in ledger.latest(limit=2, act="emergency.open")] == [
        ["identity"],
        ["health"],
    ]


def test_the_reviewer_sees_which_parts_were_opened(sign_in: SignIn, girl: UUID) -> None:
    row = begun(girl, parts=["health"])

    page = sign_in("odp", OTHER_OFFICER).get(f"/emergencias/{row.id}/").content.decode()

    assert "Su salud" in page
    assert "Quién es" not in page


def test_it_opens_her_alone_and_to_that_user_alone(girl: UUID) -> None:
    other = project(worlds.record(replace(FLOR, doc_number="71239999"), UPE, RESCUE))
    begun(girl)
    cem = worlds.actor("mimp-cem", CEM_IQUITOS)

    for actor, person in ((cem, other), (replace(cem, name="colleague"), girl)):
        with pytest.raises(NotFound):
            threads.read(actor=actor, person_id=person, at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"reason": "PORQUE SI"},
        {"words": ""},
        {"words": "urgente"},
        {"words": " " * 60},
        {"parts": []},
        {"parts": ["narrative"]},
        {"parts": ["case", "justice"]},
    ],
)
def test_without_a_reason_in_words_and_a_part_nothing_opens(cem: Client, girl: UUID, changes: dict[str, Any]) -> None:
    assert break_glass(cem, girl, **changes).status_code == 422
    assert cem.get(f"/personas/{girl}/").status_code == 404
    assert not BreakGlass.objects.exists()


def test_the_form_says_nothing_of_whether_she_exists(cem: Client, girl: UUID) -> None:
    known, unknown = (cem.get(f"/emergencia/{one}/").content.decode() for one in (girl, uuid4()))

    assert len(known) == len(unknown)
    assert break_glass(cem, uuid4()).status_code == 404


def test_the_officer_and_the_offices_that_hold_a_record_are_told_at_once_and_without_content(girl: UUID) -> None:
    row = begun(girl)

    told = [(alert.institution, alert.unit, alert.office) for alert in Alert.objects.order_by("institution")]
    assert told == [("", "", ""), ("mimp", "upe", UPE.office)]
    assert {alert.about for alert in Alert.objects.all()} == {row.id}
    assert all(alert.at == NOW for alert in Alert.objects.all())


def test_an_office_reads_that_it_happened_and_neither_to_whom_nor_who_did_it(sign_in: SignIn, girl: UUID) -> None:
    begun(girl)

    page = sign_in("mimp-upe", UPE).get("/alertas/").content.decode()

    assert "Alguien abrió un hilo en una emergencia" in page
    code = persons.models.Person.objects.get(id=girl).code
    assert [mark for mark in (str(girl), code, "mimp-cem", "Prueba</td>") if mark in page] == []


def test_the_words_are_sealed_and_in_no_ledger_and_only_a_reviewer_reads_them(sign_in: SignIn, girl: UUID) -> None:
    row = begun(girl)
    assert Sealed.objects.filter(owner=row.id, compartment="emergency").exists()
    assert "vecina" not in everything_in_the_ledger()

    page = sign_in("odp", replace(UPE, office="mimp-odp")).get(f"/emergencias/{row.id}/")

    assert WORDS in page.content.decode()
    assert list(subjects_of("emergency.read")) == [girl]
    assert sign_in("mimp-upe", UPE).get(f"/emergencias/{row.id}/").status_code == 403


def test_a_review_that_says_no_suspends_the_right_and_a_later_yes_gives_it_back(sign_in: SignIn, girl: UUID) -> None:
    row, cem = begun(girl), worlds.actor("mimp-cem", CEM_IQUITOS)
    officer = sign_in("odp", OTHER_OFFICER)

    assert officer.post(f"/emergencias/{row.id}/", {"verdict": "unjustified"}).status_code == 302
    with pytest.raises(NotFound):
        threads.read(actor=cem, person_id=girl, at=NOW)
    with pytest.raises(Denied):
        action.break_glass(actor=cem, person_id=girl, reason="MEDICA", words=WORDS, parts=PARTS, at=NOW)

    officer.post(f"/emergencias/{row.id}/", {"verdict": "justified"})
    assert threads.read(actor=cem, person_id=girl, at=NOW)


def test_nobody_reviews_what_her_own_office_opened(sign_in: SignIn, girl: UUID) -> None:
    row = begun(girl)
    BreakGlass.objects.update(office="mimp-odp")

    assert sign_in("odp", OTHER_OFFICER).get(f"/emergencias/{row.id}/").status_code == 404


def test_what_nobody_reviews_in_time_suspends_the_right_and_is_told_once(girl: UUID) -> None:
    row, cem = begun(girl), worlds.actor("mimp-cem", CEM_IQUITOS)
    assert row.review_by.isoformat() == "2026-11-24"
    late = NOW + timedelta(days=5)

    assert emergencies.tell_overdue(actor=MACHINE, at=NOW + timedelta(days=4)) == 0
    assert [emergencies.tell_overdue(actor=MACHINE, at=late) for _ in range(2)] == [1, 0]
    with pytest.raises(Denied):
        action.break_glass(actor=cem, person_id=girl, reason="MEDICA", words=WORDS, parts=PARTS, at=late)
    assert Alert.objects.filter(kind="emergency_overdue").count() == 1


def test_the_fourth_in_thirty_days_is_told_as_one_too_many(girl: UUID) -> None:
    worker = worlds.actor("mimp-cem", CEM_IQUITOS)
    for number in range(4):
        assert not Alert.objects.filter(kind="many_emergencies").exists()
        at = NOW + timedelta(hours=number)
        action.break_glass(actor=worker, person_id=girl, reason="MEDICA", words=WORDS, parts=PARTS, at=at)

    assert Alert.objects.get(kind="many_emergencies").username == worker.name


def test_whoever_has_a_relation_to_her_opens_nothing_in_an_emergency(sign_in: SignIn, girl: UUID) -> None:
    answer = break_glass(sign_in("mimp-upe", UPE), girl)

    assert answer["Location"] == f"/personas/{girl}/"
    assert not BreakGlass.objects.exists()
    assert not Alert.objects.exists()


def test_a_role_without_the_right_is_refused(sign_in: SignIn, girl: UUID) -> None:
    assert break_glass(sign_in("pnp-registrador", POLICE), girl).status_code == 403
    assert not BreakGlass.objects.filter(at__lte=timezone.now()).exists()
