"""What a person allows, where she is, and what the officer owes her: on a wide screen and on a small telephone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import Comes
from tests.journeys.visitor import Visitor

SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
WHY = "Hay que llevarla hoy a la cámara Gesell con patrullero."
WHERE = "Jirón Las Gardenias 1450"


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_a_worker_writes_down_what_she_allows_and_that_she_takes_it_back(user: Comes, screen: dict[str, Any]) -> None:
    worker = user("cem", **screen)
    worker.opens(worker.somebody_on_the_list()).presses("Lo que ella permite", role="link")
    worker.sees("Quién trabaja sin pedirle permiso, y por qué ley").can_use_the_page_whoever_she_is()
    assert worker.overflow() <= 0
    worker.presses("Anotar su decisión", role="link").can_use_the_page_whoever_she_is()
    assert worker.overflow() <= 0

    page = worker.page
    page.get_by_label("Sí, lo permite").check()
    page.get_by_label("Centro de Atención Legal y Psicosocial").check()
    page.get_by_label("¿Para qué?").select_option("ATENCION")
    page.get_by_label("Qué pasó y qué se hizo por ella").check()
    page.get_by_label("¿Quién decidió?").select_option("PERSONA")
    page.get_by_label("¿Cómo lo dijo?").select_option("ESCRITO")
    day = page.get_by_label("¿Qué día?")
    day.fill(day.get_attribute("max") or "")
    worker.presses("Guardar su decisión").sees("Su decisión quedó anotada.")
    worker.can_use_the_page_whoever_she_is()
    assert worker.overflow() <= 0

    worker.presses("Ella lo retira").sees("Quedó retirado.").sees("retirado")


def places_of(owner: Visitor) -> set[str]:
    """The codes of the places that the owner's office sealed."""
    told = owner.page.locator("summary", has_text="LUG-").all_inner_texts()
    return {text.split(" ")[0] for text in told}


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_a_sealed_place_takes_two_people_and_shows_itself_once(user: Comes, screen: dict[str, Any]) -> None:
    owner = user("acogida", **screen).opens("/lugares/")
    before = places_of(owner)
    owner.page.get_by_label("Dónde está", exact=True).fill(WHERE)
    owner.presses("Sellar un lugar").sees("Guardado y sellado.").can_use_the_page_whoever_she_is()
    (code,) = places_of(owner) - before
    asker = user("cem", **screen).opens("/lugares/")
    asker.page.get_by_label("Código del lugar").fill(code)
    asker.page.get_by_label("¿Para qué necesita saber dónde está?").fill(WHY)
    asker.presses("Pedirlo").sees("Pedido enviado.").can_use_the_page_whoever_she_is()
    address = asker.page.url

    approver = user("fiscalia", **screen).opens("/lugares/").presses(code, role="link").sees(WHY)
    approver.can_use_the_page_whoever_she_is()
    approver.presses("Sí, autorizo").sees("Autorizado por 15 minutos.").does_not_see(WHERE)

    asker.opens(address).presses("Leer dónde está").sees(WHERE).sees("Maritza Lozano Inga ·")
    asker.can_use_the_page_whoever_she_is()
    assert asker.overflow() <= 0
    asker.page.emulate_media(media="print")
    assert not asker.page.get_by_text(WHERE).is_visible()
    asker.page.emulate_media(media="screen")
    asker.opens(address).does_not_see(WHERE).sees("ya se leyó")


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_the_officer_s_desk_counts_hours_and_days(user: Comes, screen: dict[str, Any]) -> None:
    reader = user("upe")
    reader.opens(reader.somebody_on_the_list())
    code = reader.page.locator(".person__code").first.inner_text()
    officer = user("datos", **screen).opens("/despacho/").sees("Constancias fuera de esta máquina")
    officer.can_use_the_page_whoever_she_is()
    assert officer.overflow() <= 0

    officer.presses("Anotar una solicitud", role="link").can_use_the_page_whoever_she_is()
    officer.page.get_by_label("Código de la persona").fill(code)
    officer.page.get_by_label("¿Qué pide?").select_option("acceso")
    officer.page.get_by_label("¿Quién lo pide?").select_option("PERSONA")
    officer.page.get_by_label("¿Qué día llegó?").fill("2026-01-15")
    officer.presses("Guardar").sees("Solicitud anotada.").sees(code).can_use_the_page_whoever_she_is()
    assert officer.overflow() <= 0
    officer.presses("Anotar un incidente", role="link").can_use_the_page_whoever_she_is()
    assert officer.overflow() <= 0
    officer.opens("/despacho/accesos/").sees("Julio Pezo Reátegui").can_use_the_page_whoever_she_is()
    assert officer.overflow() <= 0
    officer.opens("/bitacora/")
    officer.page.get_by_label("Código de la persona").fill(code)
    officer.presses("Ver quién la miró").presses("Informe para ella", role="link").sees("Leyó su historia")
    officer.does_not_see("Julio Pezo Reátegui").can_use_the_page_whoever_she_is()
    assert officer.overflow() <= 0
