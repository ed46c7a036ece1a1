"""Before a case sheet is opened: is she known already?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.installation import Installation
from tests.journeys.visitor import DESK, PHONE, Visitor


def told(visitor: Visitor, **parts: str) -> None:
    """Fill what is told and ask with the keyboard alone."""
    visitor.opens("/buscar/").presses("Pregunte antes si ya la conocen", role="link")
    for label, words in parts.items():
        visitor.page.get_by_label(label.replace("_", " "), exact=False).first.fill(words)
    visitor.page.get_by_label("¿Para qué pregunta?").select_option(index=1)
    visitor.page.get_by_label("¿Para qué pregunta?").focus()
    visitor.tabs_to("Preguntar")
    visitor.page.keyboard.press("Enter")


def pictured(visitor: Visitor, name: str) -> None:
    """Draw the page where somebody asked for pictures, to look at it."""
    if folder := os.environ.get("AMPARO_PICTURES"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("window", [DESK, {**PHONE, "width": 320}], ids=["desk", "phone"])
def test_a_calp_worker_asks_first_and_finds_that_she_is_known(
    user: Comes, installation: Installation, window: dict[str, int]
) -> None:
    child = next(
        row
        for row in installation.protection_rows()
        if len(row["APELLIDOS_NNA"].split()) == 2 and len(row["FECHA_NACIMIENTO"]) == 10 and row["UPE"]
    )
    worker = user("calp", viewport=window)

    told(worker, Nombres=child["NOMBRES_NNA"], Apellidos=child["APELLIDOS_NNA"], Nacimiento=child["FECHA_NACIMIENTO"])

    expect(worker.page.locator(".hit").first).to_be_visible()
    worker.sees("Coincide:").sees("Qué sigue")
    assert "?" not in worker.page.url
    assert child["NOMBRES_NNA"] not in worker.page.locator(".hits").inner_text()
    expect(worker.page.get_by_label("Apellidos", exact=False).first).to_have_value(child["APELLIDOS_NNA"])
    pictured(worker, f"known-{window['width']}")
    assert worker.overflow() == 0
    worker.can_use_the_page_whoever_she_is()
    assert worker.with_the_longest_words().overflow() == 0


def test_nobody_is_said_kindly_and_how_a_new_record_comes_in(user: Comes) -> None:
    worker = user("calp")

    told(worker, Nombres="Xiomara", Apellidos="Wallqui Zzyzx", Nacimiento="1931")

    worker.sees("No encontramos a nadie que pueda ser ella.").sees("próxima entrega")
    pictured(worker, "nobody")
    worker.can_use_the_page_whoever_she_is()


def test_what_cannot_be_read_is_pointed_out_at_its_box(user: Comes) -> None:
    worker = user("calp")

    told(worker, Nombres="Xiomara", Apellidos="Wallqui Zzyzx", Nacimiento="cuando llovía")

    worker.sees("Falta corregir algo")
    box = worker.page.get_by_label("Nacimiento", exact=False).first
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("cuando llovía")
    pictured(worker, "wrong")
    worker.can_use_the_page_whoever_she_is()


def test_a_registrar_is_told_yes_or_no_and_whom_to_call(user: Comes, installation: Installation) -> None:
    sheet = next(
        each["persona"]
        for each in installation.accompanied()
        if each["persona"]["documento"]["numero"] and each["persona"]["apellidos"]
    )
    registrar = user("pnp")

    told(
        registrar,
        Nombres=sheet["nombres"],
        Apellidos=sheet["apellidos"],
        Número_de_documento=sheet["documento"]["numero"],
    )

    registrar.sees("Sí, esta persona es conocida.")
    expect(registrar.page.locator('main a[href*="/personas/"]')).to_have_count(0)
    pictured(registrar, "registrar")
    registrar.can_use_the_page_whoever_she_is()
