"""Takes the pictures of the README from a demonstration: ``python -m tests.journeys.portraits docs/img``.

It is no test. Whoever changes a page runs it and commits what it drew.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright

from tests.journeys import installation as demonstration
from tests.journeys.conftest import FLAGS, chromium
from tests.journeys.visitor import DESK, PHONE, Visitor

LARGEST = 200_000


@dataclass(frozen=True)
class Portrait:
    """A picture: its name, who looks, at which page (``*`` opens the first person or pair), and how large."""

    name: str
    username: str
    path: str
    height: int = 900
    phone: bool = False
    # What the picture begins with, where that is not the top of the page.
    at: str = ""


PORTRAITS = (
    Portrait("lista", "upe", "/lista/"),
    Portrait("hilo", "upe", "/lista/*", 1160),
    Portrait("linea", "upe", "/lista/*", 980, at="figure.card"),
    Portrait("hilo-telefono", "upe", "/lista/*", 844, phone=True),
    Portrait("cadena", "coordinacion", "/cadena/?desde=0", 1100),
    Portrait("par", "revision", "/pares/*", 1300),
)


def main(target: Path) -> int:
    """Build a demonstration, walk to each page and draw it."""
    target.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="amparo-portraits-"))
    try:
        demonstration.build(folder)
        with demonstration.served(folder) as served, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            sizes = [_draw(browser, served.address, each, target) for each in PORTRAITS]
            browser.close()
    finally:
        shutil.rmtree(folder)
    return 0 if max(sizes) <= LARGEST else 1


def _draw(browser: Browser, address: str, portrait: Portrait, target: Path) -> int:
    size = PHONE if portrait.phone else DESK
    context = browser.new_context(locale="es-PE", viewport={**size, "height": portrait.height})
    visitor = Visitor(context, context.new_page(), address).signs_in(portrait.username)
    if portrait.path.startswith("/pares/"):
        visitor.begins_to_review()
    visitor.opens(portrait.path.removesuffix("*"))
    if portrait.path.endswith("*"):
        _widest_known(visitor).click()
        visitor.page.wait_for_load_state("networkidle")
    if portrait.at:
        visitor.page.locator(portrait.at).first.evaluate(
            "each => each.scrollIntoView({block: 'start', behavior: 'instant'})"
        )
    path = target / f"{portrait.name}.png"
    visitor.page.screenshot(path=path)
    context.close()
    print(f"{path} {path.stat().st_size // 1000} kB")
    return path.stat().st_size


def _widest_known(visitor: Visitor) -> Locator:
    """The person on the list whom most institutions know, or the first pair of a queue."""
    people = visitor.page.locator("main .owed")
    if not people.count():
        return visitor.page.locator("main tbody a").first
    known = people.evaluate_all("all => all.map(each => each.querySelectorAll('abbr').length)")
    return people.nth(known.index(max(known))).locator("a.person")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
