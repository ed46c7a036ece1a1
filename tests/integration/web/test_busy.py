"""While something long holds the database, a page says so and shows nothing of anybody; afterwards it answers."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from amparo.interfaces.web.views import errors
from amparo.ledger import actions as ledger
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project
from tests.worlds import FLOR, RESCUE, UPE


def refuse(**_: object) -> int:
    """What SQLite does where another process writes for longer than one waits."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from cause


def test_a_thread_whose_reading_cannot_be_noted_is_not_shown_and_asks_again_by_itself(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, upe = project(worlds.record(FLOR, UPE, RESCUE)), sign_in("mimp-upe", UPE)
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "record", refuse)
        told = upe.get(f"/personas/{person}/")

    assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
    assert 'http-equiv="refresh"' in told.text
    assert "Rescate" not in told.text
    assert "AMP-" not in told.text
    assert "thread.read" not in acts()
    assert upe.get(f"/personas/{person}/").status_code == 200


def test_a_form_that_could_not_be_kept_is_not_sent_twice(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    upe = sign_in("mimp-upe", UPE)
    monkeypatch.setattr(ledger, "record", refuse)

    told = upe.post("/buscar/", {"text": "flor ahuanari", "purpose": "ATENCION"}, headers={"Accept-Language": "en"})

    assert told.status_code == 503
    assert "refresh" not in told.text
    assert "was not saved" in told.text


def test_whoever_cannot_even_be_recognised_is_told_the_same(rf: RequestFactory) -> None:
    try:
        refuse()
    except OperationalError:
        told = errors.failed(rf.get("/lista/"))

    assert told.status_code == 503


def test_another_fault_of_the_database_stays_a_fault(rf: RequestFactory) -> None:
    try:
        raise OperationalError("disk I/O error") from sqlite3.OperationalError("disk I/O error")
    except OperationalError:
        told = errors.failed(rf.get("/lista/"))

    assert told.status_code == 500
