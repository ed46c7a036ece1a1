"""Whose message counts: signed, whole, in its time, once, by a key in force; nobody else gets anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from amparo.access import partners
from amparo.access.models import SpentNonce, User
from amparo.interfaces.api import errors
from amparo.kernel.errors import NotFound
from proofs._signing import Machine
from tests import worlds
from tests.integration.api.machines import ADDRESS, HERS, OPERATOR, ask, denials, registered, send
from tests.worlds import NOW, UPE

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


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
