"""Sends the vault's models to the vault's own database and everything else to the other one."""

from __future__ import annotations

from typing import Any

VAULT = "vault"


class VaultRouter:
    """Keeps identities in a database of their own (law 5 of the design)."""

    def db_for_read(self, model: type[Any], **hints: object) -> str | None:
        """Read the vault's models from the vault."""
        return VAULT if model._meta.app_label == VAULT else None

    def db_for_write(self, model: type[Any], **hints: object) -> str | None:
        """Write the vault's models to the vault."""
        return VAULT if model._meta.app_label == VAULT else None

    def allow_relation(self, first: object, second: object, **hints: object) -> bool | None:
        """Nothing may point from one database into the other."""
        labels = {getattr(obj, "_meta").app_label == VAULT for obj in (first, second)}  # noqa: B009
        return len(labels) == 1

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Each database gets only its own tables."""
        return (db == VAULT) == (app_label == VAULT)
