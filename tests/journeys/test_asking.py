"""Looking for somebody: by whoever follows her, and by whoever may only learn that she is known."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.installation import Installation
from tests.journeys.visitor import Visitor

_HEARD = (("LL", "Y"), ("Z", "S"), ("V", "B"), ("QU", "K"), ("I", "Y"), ("S", "Z"))


def misheard(name: str) -> str:
    """The name with one sound written otherwise."""
    for written, heard in _HEARD:
        if written in name.upper()[1:]:
            at = name.upper().index(written, 1)
            return name[:at] + heard.lower() + name[at + len(written) :]
    return name


def asks(visitor: Visitor, text: str) -> None:
    visitor.opens("/buscar/")
    visitor.page.get_by_label("Nombres, apellidos, apodo o documento").fill(text)
    visitor.page.get_by_label("¿Para qué la busca?").select_option(index=1)
    visitor.presses("Buscar")


def test_a_cem_worker_finds_somebody_whose_name_she_misheard_and_turned_around(
    user: Comes, installation: Installation
) -> None:
    child = next(
        row
        for row in installation.protection_rows()
        if len(row["APELLIDOS_NNA"].split()) == 2 and len(row["FECHA_NACIMIENTO"]) == 10 and row["UPE"]
    )
    surname, second = child["APELLIDOS_NNA"].split()
    worker = user("cem")

    asks(worker, f"{second} {misheard(surname)} {child['NOMBRES_NNA'].split()[0]} {child['FECHA_NACIMIENTO'][:4]}")

    expect(worker.page.locator(".hit").first).to_be_visible()
    worker.sees("Coincide:")
    assert second.lower() not in worker.page.url.lower()
    worker.can_use_the_page_whoever_she_is()


def test_a_police_registrar_learns_that_somebody_is_known_and_whom_to_call(
    user: Comes, installation: Installation
) -> None:
    sheet = next(
        each["persona"]
        for each in installation.accompanied()
        if each["persona"]["documento"]["numero"] and each["persona"]["apellidos"]
    )
    registrar = user("pnp")

    asks(registrar, f"{sheet['nombres']} {sheet['apellidos']} {sheet['documento']['numero']}")

    registrar.sees("Sí, esta persona es conocida.").sees("Comuníquese antes de hacer nada más con:")
    expect(registrar.page.locator(".contact").first).to_be_visible()
    expect(registrar.page.locator('main a[href*="/personas/"]')).to_have_count(0)
    registrar.can_use_the_page_whoever_she_is()


def test_somebody_nobody_knows_is_said_to_be_unknown_without_promising_it(user: Comes) -> None:
    registrar = user("pnp")

    asks(registrar, "Xiomara Wallqui Zzyzx 01234560")

    registrar.sees("No encontramos a esta persona.").sees("Eso no prueba que nadie la conozca")
    registrar.can_use_the_page_whoever_she_is()


def test_a_police_registrar_reads_no_thread_and_meets_no_dead_end(user: Comes) -> None:
    registrar = user("pnp").opens("/lista/")

    expect(registrar.page.locator("main a.person")).to_have_count(0)
    registrar.presses("Agregar un hito", role="link").sees("¿Qué pasó?")

    registrar.page.locator(".crumbs a").click()
    assert registrar.heading() == "Lo que se debe"
    registrar.can_use_the_page_whoever_she_is()
