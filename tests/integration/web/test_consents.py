"""The page of consents says in plain words what is in force, and lets an office write, withdraw and answer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from amparo.access.models import User
from amparo.casework.models import Recall
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project
from tests.worlds import CEM_IQUITOS, RESCUE, ROSA, Happening, Office

CALP = Office("calp", "chs", "calp", "chs-calp-iquitos", "16")
TOLD: dict[str, Any] = {
    "decision": "yes", "units": ["calp"], "purpose": "ATENCION", "parts": ["case", "health"], "giver": "PERSONA",
    "form": "HUELLA", "on": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def woman() -> UUID:
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "calp", "dependencia": CALP.office})
    return project(worlds.record(ROSA, CEM_IQUITOS, RESCUE, referral))


def happened(page: str) -> str:
    """The part of a thread that says what happened."""
    return page.split('id="t-hilo"')[1].split('id="ruta"', maxsplit=1)[0]


def test_what_she_decides_is_written_withdrawn_and_asked_back(sign_in: SignIn, woman: UUID) -> None:
    cem, calp = sign_in("mimp-cem", CEM_IQUITOS), sign_in("calp-equipo", CALP)
    assert "Todavía no ha decidido nada" in cem.get(f"/personas/{woman}/consentimientos/").content.decode()
    closed = calp.get(f"/personas/{woman}/").content.decode()
    assert "solo con el permiso vigente" in closed
    assert "Rescate" not in happened(closed)

    page = cem.post(f"/personas/{woman}/consentimientos/nuevo/", TOLD, follow=True).content.decode()

    assert "vigente" in page
    assert "Huella dactilar" in page
    assert "Rescate" in happened(calp.get(f"/personas/{woman}/").content.decode())
    address = next(part.split('"')[0] for part in page.split('action="') if "/retirar/" in part)
    assert "retirado" in cem.post(address, follow=True).content.decode()
    assert "Rescate" not in happened(calp.get(f"/personas/{woman}/").content.decode())
    inbox = calp.get("/devoluciones/").content.decode()
    assert "por responder" in inbox
    assert "La ley nos obliga" not in inbox
    recall = Recall.objects.get()
    assert (
        "ya no los tiene"
        in calp.post(f"/devoluciones/{recall.id}/", {"answer": "deleted"}, follow=True).content.decode()
    )
    assert {"consents.read", "consent.recall", "recall.answer"} <= set(acts())


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"decision": ""}, "¿Qué decidió?"),
        ({"parts": []}, "Marque al menos una parte."),
        ({"units": []}, "¿A quién?"),
        ({"on": "2999-01-01"}, "todavía no llega"),
        ({"until": "2026-10-01"}, "termina antes de empezar"),
        ({"units": ["nadie"]}, "¿A quién?"),
        ({"form": "VERBAL"}, "¿Cómo lo dijo?"),
    ],
)
def test_a_slip_is_told_and_nothing_is_written(sign_in: SignIn, woman: UUID, slip: Any, words: str) -> None:
    answer = sign_in("mimp-cem", CEM_IQUITOS).post(f"/personas/{woman}/consentimientos/nuevo/", {**TOLD, **slip})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "event.write" not in acts()


def test_the_sheet_to_sign_names_nobody(sign_in: SignIn, woman: UUID) -> None:
    page = sign_in("mimp-cem", CEM_IQUITOS).get(f"/personas/{woman}/consentimientos/hoja/").content.decode()

    assert "Firma o huella" in page
    assert "Rosa" not in page
    assert "45678912" not in page


def test_an_office_that_writes_no_consents_may_not(sign_in: SignIn, woman: UUID) -> None:
    police = sign_in("pnp-registrador", worlds.POLICE)

    assert police.get(f"/personas/{woman}/consentimientos/").status_code == 403
    assert police.post(f"/personas/{woman}/consentimientos/nuevo/", TOLD).status_code in (403, 404)


def test_another_region_s_office_is_told_nothing(sign_in: SignIn, woman: UUID) -> None:
    User.objects.all().delete()
    elsewhere = sign_in("mimp-cem", Office("mimp-cem", "mimp", "cem", "mimp-cem-tambopata", "17"))

    assert elsewhere.get(f"/personas/{woman}/consentimientos/").status_code == 404
