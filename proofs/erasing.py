"""Erasing: of somebody about whom everything was told, nothing that was sealed opens again."""

from __future__ import annotations

from datetime import UTC, datetime

from proofs import _told_of, installation
from proofs.promise import Outcome, Promise

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def forgotten(trials: int, _seed: int) -> Outcome:
    """Erase people with everything that is told of them, put the sealed rows back, and try to open any of it."""
    installation.empty()
    from amparo.vault import apart, queries

    people = _told_of.people(trials, at=_NOW)
    tables = {each.documents: list(each.documents._default_manager.all()) for each in apart.holding()}
    copy = [row for rows in tables.values() for row in rows]
    kinds = {row.compartment for row in copy}
    failures = [f"nothing was sealed as {kind}" for kind in _told_of.COMPARTMENTS - kinds]
    failures += _told_of.erase(people, at=_NOW)
    for table, rows in tables.items():
        table._default_manager.all().delete()
        table._default_manager.bulk_create(rows)
    for kind in kinds:
        opened = queries.open_many({row.owner for row in copy if row.compartment == kind}, kind)
        failures += [f"what was sealed as {kind} opened after its erasure" for _ in opened]
    failures += ["a key was left" for each in apart.holding() for _ in each.keys._default_manager.all()]
    return Outcome.of(failures, len(people))


PROMISES = (
    Promise(
        "erasing.forgotten",
        "After an erasure nothing about her opens: name, accounts, whereabouts, reasons, reviewers' notes.",
        500,
        forgotten,
    ),
)
