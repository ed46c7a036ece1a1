"""One installation and one browser for all journeys; whatever goes wrong in a page fails the journey."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import installation as demonstration
from tests.journeys.installation import Installation
from tests.journeys.visitor import DESK, Visitor
from tests.journeys.watching import Watch

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_SECONDS = 30

Comes = Callable[..., Visitor]


def chromium() -> str | None:
    """The browser of this machine, as the run of all tests found it."""
    return os.environ.get("AMPARO_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    demonstration.build(folder)
    with demonstration.served(folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def somebody(browser: Browser, installation: Installation) -> Iterator[Comes]:
    """Somebody comes to a browser of her own; at the end none of the browsers may have had a problem."""
    contexts: list[Any] = []
    watch = Watch()

    def comes(**settings: Any) -> Visitor:
        context = browser.new_context(**{"locale": "es-PE", "viewport": DESK, **settings})
        context.set_default_timeout(_SECONDS * 1000)
        contexts.append(context)
        watch.over(context)
        return Visitor(context, context.new_page(), installation.address)

    yield comes
    for context in contexts:
        context.close()
    assert watch.problems == []


@pytest.fixture
def user(somebody: Comes) -> Comes:
    """Somebody who has signed in as one of the demonstration's users."""

    def signed_in(username: str, **settings: Any) -> Visitor:
        visitor = somebody(**settings).signs_in(username)
        return visitor.begins_to_review() if username.startswith("revision") else visitor

    return signed_in
