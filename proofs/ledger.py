"""The ledger: whatever somebody with full rights over the database does to it, the checkpoints find it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from proofs import installation
from proofs.promise import Outcome, Promise

_ENTRIES = 30
_START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def altered(trials: int, seed: int) -> Outcome:
    """Change a single row of an entry, of its subjects or of the tree."""
    _filled(seed)
    from proofs import _bending

    return _outcome(trials, seed, _bending.alter_one_row)


def rewritten(trials: int, seed: int) -> Outcome:
    """Alter, remove or put in an entry and make everything after it fit again, or cut the end off."""
    _filled(seed)
    from proofs import _bending

    return _outcome(trials, seed, _bending.rewrite)


def unavailable(trials: int, seed: int) -> Outcome:
    """Ask for an identity while the ledger cannot be written; whatever comes back is a failure."""
    _filled(seed)
    from django.db import DatabaseError, connection, transaction

    from amparo.ledger.actions import Author
    from amparo.vault import actions as vault

    owner = UUID(int=seed + 1)
    vault.seal_many([vault.Document(owner, "identity", 1, "pnp", b"somebody")])
    asked = {"owners": [owner], "compartment": "identity", "purpose": "follow_up", "basis": "record", "at": _START}
    served = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_entry RENAME TO ledger_entry_gone")
        for number in range(trials):
            try:
                with transaction.atomic():
                    vault.reveal(author=Author(f"user{number}", "pnp", "pnp-registrador"), **asked)  # type: ignore[arg-type]
            except DatabaseError:
                continue
            served.append("an identity was served without an entry")
        transaction.set_rollback(True)
    return Outcome.of(served, trials)


def _outcome(trials: int, seed: int, bend: Callable[[random.Random], str]) -> Outcome:
    """Each attack happens in a transaction that is taken back, so that the next one finds the ledger as it was."""
    from django.db import connection, transaction

    from amparo.ledger import verification
    from proofs import _bending

    chance = random.Random(seed)
    if verification.verify().fault is not None:
        return Outcome(0, 0, "the untouched ledger does not verify")
    missed = []
    for _ in range(trials):
        with transaction.atomic():
            kind = _bending.without_guards(bend, chance)
            if verification.verify().fault is None:
                missed.append(f"{kind} was not found")
            connection.needs_rollback = True
    return Outcome.of(missed, trials)


def _filled(seed: int) -> None:
    """A ledger of thirty entries with checkpoints on the way."""
    installation.empty()
    from django.db import transaction

    from amparo.ledger import actions, checkpoints, queries

    if queries.latest(limit=1):
        return
    chance = random.Random(seed)
    for number in range(_ENTRIES):
        with transaction.atomic():
            actions.record(
                author=actions.Author(f"user{number % 5}", "pnp", "pnp-registrador"),
                act="thread.read",
                at=_START + timedelta(minutes=number),
                purpose="follow_up",
                basis="record",
                subjects=[UUID(int=chance.getrandbits(128)) for _ in range(2)],
                detail={"number": number},
            )
        if number % 7 == 0:
            checkpoints.write()
    checkpoints.write()


PROMISES = (
    Promise("ledger.altered", "A single altered, removed or added row is found.", 5_000, altered),
    Promise(
        "ledger.rewritten",
        "Entries that were rewritten, removed, put in, added or cut off by the owner of the database are found.",
        1_500,
        rewritten,
    ),
    Promise("ledger.unavailable", "Nothing is served while the ledger cannot be written.", 1_000, unavailable),
)
