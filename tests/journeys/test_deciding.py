"""The reviewer of pairs, with nothing but a keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.visitor import Visitor


def test_a_reviewer_decides_a_pair_with_the_keyboard_alone_and_takes_it_back(user: Comes) -> None:
    reviewer = user("revision").opens("/pares/")
    waiting = reviewer.page.locator("main .lead").inner_text()
    reviewer.can_use_the_page_whoever_she_is()

    reviewer.tabs_to("Empezar")
    reviewer.page.keyboard.press("Enter")
    expect(reviewer.page.get_by_label("¿Por qué?")).to_be_visible()
    first = reviewer.page.url
    reviewer.can_use_the_page_whoever_she_is()
    reviewer.page.keyboard.press("1")
    reviewer.sees("Anotado: es la misma persona.")
    assert reviewer.page.url != first

    reviewer.page.keyboard.press("u")
    reviewer.sees("Respuesta deshecha: los hilos quedan como estaban.")
    assert reviewer.page.url == first
    expect(reviewer.opens("/pares/").page.locator("main .lead")).to_have_text(waiting)


def test_a_key_that_is_pressed_while_choosing_a_reason_decides_nothing(user: Comes) -> None:
    reviewer = user("revision").opens("/pares/").presses("Empezar", role="link")
    pair = reviewer.page.url

    reviewer.page.get_by_label("¿Por qué?").focus()
    reviewer.page.keyboard.press("1")

    assert reviewer.page.url == pair
    expect(reviewer.page.get_by_text("Anotado:")).to_have_count(0)


def test_two_reviewers_disagree_without_seeing_each_other_and_a_third_ends_it(user: Comes) -> None:
    """A pair where much hangs on a yes, with the keyboard alone, on a telephone for the one who ends it."""
    first = user("revision").opens("/pares/")
    pair = takes_two(first)
    first.opens(pair)
    expect(first.focused()).to_have_text("¿Son la misma persona?")
    first.page.keyboard.press("1")
    first.sees("Se unirán cuando otra persona diga lo mismo.")
    expect(first.opens("/pares/").page.locator(f'main a[href="{pair}"]')).to_have_count(0)

    second = user("revision2").opens(pair).does_not_see("diga lo mismo").does_not_see("Teófilo")
    second.page.keyboard.press("m")
    expect(second.page.get_by_label("¿Por qué?")).to_be_focused()
    second.page.keyboard.press("Tab")
    second.page.keyboard.press("2")
    second.sees("Otra persona opinó distinto")

    head = user("revision-jefa", viewport={"width": 320, "height": 640}).opens("/pares/desacuerdos/")
    head.can_use_the_page_whoever_she_is()
    head.page.locator(f'main a[href="{pair}desacuerdo/"]').click()
    head.sees("Teófilo Arce Bendezú").sees("Delia Panduro Quicaño")
    head.can_use_the_page_whoever_she_is()
    assert head.overflow() == 0
    head.page.keyboard.press("2")
    head.sees("Resuelto: son personas distintas.")


def takes_two(reviewer: Visitor) -> str:
    """The address of a pair of which one yes is not enough."""
    for path in reviewer.page.locator("main tbody a").evaluate_all("all => all.map(each => each.pathname)"):
        if reviewer.opens(path).page.get_by_text("Unirlos necesita dos personas").count():
            return str(path)
    raise AssertionError("no pair takes two people")


def test_what_answers_teach_is_shown_adopted_and_reverted(user: Comes) -> None:
    head = user("revision-jefa").opens("/pares/")
    # Answers about pairs that a contradiction bars teach nothing.
    plain = head.page.locator("main tbody tr:not(:has(.tag--late)) a").evaluate_all("all => all.map(each => each.href)")
    for address in plain[:3]:
        head.opens(address).page.keyboard.press("2")
        head.sees("Anotado: son personas distintas.")

    head.opens("/pares/pesos/").sees("Qué pasaría con los pares de hoy")
    head.can_use_the_page_whoever_she_is()
    head.presses("Adoptar").sees("Adoptado.")
    head.can_use_the_page_whoever_she_is()
    head.presses("Revertir").sees("Revertido.")
    officer = user("datos", viewport={"width": 320, "height": 640}).opens("/pares/pesos/")
    expect(officer.page.get_by_role("button", name="Adoptar")).to_have_count(0)
    assert officer.overflow() == 0


def test_the_pair_and_the_notices_fit_a_small_telephone(user: Comes) -> None:
    phone = {"width": 320, "height": 640}
    reviewer = user("revision", viewport=phone).opens("/pares/").presses("Empezar", role="link")
    assert reviewer.overflow() == 0
    worker = user("upe", viewport=phone).opens("/avisos/").sees("No hay avisos")
    worker.can_use_the_page_whoever_she_is()
    assert worker.overflow() == 0
