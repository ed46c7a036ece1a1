"""Two people erase what no order keeps, an office says who has whom, and an officer changes what somebody may do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Comes
from tests.journeys.visitor import Visitor

SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}


def looks_good(visitor: Visitor) -> None:
    visitor.can_use_the_page_whoever_she_is()
    assert visitor.overflow() <= 0


def finds_somebody_of_the_institution(officer: Visitor, worker: Visitor) -> None:
    """The first of the worker's people who has a record at the officer's institution that nobody has erased."""
    for address in worker.everybody_on_the_list():
        code = worker.opens(address).page.locator(".person__code").first.inner_text()
        officer.opens("/conservar/").page.get_by_label("Código de la persona").fill(code)
        officer.presses("Ver sus registros")
        if officer.page.get_by_role("button", name="Pedir el borrado").count():
            return
    raise AssertionError("nobody on the list has a record at the institution")


def fills_in(visitor: Visitor, form: str, **told: str) -> None:
    """Tick every record of a form, and choose or write the rest."""
    for box in visitor.page.locator(f"#id_{form}-records input[type=checkbox]").all():
        box.check()
    for name, value in told.items():
        field = visitor.page.locator(f"#id_{form}-{name}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def lifts(visitor: Visitor, button: str, answer: str) -> None:
    """Every hold that the visitor can go on with."""
    while (reasons := visitor.opens("/conservar/").page.locator("select[name=why]")).count():
        reasons.first.select_option("ended")
        visitor.page.get_by_role("button", name=button).first.click()
        visitor.sees(answer)


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_an_erasure_takes_two_and_waits_while_something_orders_to_keep(
    user: Comes, screen: dict[str, Any], tmp_path: Path
) -> None:
    officer = user("datos", **screen).opens("/conservar/").sees("Borrados por ordenar")
    looks_good(officer)
    finds_somebody_of_the_institution(officer, user("upe"))
    looks_good(officer)
    officer.presses("Pedir el borrado").sees("Falta corregir algo")
    looks_good(officer)

    records = officer.page.url
    fills_in(officer, "e", reason="ERROR", basis="Ley 29733, art. 20")
    officer.presses("Pedir el borrado").sees("Usted lo pidió: debe ordenarlo otra persona de su entidad.")
    looks_good(officer)
    address = officer.page.url
    fills_in(officer.opens(records.removesuffix("borrar/")), "h", why="criminal_proceedings", article="CPP, art. 220")
    officer.presses("Ordenar que se conserve").sees("Desde ahora no se borra.")
    looks_good(officer)

    holder = user("titular", **screen).opens(address).sees("CPP, art. 220").sees("lo ordenó Hugo Marca Villena")
    holder.does_not_see("Ordenar el borrado")
    looks_good(holder)
    lifts(officer, "Pedir que se levante", "Pedido anotado: otra persona debe levantarla.")
    lifts(holder, "Levantarla", "Orden levantada.")
    holder.opens(address).presses("Ordenar el borrado").sees("Borrado: se destruy")
    looks_good(holder)
    with holder.page.expect_download() as download:
        holder.page.get_by_role("link", name="Bajar el certificado").click()
    file = tmp_path / "certificado.json"
    download.value.save_as(file)
    certificate = json.loads(file.read_text(encoding="utf-8"))
    assert (certificate["asked_by"], certificate["ordered_by"]) == ("datos", "titular")
    assert certificate["keys_destroyed"]


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_an_office_says_who_has_whom(user: Comes, screen: dict[str, Any]) -> None:
    worker = user("cem", **screen).opens("/encargos/?de=nadie")
    looks_good(worker)
    choice = worker.page.locator("select[name=to]").first
    code = worker.page.locator("main .person__code").first.inner_text()
    choice.select_option("cem")
    worker.page.get_by_role("button", name=f"Guardar {code}").click()
    worker.sees("Encargada.")
    worker.opens("/encargos/?de=mias").sees(code).sees("Maritza Lozano Inga")
    looks_good(worker)
    worker.page.locator("select[name=to]").first.select_option("")
    worker.page.get_by_role("button", name=f"Guardar {code}").click()
    worker.sees("Ya no está encargada a nadie.")


@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "telephone"])
def test_an_officer_gives_an_access_an_end(user: Comes, screen: dict[str, Any]) -> None:
    officer = user("datos", **screen).opens("/despacho/accesos/")
    officer.page.get_by_role("link", name="Cambiar Andrea Lescano Prieto").click()
    officer.sees("Quitar vale desde su siguiente página.")
    looks_good(officer)
    officer.page.get_by_label("Último día de su acceso").fill("2020-01-01")
    officer.presses("Guardar el cambio").sees("Ese día ya pasó.")
    looks_good(officer)
    officer.page.get_by_label("Último día de su acceso").fill("2099-12-31")
    officer.presses("Guardar el cambio").sees("Cambiado. Vale desde ahora.").sees("hasta el")
    looks_good(officer)


def test_a_longer_access_is_asked_for_by_one_and_answered_by_another(user: Comes) -> None:
    officer, holder = user("datos", **SMALL).opens("/despacho/accesos/"), user("titular", **SMALL)
    officer.page.get_by_role("link", name="Cambiar Delia Panduro Quicaño").click()
    officer.page.get_by_label("Último día de su acceso").fill("2098-12-31")
    officer.presses("Guardar el cambio").sees("Cambiado. Vale desde ahora.")
    officer.page.get_by_role("link", name="Cambiar Delia Panduro Quicaño").click()
    officer.page.get_by_label("Último día de su acceso").fill("2099-12-31")
    officer.presses("Guardar el cambio").sees("otra persona debe darlo")
    officer.opens("/accesos/por-dar/").sees("Debe darlo otra persona.")
    looks_good(officer)

    holder.opens("/accesos/por-dar/").sees("Delia Panduro Quicaño")
    looks_good(holder)
    holder.page.get_by_role("button", name="Dar Delia Panduro Quicaño", exact=True).click()
    holder.sees("Dado. Vale desde ahora.").sees("Nadie espera un acceso.")


def test_a_reviewer_is_asked_once_what_for(user: Comes) -> None:
    reviewer = user("revision", **SMALL).opens("/pares/empezar/").sees("vale dos horas")
    looks_good(reviewer)
    reviewer.presses("Ver los pares").sees("Falta corregir algo")
    looks_good(reviewer)
