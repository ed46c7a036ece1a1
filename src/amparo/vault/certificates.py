"""The certificate of an erasure: what was destroyed, when, by whom, on what ground, and that the ledger says the same.

It is JSON in one fixed form, signed with the key that signs the ledger's checkpoints, and holds no name: whoever keeps
the public key can check it, and the proof inside it, without Amparo.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amparo.kernel.errors import Conflict
from amparo.ledger import checkpoints, proofs, signing
from amparo.vault import erasure as erasing
from amparo.vault.models import Erasure


def of(erasure: Erasure) -> dict[str, Any]:
    """The certificate of an erasure that was done; raises ``Conflict`` while it is not."""
    if erasure.done_at is None:
        raise Conflict("vault.not_erased_yet")
    checkpoints.write()
    told: dict[str, Any] = {
        "certifies": "erasure",
        "id": erasure.id.hex,
        "by": signing.origin(),
        "records": erasure.subjects,
        "scope": erasure.scope,
        "compartment": erasure.compartment,
        "legal_basis": erasure.basis,
        "ordered_at": erasure.ordered_at.astimezone(UTC).isoformat(timespec="seconds"),
        "ordered_by": erasure.ordered_by,
        "asked_by": erasure.asked_by,
        "destroyed_at": erasure.done_at.astimezone(UTC).isoformat(timespec="seconds"),
        "keys_destroyed": erasure.keys,
        "keys_digest": erasing.digest_of(erasure.keys),
        "remains": erasure.remains,
        "ledger": proofs.of_entry(erasure.entry),
    }
    signature = signing.private_key().sign(canonical(told))
    return {**told, "signature": b64encode(signature).decode("ascii"), "public_key": signing.public_key()}


def is_genuine(certificate: Mapping[str, Any], public_key: str) -> bool:
    """Whether the holder of this public key signed the certificate as it stands."""
    told = {name: value for name, value in certificate.items() if name not in ("signature", "public_key")}
    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(public_key, validate=True))
        key.verify(b64decode(str(certificate["signature"]), validate=True), canonical(told))
    except (ValueError, KeyError, InvalidSignature):
        return False
    return True


def canonical(told: Mapping[str, Any]) -> bytes:
    """What is signed: JSON with keys sorted, no spaces, in UTF-8."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
