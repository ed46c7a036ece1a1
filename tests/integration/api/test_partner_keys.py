"""Machines' keys: registering one is told, and none is lent, reused or of another kind."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from amparo.access import alerts, partners
from amparo.access.actions import NewUser
from amparo.access.models import User
from amparo.kernel.errors import Conflict, Invalid
from amparo.ledger.models import Entry
from proofs._signing import Machine
from tests import worlds
from tests.integration.api.machines import OPERATOR, ask, registered
from tests.worlds import NOW, POLICE

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


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
