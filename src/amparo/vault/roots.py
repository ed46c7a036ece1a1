"""Exchanging the root key: the new one is put beside the old, every key is wrapped again, then the old one goes.

Killed in between, both roots stand in the file and everything opens; the same command goes on from there.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger
from amparo.vault import guard, keys, providers
from amparo.vault.providers import FileKeys, KeyProvider


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


def _place_beside(holder: KeyProvider, new: Path) -> None:
    if not isinstance(holder, FileKeys):
        raise Invalid("vault.root_not_in_a_file")
    if new.exists() and new.resolve() == holder.path.resolve():
        raise Invalid("vault.new_root_is_the_old_one")
    holder.add(providers.new_key_file(new))


def _drop_old(holder: KeyProvider) -> list[str]:
    """Remove roots from the file that nothing is under; whoever makes a key this moment is waited for next time."""
    return holder.keep(keys.roots()) if isinstance(holder, FileKeys) and guard.alone() else []
