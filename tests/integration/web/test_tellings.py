"""A rescue that several registers tell is one entry of the thread, with what each of them told inside."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from amparo.registries.models import Event, Judgement
from tests import worlds
from tests.integration.web.conftest import SignIn, project
from tests.worlds import FLOR, NOW, POLICE, RESCUE, UPE, Happening

ELSEWHERE = Happening("rescate", date(2026, 9, 1), {"operativo": "SI"}, place="170101")


@pytest.fixture
def both() -> tuple[UUID, UUID]:
    """Flor's records at the police and at UPE, judged to be hers."""
    left, right = sorted((worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE, ELSEWHERE)))
    Judgement.objects.create(left_id=left, right_id=right, answer="same", by="revision", reason="names", at=NOW)
    return left, right


def entries(page: str) -> int:
    return page.count("<h3>Rescate</h3>")


def test_one_rescue_has_one_entry_and_says_where_its_tellings_differ(sign_in: SignIn, both: tuple[UUID, UUID]) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/personas/{project(*both)}/").content.decode()

    assert entries(page) == 1
    assert "Contado por" in page
    assert "No dicen lo mismo sobre:</strong> el lugar." in page
    for event in Event.objects.all():
        assert page.count(f'id="hito-{event.id}"') == 1


def test_it_is_one_line_on_paper_too_with_each_place(sign_in: SignIn, both: tuple[UUID, UUID]) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/personas/{project(*both)}/resumen/").content.decode()

    assert page.count("<strong>Rescate</strong>") == 1
    assert "PNP · Inambari" in page
    assert "MIMP · Tambopata" in page


def test_a_register_that_wrote_her_down_twice_is_named_once(sign_in: SignIn, both: tuple[UUID, UUID]) -> None:
    again = worlds.record(FLOR, UPE, ELSEWHERE)
    left, right = sorted((both[1], again))
    Judgement.objects.create(left_id=left, right_id=right, answer="same", by="revision", reason="names", at=NOW)
    page = sign_in("mimp-upe", UPE).get(f"/personas/{project(*both, again)}/").content.decode()

    assert entries(page) == 1
    assert "en 2 fichas" in page
    for event in Event.objects.all():
        assert page.count(f'id="hito-{event.id}"') == 1


def test_parted_again_each_thread_tells_its_own(sign_in: SignIn, both: tuple[UUID, UUID]) -> None:
    project(*both)
    Judgement.objects.create(
        left_id=both[0], right_id=both[1], answer="not_same", by="revision", reason="names", at=NOW
    )
    project(*both)
    page = sign_in("mimp-upe", UPE).get(f"/personas/{Event.objects.get(institution='mimp').record_id}/")

    assert entries(page.content.decode()) == 1
    assert "Contado por" not in page.content.decode()


def test_a_telling_that_was_corrected_is_kept_apart(sign_in: SignIn, both: tuple[UUID, UUID]) -> None:
    theirs = Event.objects.get(institution="pnp")
    worlds.write(theirs.record_id, POLICE, ELSEWHERE, supersedes=theirs.id)
    page = sign_in("mimp-upe", UPE).get(f"/personas/{project(*both)}/").content.decode()

    assert entries(page) == 2
    assert page.count("Corregido después") == 1
    assert "No dicen lo mismo" not in page
