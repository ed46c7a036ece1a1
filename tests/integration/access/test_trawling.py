"""Whoever asks too often is stopped, also where she asks many times at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from amparo.access import alerts, trawling
from amparo.access.models import Question
from amparo.casework.actions import rebuild
from amparo.casework.queries import search
from amparo.kernel.errors import Denied
from amparo.ledger.models import Entry
from tests import worlds
from tests.worlds import FLOR, NOW, RESCUE, UPE

MOST, AT_ONCE = 4, 12
WINDOW = timedelta(minutes=10)
ASKER = worlds.actor("mimp-upe", UPE)


@pytest.fixture(autouse=True)
def few(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(trawling, "LIMITS", ((MOST, WINDOW),))


def is_answered(at: Any = NOW) -> bool:
    try:
        trawling.count(actor=ASKER, at=at)
    except Denied:
        return False
    return True


@pytest.fixture
def emptied() -> Iterator[None]:
    """Real transactions stay, and with them what was written to the ledger: its owner takes the guard away for once."""
    yield
    if connection.vendor == "postgresql":
        tables = [model._meta.db_table for model in apps.get_app_config("ledger").get_models()]
        with connection.cursor() as cursor:
            cursor.execute("RESET SESSION AUTHORIZATION")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def beside(tmp_path: Path, emptied: None) -> Callable[[], None]:
    """Gives a thread a connection of its own. SQLite's tests live in memory, where no two write: there, to a copy."""
    copy = tmp_path / "copy.sqlite3"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{copy}'")

    def connect() -> None:
        mine = connections["default"]
        if mine.vendor == "sqlite":
            mine.settings_dict = {**mine.settings_dict, "NAME": str(copy)}

    return connect


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_of_questions_at_the_same_moment_no_more_are_answered_than_of_those_one_after_the_other(
    beside: Callable[[], None],
) -> None:
    together = threading.Barrier(AT_ONCE)

    def ask(_: int) -> tuple[bool, int]:
        beside()
        together.wait(20)
        try:
            return is_answered(), Question.objects.filter(username=ASKER.name).count()
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answered = list(threads.map(ask, range(AT_ONCE)))

    assert [each for each, _ in answered].count(True) == MOST
    assert max(counted for _, counted in answered) == MOST


def test_what_counts_no_more_is_forgotten_and_what_was_refused_never_counts() -> None:
    for _ in range(MOST):
        assert is_answered()
    assert not is_answered(NOW + WINDOW - timedelta(seconds=1))

    assert is_answered(NOW + WINDOW)

    assert Question.objects.count() == 1


def test_one_who_asks_too_often_stops_nobody_else() -> None:
    while is_answered():
        pass

    trawling.count(actor=replace(ASKER, name="another"), at=NOW)


@pytest.mark.parametrize("text", ["Flor", "Flor Ahuanari", "71234567"])
def test_whoever_may_see_threads_is_stopped_too_whether_she_asks_by_a_word_or_by_more(text: str) -> None:
    rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)

    def ask() -> search.Answer:
        return search.search(actor=ASKER, text=text, extra={}, purpose="ATENCION", at=NOW)

    assert [bool(ask().found) for _ in range(MOST)] == [True] * MOST
    with pytest.raises(Denied):
        ask()

    assert [each.kind for each in alerts.of(worlds.actor("odp"))] == ["trawling"]
    assert Entry.objects.filter(act=trawling.SEARCH).count() == MOST


def test_what_is_not_looked_up_does_not_count() -> None:
    for _ in range(MOST + 1):
        assert search.search(actor=ASKER, text="F", extra={}, purpose="ATENCION", at=NOW).too_little
