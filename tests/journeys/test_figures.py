"""Those who work with figures and with the ledger, and never with a name."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Comes


def test_a_coordinator_reads_where_the_chain_breaks_as_picture_and_as_table(user: Comes) -> None:
    coordinator = user("coordinacion").opens("/cadena/")

    coordinator.sees("Madre de Dios").sees("Dónde se rompe la cadena")
    coordinator.page.get_by_text("Los mismos datos en una tabla").click()
    drawn = coordinator.page.locator(".chain > li").count()
    listed = coordinator.page.get_by_label("Tabla de la cadena").locator("tbody tr").count()

    assert drawn == listed > 5
    coordinator.sees("Un punto (•) reemplaza a los números menores de").can_use_the_page_whoever_she_is()


def test_an_analyst_sees_an_official_series_with_the_sums_that_do_not_add_up(user: Comes) -> None:
    analyst = user("analisis").opens("/series/")
    analyst.can_use_the_page_whoever_she_is()

    analyst.presses("Denuncias por trata de personas registradas en comisarías", role="link")

    analyst.sees("Cada fuente cuenta otra cosa. Se ponen lado a lado; no se suman.").sees("¿Cuadran las sumas?")
    assert analyst.page.locator("dl.sources > div").count() >= 2
    analyst.can_use_the_page_whoever_she_is()


def test_a_data_officer_verifies_the_ledger_and_finds_who_looked_at_a_person(user: Comes) -> None:
    reader = user("upe")
    reader.opens(reader.somebody_on_the_list())
    code = reader.page.locator(".person__code").first.inner_text()
    officer = user("datos").opens("/bitacora/")
    officer.can_use_the_page_whoever_she_is()

    officer.presses("Comprobar ahora").sees("La cadena está completa")
    officer.page.get_by_label("Código de la persona").fill(code)
    officer.presses("Ver quién la miró").sees("Quién miró los datos de esta persona")

    expect(officer.page.locator("main tbody tr").filter(has_text="Julio Pezo Reátegui").first).to_be_visible()
    expect(officer.page.locator('main a[href*="/personas/"]:not([href*="bitacora"])')).to_have_count(0)
    officer.can_use_the_page_whoever_she_is()
