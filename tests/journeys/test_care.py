"""Those who accompany a person: CALP, CEM, UPE, the shelter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from amparo.world.users import PASSWORD
from tests.journeys.conftest import Comes
from tests.journeys.visitor import EVERYTHING_OWED, LIST, Visitor


class CalpWorker:
    """Rosario begins her day."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def types_her_name_and_password(self) -> None:
        self.visitor.opens("/entrar/")
        self.page.get_by_label("Usuario", exact=True).fill("calp")
        self.page.get_by_label("Contraseña").fill(PASSWORD)
        self.visitor.presses("Entrar")
        self.visitor.sees("Hola, Rosario")

    def opens_the_first_person_to_whom_her_office_owes_something(self) -> None:
        self.visitor.presses("Lo que se debe", role="link")
        self.visitor.sees("Acompañamiento del CALP")
        self.page.locator("main a.person").first.click()
        self.visitor.sees("Se debe ahora")

    def asks_for_the_name_and_says_what_for(self) -> None:
        self.page.get_by_text("Ver su nombre y documento").click()
        purpose = self.page.get_by_label("¿Para qué necesita ver la identidad?")
        purpose.select_option(index=1)
        self.visitor.presses("Ver identidad")

    def reads_the_name_until_she_hides_it(self) -> None:
        name = self.page.locator(".identity__name").inner_text()
        assert len(name.split()) >= 2
        self.visitor.presses("Ocultar")
        self.visitor.sees("La identidad se volvió a ocultar.").does_not_see(name)

    def notes_that_she_spoke_with_her(self) -> str:
        self.visitor.presses("Agregar un hito", role="link").presses("Seguimiento", role="link")
        promised = self.page.locator(".notice li").first.inner_text()
        self.page.get_by_label("¿Cuándo pasó?").fill(self.page.get_by_label("¿Cuándo pasó?").get_attribute("max") or "")
        for choice in self.page.locator("main select[required]").all():
            choice.select_option(index=1)
        self.visitor.presses("Guardar el hito")
        self.visitor.sees("El hito quedó guardado.")
        return promised

    def sees_the_step_done(self, promised: str) -> None:
        done = self.page.locator("#ruta .step--met, #ruta .step--met_late").filter(has_text=promised)
        expect(done.first).to_be_visible()


def test_a_calp_worker_goes_from_her_list_to_a_step_that_is_done(somebody: Comes) -> None:
    worker = CalpWorker(somebody())

    worker.types_her_name_and_password()
    worker.opens_the_first_person_to_whom_her_office_owes_something()
    worker.visitor.can_use_the_page_whoever_she_is()
    worker.asks_for_the_name_and_says_what_for()
    worker.reads_the_name_until_she_hides_it()
    promised = worker.notes_that_she_spoke_with_her()
    worker.sees_the_step_done(promised)

    worker.visitor.can_use_the_page_whoever_she_is()


def test_a_name_is_not_shown_without_saying_what_for(user: Comes) -> None:
    worker = CalpWorker(user("calp"))
    worker.visitor.opens(worker.visitor.somebody_on_the_list())

    worker.page.get_by_text("Ver su nombre y documento").click()
    worker.visitor.presses("Ver identidad")

    expect(worker.page.locator(".identity__name")).to_have_count(0)
    expect(worker.page.locator(".field__error").first).to_be_visible()
    worker.visitor.can_use_the_page_whoever_she_is()


def test_a_upe_worker_sees_only_people_of_her_region(user: Comes) -> None:
    upe, calp = user("upe"), user("calp")

    for person in upe.everybody_on_the_list()[:5]:
        assert "Madre de Dios" in upe.opens(person).facts()["Departamentos"]
    of_loreto = next(
        person
        for person in calp.everybody_on_the_list()
        if "Madre de Dios" not in calp.opens(person).facts()["Departamentos"]
    )

    upe.opens(of_loreto).sees("No encontramos esta página")
    upe.can_use_the_page_whoever_she_is()


@pytest.mark.parametrize("username", ["acogida", "cem", "udavit", "fiscalia"])
def test_whoever_receives_a_person_reads_her_thread_and_writes_on_it(user: Comes, username: str) -> None:
    worker = user(username)

    worker.opens(worker.somebody_on_the_list())
    for record in worker.page.locator('main .records a[href^="/registros/"]').evaluate_all("a => a.map(b => b.href)"):
        worker.opens(record).sees("Tal como lo escribió su institución")
    worker.opens(worker.somebody_on_the_list()).presses("Agregar un hito", role="link")

    worker.sees("¿Qué pasó?").can_use_the_page_whoever_she_is()


def test_a_worker_reads_a_happening_once_and_why_each_record_is_hers(user: Comes) -> None:
    worker = user("upe")
    several = next(
        person
        for person in worker.everybody_on_the_list()
        if worker.opens(person).page.get_by_text("Contado por").count()
    )
    told = worker.opens(several).page.locator(".moment details").first
    told.locator("summary").click()

    expect(told.locator(".tellings > li").nth(1)).to_be_visible()
    worker.presses("por qué es suyo", role="link").sees("Por qué estos registros son de una persona")
    worker.sees("A favor:").can_use_the_page_whoever_she_is()


def test_a_list_without_anything_says_why_that_is_all_right(user: Comes) -> None:
    worker = user("acogida").opens(LIST)

    worker.sees("Su dependencia no debe nada hoy").presses("Ver lo que se debe a mis personas", role="link")

    assert worker.page.url.endswith(EVERYTHING_OWED)
    worker.can_use_the_page_whoever_she_is()
