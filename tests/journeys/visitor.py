"""Somebody at a browser: signs in, goes to pages, reads and writes, the way a person does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from amparo.world.users import PASSWORD

# No word is longer in a pack or in what people write without a space, and no letters of a code are wider.
LONGEST_WORD, WIDEST_CODE = "otorrinolaringológicamente" * 2, "AMP-WWWW-MMMM"
# Codes are of a fixed length; dates and figures are our own and short, so are the heads of tables.
_WRITE_LONG_WORDS = """([longest, code]) => {
  for (const each of document.querySelectorAll(".person__code")) each.textContent = code;
  for (const each of document.querySelectorAll("main details")) each.open = true;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  const ours = ".person__code, .unseen, thead, .num, .nowrap, .seal, svg, select, button, script";
  for (const text of texts) if (!text.parentElement.closest(ours)) text.data += " " + longest;
}"""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LIST, EVERYTHING_OWED = "/lista/", "/lista/?de=todos"
PERSON = 'main a[href*="/personas/"]'


@dataclass
class Visitor:
    """One person with one browser profile. ``address`` is where the installation is served."""

    context: BrowserContext
    page: Page
    address: str

    def signs_in(self, username: str) -> Visitor:
        """Come in without typing: the form is sent as the page would send it."""
        entry = self.context.request.get(f"{self.address}/entrar/")
        token = _TOKEN.search(entry.text())
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": username, "password": PASSWORD}
        answer = self.context.request.post(f"{self.address}/entrar/", form=form)
        assert answer.ok, answer.status
        return self

    def opens(self, path: str) -> Visitor:
        """Go to an address of the installation."""
        self.page.goto(path if path.startswith("http") else self.address + path)
        return self

    def presses(self, name: str, *, role: Any = "button") -> Visitor:
        """Press what carries this name."""
        self.page.get_by_role(role, name=name).first.click()
        return self

    def sees(self, text: str) -> Visitor:
        """The words stand on the page, and are visible."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()
        return self

    def does_not_see(self, text: str) -> Visitor:
        """The words stand nowhere on the page."""
        expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def heading(self) -> str:
        """What the page says it is."""
        return self.page.locator("main h1").first.inner_text()

    def begins_to_review(self) -> Visitor:
        """Say once what pairs are opened for."""
        self.opens("/pares/empezar/").page.get_by_label("¿Para qué revisa los pares?").select_option("PENDIENTES")
        return self.presses("Ver los pares")

    def somebody_on_the_list(self, where: str = EVERYTHING_OWED) -> str:
        """The address of the first person on the list, opened on the way."""
        return self.everybody_on_the_list(where)[0]

    def everybody_on_the_list(self, where: str = EVERYTHING_OWED) -> list[str]:
        """Addresses of the persons on the first page of the list."""
        self.opens(where)
        found = self.page.locator("main a.person").evaluate_all("all => all.map(each => each.pathname)")
        return list(dict.fromkeys(found))

    def facts(self) -> Mapping[str, str]:
        """What the page says of a person, by label."""
        pairs = self.page.locator("main dl > div").evaluate_all(
            "all => all.map(each => [each.querySelector('dt')?.innerText, each.querySelector('dd')?.innerText])"
        )
        return {label: value for label, value in pairs if label}

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def with_the_longest_words(self) -> Visitor:
        """The page as it is when everything on it that differs from person to person is as wide as it can be."""
        self.page.evaluate(_WRITE_LONG_WORDS, [LONGEST_WORD, WIDEST_CODE])
        return self

    def focused(self) -> Locator:
        """What the keyboard would press now."""
        return self.page.locator(":focus")

    def tabs_to(self, name: str, *, most: int = 60) -> Visitor:
        """Go with the Tab key alone to what carries this name."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if name in (self.focused().inner_text() if self.focused().count() else ""):
                return self
        raise AssertionError(f"the keyboard does not reach {name!r}")

    def can_use_the_page_whoever_she_is(self) -> None:
        """No barrier that a machine can find."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
