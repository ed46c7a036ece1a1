"""The reviewer of pairs, with nothing but a keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Comes


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
