"""Institutions' machines are told whether a person is known, and nothing is told before it is noted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from amparo.access import alerts, exclusions, trawling
from amparo.access.exclusions import Whom
from amparo.casework.actions import rebuild
from amparo.ledger.models import Entry
from tests import worlds
from tests.integration.api.machines import ADDRESS, HERS, ask, denials, registered, send
from tests.worlds import FLOR, NOW, PROSECUTOR, RESCUE, UPE, Happening, Office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_a_machine_learns_that_she_is_known_and_whom_to_call_and_nothing_else(girl: UUID) -> None:
    answer = ask(registered())

    assert answer.status_code == 200
    assert answer.json() == {
        "conocida": True,
        "llamar": [
            {
                "institucion": "MIMP",
                "nombre": "Ministerio de la Mujer y Poblaciones Vulnerables",
                "dependencia": answer.json()["llamar"][0]["dependencia"],
            }
        ],
    }
    assert answer.json()["llamar"][0]["dependencia"].startswith("UPE")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stranger_is_not_known(girl: UUID) -> None:
    asked = {**HERS, "nombres": "Bruna", "apellidos": "Zevallos Yalta", "nacimiento": "1990"}

    assert ask(registered(), asked).json() == {"conocida": False, "llamar": []}


def test_a_role_that_may_read_threads_is_told_no_more_by_a_machine(girl: UUID) -> None:
    answer = ask(registered("mimp-upe", UPE, "upe-sistema"))

    assert set(answer.json()) == {"conocida", "llamar"}


def test_what_was_asked_is_in_the_ledger_by_ids_and_never_by_words(girl: UUID) -> None:
    ask(registered())

    entry = Entry.objects.get(act=trawling.ASKING)
    assert (entry.actor, entry.purpose) == ("pnp-sistema", "ATENCION")
    assert list(entry.subjects.values_list("subject", flat=True)) == [girl]
    written = json.dumps([[each.detail, each.actor] for each in Entry.objects.all()]).lower()
    assert [word for word in ("flor", "aguanari", "2010") if word in written] == []


def test_where_the_ledger_is_down_nothing_is_told(girl: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = registered()

    def broken(**_: object) -> int:
        raise RuntimeError("ledger down")

    monkeypatch.setattr("amparo.casework.queries.known.ledger.record", broken)
    answer = ask(machine)

    assert (answer.status_code, answer.json()["codigo"]) == (500, "api.failed")
    assert "conocida" not in answer.json()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_nothing_else_is_asked_there(method: str) -> None:
    assert getattr(Client(), method)(ADDRESS).status_code == 405


def test_a_machine_of_a_role_that_may_not_ask_is_refused_and_it_is_noted(girl: UUID) -> None:
    office = Office("", "mininter", "estadistica", "mininter-estadistica", "")

    answer = ask(registered("analista", office, "estadistica-sistema"))

    assert (answer.status_code, answer.json()["codigo"]) == (403, "access.role")
    assert denials() == [("estadistica-sistema", "access.role")]


def test_whom_the_machine_is_kept_away_from_is_not_known_to_it(girl: UUID) -> None:
    machine = registered()
    officer = worlds.actor("odp")
    whom = Whom(username="pnp-sistema")
    exclusions.make(actor=officer, records=[girl], whom=whom, reason="PARENTESCO", at=NOW)

    assert ask(machine).json() == {"conocida": False, "llamar": []}
    assert "excluded_attempt" in [each.kind for each in alerts.of(officer)]


def test_whose_identity_is_reserved_is_not_known_to_anybody() -> None:
    order = Happening("medida_proteccion", FLOR.event_on or NOW.date(), {"clave_reserva": "SI"})
    rebuild.around(touched=[worlds.record(FLOR, PROSECUTOR, RESCUE, order)], at=NOW)

    assert ask(registered()).json() == {"conocida": False, "llamar": []}


def test_whoever_goes_through_a_list_is_stopped(girl: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trawling, "LIMITS", ((1, timedelta(minutes=10)),))
    machine = registered()

    first, second = ask(machine), ask(machine)

    assert (first.status_code, second.status_code) == (200, 429)
    assert second.headers["Retry-After"] == "600"
    assert "trawling" in [each.kind for each in alerts.of(worlds.actor("odp"))]


@pytest.mark.parametrize(
    ("asked", "code", "parts"),
    [
        ({"finalidad": "ATENCION", "nombres": "Flor", "apellidos": "Ahuanari"}, "known.too_little", []),
        ({**HERS, "finalidad": "CURIOSIDAD"}, "access.purpose", []),
        ({**HERS, "nacimiento": "ayer"}, "api.unreadable", ["nacimiento"]),
        ({**HERS, "num_doc": "AB12345"}, "api.unreadable", ["num_doc"]),
        ({**HERS, "tipo_doc": "ZZZ"}, "api.unreadable", ["tipo_doc"]),
        ({**HERS, "ubigeo_hecho": "999999"}, "api.unreadable", ["ubigeo_hecho"]),
        ({**HERS, "fecha_hecho": "el lunes"}, "api.unreadable", ["fecha_hecho"]),
        ({**HERS, "sexo": "Z"}, "api.unreadable", ["sexo"]),
        ({**HERS, "nombres": ["Flor"]}, "api.unreadable", ["nombres"]),
        ({**HERS, "Flor Lucero": "x"}, "api.unreadable", []),
        ([], "api.unreadable", []),
        ("Flor Lucero", "api.unreadable", []),
    ],
)
def test_what_cannot_be_read_is_answered_by_part_without_its_words(
    girl: UUID, asked: object, code: str, parts: list[str]
) -> None:
    answer = ask(registered(), asked)

    assert (answer.status_code, answer.json()["codigo"]) == (422, code)
    assert [each["parte"] for each in answer.json()["partes"]] == parts
    assert "Flor" not in answer.content.decode()


def test_what_is_no_json_is_answered_in_words(girl: UUID) -> None:
    machine = registered()

    answer = send(machine.sign(ADDRESS, b"{Flor"), b"{Flor")

    assert (answer.status_code, answer.json()["codigo"]) == (400, "api.malformed")
    assert "Flor" not in answer.content.decode()


def test_a_message_that_is_too_large_is_not_read(girl: UUID, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert ask(registered(), {**HERS, "alias": "x" * 200}).status_code == 413


def test_errors_are_told_in_the_language_that_was_asked_for(girl: UUID) -> None:
    spanish, english = (
        send({}, b"{}", **{"Accept-Language": language}).json()["mensaje"] for language in ("es-PE", "en")
    )

    assert spanish.startswith("El mensaje no está firmado.")
    assert english.startswith("The message is not signed.")


def test_the_document_of_the_api_needs_no_signature_and_names_everything() -> None:
    told = Client().get("/api/v1/openapi.json")

    assert told.status_code == 200
    assert list(told.json()["paths"]) == [ADDRESS]
    assert {"200", "401", "422", "429"} <= set(told.json()["paths"][ADDRESS]["post"]["responses"])
