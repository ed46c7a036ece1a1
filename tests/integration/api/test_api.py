"""Institutions' machines ask by signed messages; nobody else gets anything, and nothing is told before it is noted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone

from amparo.access import alerts, exclusions, partners, trawling
from amparo.access.actions import NewUser
from amparo.access.actors import Actor
from amparo.access.exclusions import Whom
from amparo.access.models import SpentNonce, User
from amparo.casework.actions import rebuild
from amparo.interfaces.api import errors
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger.models import Entry
from proofs._signing import Machine
from tests import worlds
from tests.worlds import FLOR, NOW, POLICE, PROSECUTOR, RESCUE, UPE, Happening, Office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

ADDRESS = "/api/v1/conocida"
HERS = {"finalidad": "ATENCION", "nombres": "Flor Lucero", "apellidos": "Aguanari de la Cruz", "nacimiento": "2010"}
OPERATOR = Actor(name="terminal:somebody", role="terminal", capabilities=frozenset({"partner_key"}))
Registered = Callable[..., Machine]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


def registered(role: str = "pnp-registrador", office: Office = POLICE, name: str = "pnp-sistema") -> Machine:
    machine = Machine()
    user = NewUser(name, name, role, office.institution, office.office)
    machine.key_id = partners.register(actor=OPERATOR, machine=user, public_pem=machine.public_pem, at=timezone.now())
    return machine


def send(headers: dict[str, str], body: bytes, address: str = ADDRESS, **more: str) -> Any:
    client = Client(raise_request_exception=True)
    return client.post(address, body, content_type="application/json", headers={**headers, **more})


def ask(machine: Machine, asked: object = HERS, **signing: Any) -> Any:
    body = json.dumps(asked).encode()
    return send(machine.sign(ADDRESS, body, **signing), body)


def denials() -> list[tuple[str, str]]:
    return [(each.actor, str(each.detail["reason"])) for each in Entry.objects.filter(act="access.denied")]


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


def test_without_a_signature_nobody_is_told_anything_and_it_is_noted(girl: UUID) -> None:
    answer = send({}, json.dumps(HERS).encode())

    assert (answer.status_code, answer.json()["codigo"]) == (401, "signature.missing")
    assert denials() == [("api:desconocido", "signature.missing")]


def test_whoever_has_a_session_and_no_signature_is_told_nothing(girl: UUID) -> None:
    client = Client()
    client.force_login(worlds.user("mimp-upe", UPE))

    answer = client.post(ADDRESS, json.dumps(HERS), content_type="application/json")

    assert answer.status_code == 401


def test_a_key_that_nobody_registered_does_not_count(girl: UUID) -> None:
    stranger = Machine(key_id="0" * 32)

    assert ask(stranger).json()["codigo"] == "signature.invalid"


def test_another_s_key_id_does_not_count(girl: UUID) -> None:
    stranger = Machine(key_id=registered().key_id)

    assert ask(stranger).status_code == 401


def test_a_key_does_not_count_any_more_once_it_is_revoked(girl: UUID) -> None:
    machine = registered()
    partners.revoke(actor=OPERATOR, key_id=machine.key_id, at=timezone.now())

    assert ask(machine).status_code == 401
    with pytest.raises(NotFound):
        partners.revoke(actor=OPERATOR, key_id=machine.key_id, at=timezone.now())


def test_a_machine_that_is_shut_out_is_told_nothing(girl: UUID) -> None:
    machine = registered()
    User.objects.filter(username="pnp-sistema").update(is_active=False)

    assert ask(machine).status_code == 401


def test_a_machine_whose_time_is_over_is_told_nothing(girl: UUID) -> None:
    machine = registered()
    User.objects.filter(username="pnp-sistema").update(ends_on=timezone.localdate() - timedelta(days=1))

    assert ask(machine).status_code == 401


def test_a_flood_of_unsigned_messages_does_not_fill_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_UNSIGNED", (3, timedelta(minutes=10)))

    assert {send({}, b"{}").status_code for _ in range(6)} == {401}
    assert len(denials()) == 3


def test_a_message_counts_once(girl: UUID) -> None:
    machine, body = registered(), json.dumps(HERS).encode()
    headers = machine.sign(ADDRESS, body)

    first, again = send(headers, body), send(headers, body)

    assert (first.status_code, again.status_code) == (200, 401)
    assert again.json()["codigo"] == "signature.replayed"
    assert denials() == [("pnp-sistema", "signature.replayed")]


def test_what_ran_out_is_forgotten(girl: UUID) -> None:
    machine = registered()
    partners.spend(key_id=machine.key_id, nonce="n" * 20, until=NOW, at=NOW)

    partners.spend(key_id=machine.key_id, nonce="m" * 20, until=NOW, at=NOW + timedelta(seconds=1))

    assert SpentNonce.objects.count() == 1


def test_a_body_that_was_changed_on_the_way_does_not_count(girl: UUID) -> None:
    machine, body = registered(), json.dumps(HERS).encode()
    headers = machine.sign(ADDRESS, body)

    assert send(headers, body.replace(b"Flor", b"Rosa")).status_code == 401


def test_a_message_for_another_address_does_not_count(girl: UUID) -> None:
    machine, body = registered(), json.dumps(HERS).encode()

    assert send(machine.sign("/api/v1/otra", body), body).status_code == 401
    assert send(machine.sign(ADDRESS, body, host="otra.example.pe"), body).status_code == 401


@pytest.mark.parametrize(
    "signing",
    [
        {"created": datetime.now(UTC) - timedelta(minutes=10)},
        {"created": datetime.now(UTC) + timedelta(minutes=10)},
        {"nonce": ""},
        {"nonce": "short"},
        {"nonce": "x" * 200},
        {"tag": "something-else"},
        {"covered": ("@method", "@authority", "content-digest")},
        {"covered": ("@authority", "@path", "content-digest")},
    ],
)
def test_a_signature_that_covers_too_little_or_is_of_another_time_does_not_count(
    girl: UUID, signing: dict[str, Any]
) -> None:
    assert ask(registered(), **signing).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Signature": "x", "Signature-Input": "y"},
        {"Signature": "a=:AA==:", "Signature-Input": 'a=();keyid="x"'},
        {"Signature": "\u00f1", "Signature-Input": 'a=("@method");created=1'},
        {"Signature": "a=:AA==:", "Signature-Input": 'a=("@method");created=99999999999999;tag="amparo"'},
        {"Signature": "a=:AA==:", "Signature-Input": 'a=("@method" "@method");created=1;keyid=7;tag="amparo"'},
    ],
)
def test_whatever_stands_for_a_signature_is_answered_in_words(girl: UUID, headers: dict[str, str]) -> None:
    answer = send(headers, b"{}")

    assert (answer.status_code, answer.json()["codigo"]) == (401, "signature.invalid")


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


def test_registering_a_key_is_noted_and_told_to_the_officer() -> None:
    machine = registered()

    entry = Entry.objects.get(act="partner_key.register")
    assert entry.detail == {"key": machine.key_id, "user": "pnp-sistema"}
    assert {"partner_key", "user_created"} <= {each.kind for each in alerts.of(worlds.actor("odp"))}
    assert [(each.id, each.username) for each in partners.every_key()] == [(machine.key_id, "pnp-sistema")]


def test_a_machine_cannot_sign_in() -> None:
    registered()

    assert not User.objects.get(username="pnp-sistema").has_usable_password()


def test_a_known_key_is_refused_and_a_new_one_of_the_same_machine_is_not(girl: UUID) -> None:
    first, second = registered(), registered()

    assert ask(first).status_code == ask(second).status_code == 200
    user = NewUser("other", "other", "pnp-registrador", "pnp", POLICE.office)
    with pytest.raises(Conflict):
        partners.register(actor=OPERATOR, machine=user, public_pem=first.public_pem, at=NOW)


def test_a_person_s_own_name_is_never_lent_to_a_machine() -> None:
    person = worlds.user("pnp-registrador", POLICE)
    person.set_password("something long enough")
    person.save()

    with pytest.raises(Invalid) as refused:
        registered(name="pnp-registrador")
    assert refused.value.code == "partner.name_taken"


@pytest.mark.parametrize("pem", [b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused(pem: bytes) -> None:
    with pytest.raises(Invalid):
        partners.register(
            actor=OPERATOR, machine=NewUser("m", "m", "pnp-registrador", "pnp", ""), public_pem=pem, at=NOW
        )


def test_a_key_of_another_kind_is_refused() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    with pytest.raises(Invalid) as refused:
        partners.register(
            actor=OPERATOR, machine=NewUser("m", "m", "pnp-registrador", "pnp", ""), public_pem=pem, at=NOW
        )
    assert refused.value.code == "partner.key_of_another_kind"
    assert isinstance(Machine().key, ed25519.Ed25519PrivateKey)
