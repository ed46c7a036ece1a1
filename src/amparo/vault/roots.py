"""Exchanging the root key: the new one is put beside the old, every key is wrapped again, then the old one goes.

Killed in between, both roots stand in the file and everything opens; the same command goes on from there. And the root
key in shares, so that a copy is kept and no one person keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger
from amparo.vault import guard, keys, providers, shares
from amparo.vault.providers import FileKeys, KeyProvider, LocalKeys
from amparo.vault.shares import Share


def rotate(*, author: ledger.Author, at: datetime, new: Path | None = None) -> tuple[str, int]:
    """Put every key under a new root; returns the root's name and how many keys were moved.

    ``new`` is a file with the new root key, made where there is none. It needs a root key that is kept in a file;
    where the environment or a key service keeps it, the new one is configured there first, and ``new`` is left out.
    """
    holder = providers.provider()
    if new is not None:
        _place_beside(holder, new)
        holder = providers.provider()
    moved = keys.rewrap()
    with transaction.atomic(), transaction.atomic(using="vault"):
        destroyed = _drop_old(holder)
        ledger.record(
            author=author,
            act="keys.root",
            at=at,
            purpose="security",
            basis="role",
            detail={"root": holder.newest(), "keys": str(moved), "destroyed": destroyed},
        )
    return holder.newest(), moved


def split(*, author: ledger.Author, at: datetime, number: int, needed: int) -> list[Share]:
    """The root key in so many shares, of which ``needed`` give it back; the ledger has it that they were made.

    Raises ``Invalid`` where the root is in a key service, or being exchanged, or for numbers that make no sense.
    """
    holder = providers.provider()
    if not isinstance(holder, LocalKeys):
        raise Invalid("vault.root_not_here")
    key = holder.only()
    made = shares.split(key, providers.root_name(key), number=number, needed=needed)
    with transaction.atomic():
        ledger.record(
            author=author, act="keys.split", at=at, purpose="security", basis="role",
            detail={"root": providers.root_name(key), "shares": str(number), "needed": str(needed)},
        )  # fmt: skip
    return made


def joined(found: Sequence[Share]) -> bytes:
    """The root key that shares give; raises ``Invalid`` where they give none, or another one than they name."""
    key = shares.joined(found)
    if providers.root_name(key) != found[0].key_name:
        raise Invalid("shares.of_another_key")
    return key


def _place_beside(holder: KeyProvider, new: Path) -> None:
    if not isinstance(holder, FileKeys):
        raise Invalid("vault.root_not_in_a_file")
    if new.exists() and new.resolve() == holder.path.resolve():
        raise Invalid("vault.new_root_is_the_old_one")
    holder.add(providers.new_key_file(new))


def _drop_old(holder: KeyProvider) -> list[str]:
    """Remove roots from the file that nothing is under; whoever makes a key this moment is waited for next time."""
    return holder.keep(keys.roots()) if isinstance(holder, FileKeys) and guard.alone() else []
