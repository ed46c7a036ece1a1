"""What holds for whoever uses it: on a phone, by keyboard, without script, on a slow line, in English, in a hurry."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.visitor import PHONE, Visitor

PAGES = [
    (
        "calp",
        (
            "/",
            "/lista/?de=todos",
            "/buscar/",
            "/entregas/",
            "/series/",
            "/series/mininter-trata/",
            "/cuenta/",
            "/encargos/",
        ),
    ),
    ("pnp", ("/lista/", "/conocida/", "/entregas/nueva/")),
    ("revision", ("/pares/", "/pares/decididos/")),
    ("coordinacion", ("/cadena/",)),
    ("datos", ("/bitacora/", "/conservar/", "/despacho/accesos/")),
    ("titular", ("/conservar/",)),
]
KIND_OF_LINK = {"person": 'main a[href*="/personas/"]', "pair": 'main a[href^="/pares/"]:not([href*=decididos])'}
FIRST_VISIT, LATER_VISIT = 150_000, 40_000
# 50 kbit/s with the delay of a satellite or a far antenna.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 6250, "uploadThroughput": 6250}
SPANISH = re.compile(
    r"\b(Se debe|Vencido|Buscar|Entregas|Lo debe|Ver el registro|plazo no verificado|Qué pasó|La ruta|Hecho|días|"
    r"personas|Registros unidos|Sexo|Femenino|Nacionalidad|desde el|Cifras|Bitácora|Cuenta|Aplicar|Todos)\b"
)


def pages_of_a_person(visitor: Visitor) -> list[str]:
    person = visitor.somebody_on_the_list()
    record = visitor.opens(person).page.locator('main .records a[href^="/registros/"]').first.get_attribute("href")
    own = ("", "resumen/", "registros/", "hitos/nuevo/", "hitos/nuevo/?tipo=seguimiento")
    return [*(f"{person}{part}" for part in own), str(record)]


def every_page(visitor: Visitor, username: str, paths: tuple[str, ...]) -> list[str]:
    """The pages of a role, with one pair or one person opened from its lists."""
    if username == "calp":
        return [*paths, *pages_of_a_person(visitor)]
    if username == "revision":
        pair = visitor.opens("/pares/").page.locator(KIND_OF_LINK["pair"]).first.get_attribute("href")
        return [*paths, str(pair)]
    return list(paths)


@pytest.mark.parametrize(("username", "paths"), PAGES, ids=[name for name, _ in PAGES])
def test_no_page_is_wider_than_a_small_phone(user: Comes, username: str, paths: tuple[str, ...]) -> None:
    visitor = user(username, viewport={"width": 320, "height": 640})

    wider = {path: visitor.opens(path).overflow() for path in every_page(visitor, username, paths)}

    assert {path: pixels for path, pixels in wider.items() if pixels > 0} == {}
    visitor.can_use_the_page_whoever_she_is()


@pytest.mark.parametrize(("username", "paths"), PAGES, ids=[name for name, _ in PAGES])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_becomes_wider_than_its_window_whatever_is_written_on_it(
    user: Comes, username: str, paths: tuple[str, ...], width: int
) -> None:
    visitor = user(username, viewport={"width": width, "height": 640})

    pages = every_page(visitor, username, paths)
    wider = {path: visitor.opens(path).with_the_longest_words().overflow() for path in pages}

    assert {path: pixels for path, pixels in wider.items() if pixels > 0} == {}


@pytest.mark.parametrize(("username", "paths"), PAGES, ids=[name for name, _ in PAGES])
def test_every_page_can_be_read_in_english(user: Comes, username: str, paths: tuple[str, ...]) -> None:
    visitor = user(username, locale="en-US").opens("/cuenta/")
    visitor.page.locator("summary", has_text="Mi cuenta").click()
    visitor.presses("English")
    assert visitor.page.locator("html").get_attribute("lang") == "en"

    left: dict[str, set[str]] = {}
    for path in every_page(visitor, username, paths):
        words = visitor.opens(path).page.locator("main").inner_text()
        for name in visitor.page.locator("main [lang=es]").all_inner_texts():
            # Names of offices are Spanish in every language, and marked so.
            words = words.replace(name, "")
        left[path] = {match[0] for match in SPANISH.finditer(words)}
    visitor.can_use_the_page_whoever_she_is()
    visitor.page.locator("summary", has_text="My account").click()
    visitor.presses("Español")

    assert {path: words for path, words in left.items() if words} == {}


def test_somebody_without_a_mouse_walks_from_the_list_into_a_thread_and_to_the_route(user: Comes) -> None:
    visitor = user("upe").opens("/lista/")

    visitor.page.keyboard.press("Tab")
    expect(visitor.focused()).to_have_text("Ir al contenido")
    visitor.page.keyboard.press("Enter")
    visitor.tabs_to("AMP-")
    visitor.page.keyboard.press("Enter")
    visitor.sees("Se debe ahora").tabs_to("Ir a la ruta")
    visitor.page.keyboard.press("Enter")

    assert visitor.page.url.endswith("#ruta")
    visitor.can_use_the_page_whoever_she_is()


def test_whoever_is_in_a_hurry_leaves_nothing_behind(user: Comes) -> None:
    visitor = user("calp")
    visitor.opens(visitor.somebody_on_the_list())

    for _ in range(3):
        visitor.page.keyboard.press("Escape")
    visitor.sees("Lista de compras").does_not_see("Amparo")
    visitor.can_use_the_page_whoever_she_is()
    visitor.page.go_back()

    visitor.does_not_see("AMP-")
    assert "/entrar/" in visitor.opens("/lista/").page.url


class TestWithoutScript:
    """A browser that runs none of our scripts."""

    def visitor(self, user: Comes, username: str) -> Visitor:
        return user(username, java_script_enabled=False)

    def test_list_thread_and_identity_work(self, user: Comes) -> None:
        visitor = self.visitor(user, "upe").opens("/lista/")

        visitor.page.locator("main a.person").first.click()
        visitor.sees("Se debe ahora")
        visitor.page.get_by_text("Ver su nombre y documento").click()
        visitor.page.get_by_label("¿Para qué necesita ver la identidad?").select_option(index=1)
        visitor.presses("Ver identidad")

        expect(visitor.page.locator(".identity__name")).to_be_visible()

    def test_search_works(self, user: Comes) -> None:
        visitor = self.visitor(user, "upe").opens("/buscar/")

        visitor.page.get_by_label("Nombres, apellidos, apodo o documento").fill("quispe mamani maria")
        visitor.page.get_by_label("¿Para qué la busca?").select_option(index=1)
        visitor.presses("Buscar")

        expect(visitor.page.locator("#t-resultados")).to_be_visible()

    def test_a_pair_can_be_answered_and_the_answer_undone(self, user: Comes) -> None:
        visitor = self.visitor(user, "revision").opens("/pares/").presses("Empezar", role="link")

        visitor.presses("No lo sé").sees("Anotado: no se sabe.")

        visitor.presses("Deshacer").sees("Respuesta deshecha")


def test_a_thread_on_paper_carries_no_name_and_no_menu(user: Comes) -> None:
    visitor = user("upe")
    visitor.opens(visitor.somebody_on_the_list())
    visitor.page.get_by_text("Ver su nombre y documento").click()
    visitor.page.get_by_label("¿Para qué necesita ver la identidad?").select_option(index=1)
    visitor.presses("Ver identidad")
    name = visitor.page.locator(".identity__name").inner_text()

    visitor.page.emulate_media(media="print")

    expect(visitor.page.locator(".identity__name")).to_be_hidden()
    expect(visitor.page.locator("nav.nav")).to_be_hidden()
    assert name not in visitor.page.locator("main").inner_text()


def test_a_summary_for_paper_is_whole_and_nameless(user: Comes) -> None:
    visitor = user("upe")

    visitor.opens(visitor.somebody_on_the_list()).presses("Resumen para imprimir", role="link")

    visitor.sees("Resumen de seguimiento").sees("Se debe ahora").sees("Qué pasó")
    visitor.can_use_the_page_whoever_she_is()


class Line:
    """Counts what passes between browser and server, and can be made slow."""

    def __init__(self, visitor: Visitor) -> None:
        self.session = visitor.context.new_cdp_session(visitor.page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._count)
        self.visitor, self.bytes = visitor, 0

    def _count(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def slow(self) -> Line:
        self.session.send("Network.emulateNetworkConditions", SLOW_LINE)
        return self

    def load(self, path: str) -> int:
        self.bytes = 0
        self.visitor.page.goto(self.visitor.address + path, wait_until="networkidle")
        return self.bytes


def test_pages_are_light_the_first_time_and_lighter_afterwards(user: Comes) -> None:
    visitor = user("upe")
    line = Line(visitor)

    assert line.load("/lista/") <= FIRST_VISIT
    later = {path: line.load(path) for path in ["/lista/?de=todos", *pages_of_a_person(visitor)[:2], "/buscar/"]}

    assert {path: size for path, size in later.items() if size > LATER_VISIT} == {}


def test_on_a_very_slow_line_the_list_can_be_used_before_patience_ends(user: Comes) -> None:
    visitor = user("upe", viewport=PHONE)
    Line(visitor).slow()
    started = time.monotonic()

    visitor.page.goto(visitor.address + "/lista/", wait_until="domcontentloaded")
    visitor.page.locator("main a.person").first.wait_for()

    assert time.monotonic() - started < 20
