"""The pages of sealed places ask again who one is, show the words once and nowhere else, and mark them."""

from __future__ import annotations

import pytest
from django.test import Client

from amparo.access.models import User
from amparo.casework.actions import places
from amparo.casework.models import PlaceRequest
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger
from tests.worlds import CEM_IQUITOS, POLICE, PROSECUTOR, UPE

WORDS = "Jirón Las Gardenias 1450"
WHY = "Hay que llevarla hoy a la cámara Gesell con patrullero."


@pytest.fixture
def asked(sign_in: SignIn) -> tuple[Client, Client, str]:
    """Somebody who asked, somebody who may answer, and the address of the request."""
    upe = sign_in("mimp-upe", UPE)
    upe.post("/lugares/sellar/", {"where": WORDS})
    code = upe.get("/lugares/").content.decode().partition("LUG-")[2][:9]
    cem = sign_in("mimp-cem", CEM_IQUITOS)
    answer = cem.post("/lugares/pedir/", {"code": f"lug-{code.lower()}", "words": WHY})
    return cem, sign_in("mp-fiscal", PROSECUTOR), answer["Location"]


def test_it_is_shown_once_with_the_reader_s_name_on_it_and_never_on_paper(asked: tuple[Client, Client, str]) -> None:
    cem, prosecutor, address = asked
    assert WORDS not in cem.get(address).content.decode()
    assert WHY in prosecutor.get(f"{address}responder/").content.decode()

    granted = prosecutor.post(f"{address}responder/", {"answer": "yes"}, follow=True).content.decode()
    shown = cem.post(address).content.decode()
    again = cem.post(address, follow=True).content.decode()

    assert WORDS not in granted
    assert WORDS in shown
    assert shown.count("Persona de Prueba ·") == 2
    assert "identity--shown no-print" in shown
    assert WORDS not in again
    assert "place.read" in acts()
    assert WORDS not in everything_in_the_ledger()


def test_a_link_that_was_passed_on_opens_nothing(asked: tuple[Client, Client, str], sign_in: SignIn) -> None:
    _, prosecutor, address = asked
    prosecutor.post(f"{address}responder/", {"answer": "yes"})

    for other in (prosecutor, sign_in("mimp-upe"), sign_in("calp-equipo", worlds.CEM_IQUITOS)):
        assert other.post(address).status_code in (403, 404)
    assert sign_in("pnp-registrador", POLICE).post(address).status_code == 403
    assert PlaceRequest.objects.get().read_at is None


def test_who_has_not_shown_lately_who_she_is_does_so_first(asked: tuple[Client, Client, str]) -> None:
    cem, prosecutor, address = asked
    prosecutor.post(f"{address}responder/", {"answer": "yes"})
    user = User.objects.get(username="mimp-cem")
    user.set_password("una frase larga y propia")
    user.save()
    cem.force_login(user)

    answer = cem.post(address)

    assert answer.status_code == 302
    assert "/cuenta/confirmar/" in answer["Location"]
    assert PlaceRequest.objects.get().read_at is None


def test_slips_are_told_and_unknown_codes_look_like_those_of_others(sign_in: SignIn) -> None:
    cem = sign_in("mimp-cem", CEM_IQUITOS)

    unknown = cem.post("/lugares/pedir/", {"code": "LUG-0000-0000", "words": WHY})
    short = cem.post("/lugares/pedir/", {"code": "LUG-0000-0000", "words": "ya"})
    assert unknown.status_code == short.status_code == 422
    assert "no existe, o no es de alguien" in unknown.content.decode()
    assert cem.post("/lugares/sellar/", {"where": WORDS}).status_code == 403
    assert sign_in("mimp-upe", UPE).post("/lugares/sellar/", {"where": " "}).status_code == 422


def test_the_whereabouts_of_somebody_unknown_is_not_sealed(sign_in: SignIn) -> None:
    answer = sign_in("mimp-upe", UPE).post("/lugares/sellar/", {"where": WORDS, "person": "AMP-0000-0000"})

    assert answer.status_code == 422
    assert places.SealedPlace.objects.count() == 0
