"""Erasing: of somebody about whom everything was told, nothing that was sealed opens again."""

from __future__ import annotations

from datetime import UTC, datetime

from proofs import _told_of, installation
from proofs.promise import Outcome, Promise

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def forgotten(trials: int, _seed: int) -> Outcome:
    """Erase people with everything that is told of them, put the sealed rows back, and try to open any of it."""
    installation.empty()
    from amparo.vault import queries
    from amparo.vault.models import DataKey, Sealed

    people = _told_of.people(trials, at=_NOW)
    copy = list(Sealed.objects.all())
    kinds = {row.compartment for row in copy}
    failures = [f"nothing was sealed as {kind}" for kind in _told_of.COMPARTMENTS - kinds]
    failures += _told_of.erase(people, at=_NOW)
    Sealed.objects.all().delete()
    Sealed.objects.bulk_create(copy)
    for kind in kinds:
        opened = queries.open_many({row.owner for row in copy if row.compartment == kind}, kind)
        failures += [f"what was sealed as {kind} opened after its erasure" for _ in opened]
    failures += ["a key was left" for _ in DataKey.objects.all()]
    return Outcome.of(failures, len(people))


PROMISES = (
    Promise(
        "erasing.forgotten",
        "After an erasure nothing about her opens: name, accounts, whereabouts, reasons, reviewers' notes.",
        500,
        forgotten,
    ),
)
