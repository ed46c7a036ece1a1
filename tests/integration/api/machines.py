"""A machine that signs as institutions do, and what it asks with."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from amparo.access import partners
from amparo.access.actions import NewUser
from amparo.access.actors import Actor
from amparo.ledger.models import Entry
from proofs._signing import Machine
from tests.worlds import POLICE, Office

ADDRESS = "/api/v1/conocida"
HERS = {"finalidad": "ATENCION", "nombres": "Flor Lucero", "apellidos": "Aguanari de la Cruz", "nacimiento": "2010"}
OPERATOR = Actor(name="terminal:somebody", role="terminal", capabilities=frozenset({"partner_key"}))


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
