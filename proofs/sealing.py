"""Sealing: a value opens where it was sealed and nowhere else, and not at all once its key is gone."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from proofs import _dumping, installation
from proofs.promise import Outcome, Promise

if TYPE_CHECKING:
    from amparo.ledger.actions import Author

_OWNERS = 500
_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
_COMPARTMENTS = ("identity", "narrative")


def moved(trials: int, seed: int) -> Outcome:
    """Move sealed values to other rows, compartments and versions, or alter one bit, and try to open them."""
    from django.db import transaction

    owners = _sealed()
    with transaction.atomic(using="vault"):
        failures = list(_accepted(owners, trials, random.Random(seed)))
    return Outcome.of(failures, trials)


def erased(trials: int, _seed: int) -> Outcome:
    """Erase owners, put their sealed values back as from a stolen copy, and try to open them with what is left."""
    from amparo.vault import queries
    from amparo.vault.models import Sealed

    failures: list[str] = []
    done = 0
    while done < trials:
        owners = _sealed()[: trials - done]
        copy = list(Sealed.objects.filter(owner__in=owners))
        failures += _erase(owners)
        Sealed.objects.bulk_create(copy)
        for compartment in _COMPARTMENTS:
            failures += ["an erased value opened" for _ in queries.open_many(owners, compartment)]
        done += len(owners)
    return Outcome.of(failures, done)


def _erase(owners: list[UUID]) -> Iterator[str]:
    """Erase owners as by order of law; the ledger must still verify and the certificate be genuine."""
    from amparo.ledger import signing, verification
    from amparo.vault import certificates, erasure

    wanted = erasure.Wanted(owners, owners, "Ley 29733, art. 20")
    ordered = erasure.order(author=_author(), wanted=wanted, at=_NOW)
    erasure.complete(ordered, at=_NOW)
    if verification.verify().fault is not None:
        yield "the ledger did not verify after an erasure"
    if not certificates.is_genuine(certificates.of(ordered), signing.public_key()):
        yield "the certificate of an erasure was not genuine"


def rotated(trials: int, seed: int) -> Outcome:
    """Exchange the root, every key and every data key, reading all the while, and read everything at the end."""
    from amparo.vault import actions, queries, rotation

    known: dict[UUID, bytes] = {}
    while len(known) < trials:
        some = {owner: f"{owner}|identity|2".encode() for owner in _sealed()[: trials - len(known)]}
        actions.put_tokens({owner: {str(owner)} for owner in some})
        known |= some
    chance = random.Random(seed)
    failures: list[str] = []

    def read_meanwhile(_what: str, _done: int, _of: int) -> None:
        some = {owner: known[owner] for owner in chance.sample(sorted(known), min(20, len(known)))}
        failures.extend(_unreadable(some, "during the rotation"))

    _exchange_root()
    begun = rotation.begin(author=_author(), at=_NOW, data_keys=True)
    done = rotation.run(begun, author=_author(), at=_NOW, tokens_of=_tokens_of, progress=read_meanwhile)
    failures += ["the rotation did not end"] * bool(done.left or rotation.unfinished())
    _dumping.forget_opened_keys()
    failures += _unreadable(known, "after the rotation")
    failures += ["a token was lost" for owner in known if queries.owners_with([str(owner)]) != {owner: 1}]
    return Outcome.of(failures, trials)


def _unreadable(known: Mapping[UUID, bytes], when: str) -> Iterator[str]:
    from amparo.vault import queries
    from amparo.vault.cipher import Unreadable

    try:
        opened = queries.open_many(known, "identity")
    except Unreadable:
        opened = {}
    yield from (f"a value was unreadable {when}" for owner, plain in known.items() if opened.get(owner) != plain)


def _tokens_of(owners: Collection[UUID]) -> dict[UUID, set[str]]:
    return {owner: {str(owner)} for owner in owners}


def _exchange_root() -> None:
    from django.conf import settings

    from amparo.vault import roots

    roots.rotate(author=_author(), at=_NOW, new=Path(settings.DATA) / "keys" / f"{uuid4().hex}.key")


def _author() -> Author:
    from amparo.ledger.actions import Author

    return Author("proof", role="terminal")


def _sealed() -> list[UUID]:
    """Seal two versions of two compartments for each of some owners, in an installation made for it."""
    installation.empty()
    from amparo.vault import actions

    owners = [uuid4() for _ in range(_OWNERS)]
    for version in (1, 2):
        actions.seal_many(
            [
                actions.Document(owner, compartment, version, "pnp", f"{owner}|{compartment}|{version}".encode())
                for owner in owners
                for compartment in _COMPARTMENTS
            ]
        )
    return owners


def _accepted(owners: list[UUID], trials: int, chance: random.Random) -> Iterator[str]:
    """What opened although it was moved or altered."""
    from amparo.vault import queries
    from amparo.vault.cipher import Unreadable
    from amparo.vault.models import Sealed

    rows = list(Sealed.objects.filter(owner__in=owners))
    for _ in range(trials):
        target, source = chance.sample(rows, 2)
        kind, blob = _attack(bytes(target.blob), bytes(source.blob), chance)
        Sealed.objects.filter(pk=target.pk).update(blob=blob)
        try:
            queries.open_versions(target.owner, target.compartment)
        except Unreadable:
            pass
        else:
            yield kind
        Sealed.objects.filter(pk=target.pk).update(blob=target.blob)


def _attack(target: bytes, source: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Another row's value, or the value itself with one bit turned."""
    if chance.random() < 0.5:
        return "a value of another row was accepted", source
    place = chance.randrange(len(target) * 8)
    altered = bytearray(target)
    altered[place // 8] ^= 1 << (place % 8)
    return "an altered value was accepted", bytes(altered)


PROMISES = (
    # First, because it looks at everything that the installation holds.
    Promise(
        "sealing.dump",
        "No name, document or word told is in a byte of databases, journals, files or logs; without keys none opens.",
        1_000,
        _dumping.dump,
    ),
    Promise(
        "sealing.moved",
        "A sealed value that is moved to another row or column, or altered, does not open.",
        10_000,
        moved,
    ),
    Promise(
        "sealing.erased",
        "What was erased cannot be recovered from a copy of the database; ledger and certificate say so.",
        1_000,
        erased,
    ),
    Promise("sealing.rotated", "Everything is readable while every key is exchanged, and after.", 10_000, rotated),
)
