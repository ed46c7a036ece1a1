"""An emergency from the search to its review, and somebody kept away from a case, walked through in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.installation import Installation
from tests.journeys.test_asking import asks
from tests.journeys.visitor import PHONE, Visitor

_CANNOT_WAIT = "Es una emergencia y no puedo esperar"
_CODE = re.compile(r"AMP-\w{4}-\w{4}")


def somebody_out_of_reach(visitor: Visitor, installation: Installation) -> None:
    """Search for children of the UPE until one is found who is another office's."""
    for row in installation.protection_rows():
        if len(row["APELLIDOS_NNA"].split()) == 2 and row["NOMBRES_NNA"]:
            asks(visitor, f"{row['NOMBRES_NNA']} {row['APELLIDOS_NNA']}")
            if visitor.page.get_by_role("link", name=_CANNOT_WAIT).count():
                return
    raise AssertionError("everybody is in reach")


def test_an_emergency_is_opened_read_told_and_reviewed(user: Comes, installation: Installation) -> None:
    worker, officer = user("calp", viewport=PHONE), user("datos")
    somebody_out_of_reach(worker, installation)
    worker.presses(_CANNOT_WAIT, role="link")
    worker.can_use_the_page_whoever_she_is()
    assert worker.overflow() == 0

    worker.page.get_by_label("¿Qué pasa?").select_option(index=1)
    worker.page.get_by_label("Qué pasó y qué se hizo por ella").check()
    worker.page.get_by_label("Cuéntelo con sus palabras").fill("Una vecina avisa que se la están llevando ahora mismo")
    worker.presses("Abrir por 30 minutos")

    worker.sees("Acceso de emergencia: le quedan 30 minutos")
    expect(worker.page.get_by_role("link", name="Agregar un hito")).to_have_count(0)
    expect(worker.page.get_by_role("link", name="Resumen para imprimir")).to_have_count(0)
    worker.can_use_the_page_whoever_she_is()
    code = _CODE.search(worker.page.content())
    assert code is not None

    officer.opens("/alertas/").sees("Alguien abrió un hilo en una emergencia").sees(code[0])
    officer.can_use_the_page_whoever_she_is()
    officer.opens("/emergencias/").can_use_the_page_whoever_she_is()
    officer.page.locator('main a[href*="/emergencias/"]').first.click()
    officer.sees("se la están llevando ahora mismo").can_use_the_page_whoever_she_is()
    officer.page.get_by_label("¿Estuvo justificado?").select_option("justified")
    officer.presses("Guardar la revisión")
    officer.sees("Revisión guardada.").sees("justificada")


def test_who_is_kept_away_from_a_case_does_not_find_it_any_more(user: Comes) -> None:
    worker, officer = user("upe"), user("datos", viewport=PHONE)
    address = worker.somebody_on_the_list()
    person = address.strip("/").rpartition("/")[2]

    officer.opens(f"/bitacora/personas/{person}/").presses("Apartar a alguien", role="link")
    officer.can_use_the_page_whoever_she_is()
    assert officer.overflow() == 0
    officer.page.get_by_label("Usuario (si es una persona)").fill("upe")
    officer.page.get_by_label("¿Por qué se aparta?").select_option(index=1)
    officer.presses("Apartar")
    officer.sees("Queda apartado desde ahora").can_use_the_page_whoever_she_is()

    assert address not in worker.everybody_on_the_list()
    answer = worker.page.goto(f"{worker.address}{address}")
    assert answer is not None
    assert answer.status == 404
    officer.opens("/alertas/").sees("Alguien apartado de un caso llegó hasta él")
