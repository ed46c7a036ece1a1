"""Exchanging the key of the digests by which rows of deliveries are known again.

The new key hashes the digests that are there, so no row has to be handed in again. It is done in slices, each a short
transaction that also notes how far it came: people go on working in between, and whoever was killed goes on from
there. Deliveries wait meanwhile, with a sentence, because they could not tell old digests from new ones.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from amparo.ledger import actions as ledger
from amparo.ledger import rows
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.registries.models import DigestKey, Record, RecordVersion, SetAside
from amparo.vault import keys as vault_keys
from amparo.vault import queries as vault

# Rows that come meanwhile have later keys, and are reached last.
_KEPT: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Record, ("key", "digest")),
    (RecordVersion, ("digest",)),
    (SetAside, ("key",)),
)
_AT_ONCE = 2000


def exchange(*, author: ledger.Author, at: datetime) -> int:
    """Bring every digest to a new version of the key, or go on with that; returns how many were changed in all.

    A key that was made by a process which then died is used instead of another new one.
    """
    _begin()
    return go_on(author=author, at=at)


def go_on(*, author: ledger.Author, at: datetime) -> int:
    """Go on with an exchange that was begun and not ended; 0 where there is none."""
    for model, columns in _KEPT:
        while _slice(model, columns):
            pass
    return _end(author, at)


def is_unfinished() -> bool:
    """Whether an exchange was begun and has not ended."""
    return DigestKey.objects.filter(going_to__isnull=False).exists()


def _begin() -> None:
    with transaction.atomic():
        # All sources, in the one order in which everybody takes turns: no delivery is half way through comparing.
        for source in sorted({*pack().imports, *pack().series}):
            wait(Turn.DELIVERY, source)
        row = _locked()
        if row.going_to is not None:
            return
        new = max(vault_keys.row_keys())
        row.going_to = new if new != row.version else vault_keys.renew_rows()
        row.reached, row.changed = {}, 0
        row.save()


def _slice(model: type[models.Model], columns: tuple[str, ...]) -> bool:
    """Change the next rows of a table; ``False`` where none is left, or nothing is going on."""
    with transaction.atomic():
        row = _locked()
        if row.going_to is None:
            return False
        found = model._default_manager.exclude(**{columns[0]: ""}).order_by("pk")
        if (last := row.reached.get(model.__name__)) is not None:
            found = found.filter(pk__gt=last)
        some = list(found.values_list(*columns, "pk")[:_AT_ONCE])
        if not some:
            return False
        *values, numbers = zip(*some, strict=True)
        fresh = [vault.redigested(column, row.version, row.going_to) for column in values]
        rows.update_many(model, (*columns, "id"), zip(*fresh, numbers, strict=True))
        row.reached[model.__name__] = _as_json(numbers[-1])
        row.changed += len(some) * len(columns)
        row.save()
    return True


def _end(author: ledger.Author, at: datetime) -> int:
    """The new key is in force from here on; rows that came since the last slice are changed with it."""
    with transaction.atomic():
        row = _locked()
        if row.going_to is None:
            return 0
        while any(_slice(model, columns) for model, columns in _KEPT):
            row.refresh_from_db()
        row.version, row.going_to, row.reached, changed = row.going_to, None, {}, row.changed
        row.save()
        detail: dict[str, object] = {"version": row.version, "digests": changed}
        ledger.record(author=author, act="keys.digests", at=at, purpose="security", basis="role", detail=detail)
    return changed


def _locked() -> DigestKey:
    DigestKey.objects.get_or_create(id=1)
    return DigestKey.objects.select_for_update().get(id=1)


def _as_json(key: Any) -> Any:
    return key if isinstance(key, int) else str(key)
