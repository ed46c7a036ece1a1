"""Events are written from the thread on an own record, corrected by newer ones, and hold no free text in the open."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from amparo.casework.models import Membership, Person
from amparo.registries.models import Event, Judgement, Record
from amparo.registries.queries import pairs
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger, project, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, POLICE, PROSECUTOR, RESCUE, UPE, Happening

SECRET = "Zupanqa llamó desde el 987654321"


@pytest.fixture
def girl() -> UUID:
    """Flor, known to the police, who referred her to UPE; UPE has no record of her."""
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "upe"}, "170102")
    return project(worlds.record(FLOR, POLICE, RESCUE, referral))


def write(client: Client, person: UUID, kind: str = "apertura_upe", **told: Any) -> Any:
    values = {"happened_on": "2026-09-04", **told}
    return client.post(f"/personas/{person}/hitos/nuevo/?tipo={kind}", values, follow=True)


def test_only_types_that_the_office_writes_are_offered(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/personas/{girl}/hitos/nuevo/").content.decode()

    assert "?tipo=apertura_upe" in page
    assert "?tipo=comunicacion_fiscal" not in page


def test_the_form_has_the_fields_of_the_pack(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/personas/{girl}/hitos/nuevo/?tipo=atencion_servicio").content.decode()

    assert 'name="d_servicio"' in page
    assert 'name="narrative"' in page
    assert "Guardar el hito" in page


def test_an_event_lands_in_her_thread_on_a_record_of_one_s_own(sign_in: SignIn, girl: UUID) -> None:
    answer = write(sign_in("mimp-upe", UPE), girl)

    own = Record.objects.get(source="amparo")
    assert answer.redirect_chain[-1][0] == f"/personas/{girl}/"
    assert "El hito quedó guardado." in answer.content.decode()
    assert (own.institution, own.unit, own.office) == ("mimp", "upe", UPE.office)
    assert Membership.objects.get(record=own).person_id == girl
    assert Person.objects.get().record_count == 2
    assert [act for act in acts() if act in ("record.open", "event.write")] == ["record.open", "event.write"]


def test_a_record_is_opened_once(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-upe", UPE)
    write(client, girl)
    write(client, girl, "opinion_nna")

    assert Record.objects.filter(source="amparo").count() == 1
    assert Judgement.objects.get().reason == "opened_from_thread"
    assert pairs.decided() == []


def test_an_own_record_that_is_there_already_is_written_on(sign_in: SignIn) -> None:
    own = worlds.record(FLOR, UPE, RESCUE)
    write(sign_in("mimp-upe", UPE), project(own))

    assert Event.objects.get(type="apertura_upe").record_id == own


def test_free_text_is_sealed_and_read_back_by_its_own_office_only(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-upe", UPE)

    answer = write(client, girl, "atencion_servicio", d_servicio="ALOJAMIENTO", d_nota=SECRET, narrative=SECRET)

    assert answer.status_code == 200, answer.content.decode()
    event = Event.objects.get(type="atencion_servicio")
    assert (event.data, event.has_narrative) == ({"servicio": "ALOJAMIENTO"}, True)
    assert answer.content.decode().count(SECRET) == 2
    assert SECRET not in everything_in_the_ledger()
    assert SECRET not in str(list(Event.objects.values()))


def test_a_place_is_a_district_by_its_name(sign_in: SignIn, girl: UUID) -> None:
    write(sign_in("mimp-upe", UPE), girl, place="Iquitos")

    assert Event.objects.get(type="apertura_upe").place == "160101"


def test_a_name_that_several_districts_have_is_asked_about(sign_in: SignIn, girl: UUID) -> None:
    answer = write(sign_in("mimp-upe", UPE), girl, place="Santa Rosa")

    assert answer.status_code == 422
    assert "Elija cuál" in answer.content.decode()
    assert "<option" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"happened_on": "2999-01-01"}, "La fecha todavía no llega"),
        ({"happened_on": ""}, "obligatorio"),
        ({"place": "Lugarquenoexiste"}, "No hay un distrito con ese nombre"),
    ],
)
def test_what_cannot_be_is_said_kindly(sign_in: SignIn, girl: UUID, told: dict[str, str], words: str) -> None:
    answer = write(sign_in("mimp-upe", UPE), girl, **told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Event.objects.filter(type="apertura_upe").exists()


@pytest.fixture
def written(sign_in: SignIn, girl: UUID) -> UUID:
    write(sign_in("mimp-upe", UPE), girl, place="Iquitos", narrative="Vino sola.")
    return Event.objects.get(type="apertura_upe").id


def test_a_correction_is_a_newer_event_and_the_older_one_stays(sign_in: SignIn, girl: UUID, written: UUID) -> None:
    client = sign_in("mimp-upe", UPE)
    address = f"/hitos/{written}/corregir/"

    form = client.get(address).content.decode()
    client.post(address, {"happened_on": "2026-09-03", "place": "Iquitos"})

    newer = Event.objects.get(supersedes=written)
    assert "2026-09-04" in form
    assert "Vino sola." in form
    assert (newer.on, newer.retracts) == (date(2026, 9, 3), False)
    assert Event.objects.get(id=written).on == date(2026, 9, 4)
    assert "event.read" in acts()


def test_an_event_can_be_taken_back(sign_in: SignIn, girl: UUID, written: UUID) -> None:
    answer = sign_in("mimp-upe", UPE).post(
        f"/hitos/{written}/corregir/", {"happened_on": "2026-09-04", "take_back": "on"}, follow=True
    )

    assert "quedó retirado" in answer.content.decode()
    assert Event.objects.get(supersedes=written).retracts is True


def test_what_was_corrected_is_not_corrected_again(sign_in: SignIn, girl: UUID, written: UUID) -> None:
    client = sign_in("mimp-upe", UPE)
    client.post(f"/hitos/{written}/corregir/", {"happened_on": "2026-09-03"})

    assert client.get(f"/hitos/{written}/corregir/").status_code == 409


def test_the_thread_offers_to_correct_what_one_s_office_wrote_by_hand(
    sign_in: SignIn, girl: UUID, written: UUID
) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/personas/{girl}/").content.decode()

    assert page.count("/corregir/") == 1
    assert f"/hitos/{written}/corregir/" in page


def test_nobody_corrects_what_another_office_wrote(sign_in: SignIn, girl: UUID) -> None:
    theirs = Event.objects.get(type="rescate").id

    assert sign_in("mimp-upe", UPE).get(f"/hitos/{theirs}/corregir/").status_code == 404


def test_nobody_writes_about_somebody_out_of_reach(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-cem", CEM_IQUITOS)

    assert client.get(f"/personas/{girl}/hitos/nuevo/").status_code == 404
    assert write(client, girl, "apertura_cem").status_code == 404
    assert sign_in("mp-fiscal", PROSECUTOR).get(f"/personas/{girl}/hitos/nuevo/").status_code == 404


def test_opening_the_form_is_in_the_ledger_because_it_shows_whom_it_is_about(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-upe", UPE)

    client.get(f"/personas/{girl}/hitos/nuevo/?tipo=apertura_upe")

    assert acts() == ["event.form"]
    assert list(subjects_of("event.form")) == [girl]


def test_opening_an_event_without_words_of_its_own_is_in_the_ledger_too(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-upe", UPE)
    write(client, girl)
    event = Event.objects.get(type="apertura_upe")
    assert not event.has_narrative

    client.get(f"/hitos/{event.id}/corregir/")

    assert acts()[-1] == "event.read"
