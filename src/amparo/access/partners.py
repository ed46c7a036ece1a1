"""Machines of institutions that ask by signed messages: their public keys, and each message answered once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.db import IntegrityError, transaction
from django.utils import timezone

from amparo.access import actions, alerts
from amparo.access.actions import NewUser
from amparo.access.actors import Actor
from amparo.access.models import PartnerKey, SpentNonce, User
from amparo.access.queries import actor_of
from amparo.access.rules import attesting
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.ledger import actions as ledger

_ID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, whose it is, and since when it is in force; until when where it is no more."""

    id: str
    username: str
    institution: str
    role: str
    at: datetime
    revoked_at: datetime | None


def register(*, actor: Actor, machine: NewUser, public_pem: bytes, at: datetime) -> str:
    """Let a machine ask under a role of the pack, by the public half of its Ed25519 key; returns the key's id.

    A machine that is known already gets another key, for exchanging one; its role and office must be the same. Raises
    ``Invalid`` where the key cannot be used or the role does not fit, and ``Conflict`` where the key is known.
    """
    actor.require("partner_key")
    pem, key_id = _read(public_pem)
    with transaction.atomic():
        if PartnerKey.objects.filter(id=key_id).exists():
            raise Conflict("partner.key_known")
        user = _machine(actor, machine, at)
        PartnerKey.objects.create(id=key_id, user=user, public=pem, at=at, by=actor.name)
        _record(actor, "partner_key.register", key_id, user.username, at)
    return key_id


def _machine(actor: Actor, machine: NewUser, at: datetime) -> User:
    known = User.objects.filter(username=machine.username).first()
    if known is None:
        return actions.create_user(actor=actor, user=machine, password=None, at=at)
    asked = (machine.role, machine.institution, machine.office)
    # A person's own account is never lent to a machine.
    if known.has_usable_password() or (known.role, known.institution, known.office) != asked:
        raise Invalid("partner.name_taken")
    return known


def revoke(*, actor: Actor, key_id: str, at: datetime) -> None:
    """End a key at once. Raises ``NotFound`` where none in force has this id."""
    actor.require("partner_key")
    with transaction.atomic():
        found = PartnerKey.objects.select_for_update().filter(id=key_id, revoked_at=None).first()
        if found is None:
            raise NotFound("partner.no_such_key")
        found.revoked_at, found.revoked_by = at, actor.name
        found.save(update_fields=["revoked_at", "revoked_by"])
        _record(actor, "partner_key.revoke", key_id, found.user.username, at)


def every_key() -> list[Key]:
    """Every key there is or was, the oldest first."""
    return [
        Key(row.id, row.user.username, row.user.institution, row.user.role, row.at, row.revoked_at)
        for row in PartnerKey.objects.select_related("user").order_by("at", "id")
    ]


def public_key(key_id: str) -> bytes | None:
    """The public key in force under an id, as PEM; ``None`` where there is none, or its machine is shut out."""
    found = PartnerKey.objects.filter(id=key_id, revoked_at=None, user__is_active=True).first()
    return found.public.encode() if found else None


def actor_behind(key_id: str, *, at: datetime) -> Actor:
    """Who asks with a key. Raises ``Denied`` where nobody may."""
    user = User.objects.filter(partner_keys__id=key_id, partner_keys__revoked_at=None, is_active=True).first()
    if user is None or attesting.has_ended(user.ends_on, timezone.localdate(at)):
        raise Denied("signature.invalid")
    return actor_of(user)


def spend(*, key_id: str, nonce: str, until: datetime, at: datetime) -> None:
    """Note that a message was received, and raise ``Denied`` where it was before.

    What ran out is forgotten: its signature is not in force any more.
    """
    SpentNonce.objects.filter(until__lt=at).delete()
    digest = hashlib.sha256(nonce.encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentNonce.objects.create(key_id=key_id, digest=digest, until=until)
    except IntegrityError as error:
        raise Denied("signature.replayed") from error


def _read(public_pem: bytes) -> tuple[str, str]:
    """The key as one writes it, and the id that follows from it."""
    try:
        key = load_pem_public_key(public_pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Invalid("partner.key_unreadable") from error
    if not isinstance(key, Ed25519PublicKey):
        raise Invalid("partner.key_of_another_kind")
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    digest = hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()
    return pem, digest[:_ID_DIGITS]


def _record(actor: Actor, act: str, key_id: str, username: str, at: datetime) -> None:
    ledger.record(author=actor.author, act=act, at=at, detail={"key": key_id, "user": username})
    alerts.tell_officer(kind="partner_key", subjects=(), username=username, at=at)
