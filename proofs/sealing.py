"""Sealing: a value opens where it was sealed and nowhere else, and not at all once its key is gone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID, uuid4

from proofs import installation
from proofs.promise import Outcome, Promise

_OWNERS = 500
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
    from amparo.vault import actions, queries
    from amparo.vault.models import Sealed

    failures: list[str] = []
    done = 0
    while done < trials:
        owners = _sealed()[: trials - done]
        copy = list(Sealed.objects.filter(owner__in=owners))
        actions.erase(owners)
        Sealed.objects.bulk_create(copy)
        for compartment in _COMPARTMENTS:
            failures += ["an erased value opened" for _ in queries.open_many(owners, compartment)]
        done += len(owners)
    return Outcome.of(failures, done)


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
    Promise(
        "sealing.moved",
        "A sealed value that is moved to another row or column, or altered, does not open.",
        10_000,
        moved,
    ),
    Promise("sealing.erased", "What was erased cannot be recovered from a copy of the database.", 1_000, erased),
)
