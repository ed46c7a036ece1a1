"""Exchanging the key of the digests by which rows of deliveries are known again.

The new key hashes the digests that are there, so no row has to be handed in again. The key is made first and is in
force from the moment all digests are of it: both change in one transaction of the main database, for which deliveries
wait.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from django.db import models, transaction

from amparo.ledger import actions as ledger
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.registries import digests
from amparo.registries.models import DigestKey, Record, RecordVersion, SetAside
from amparo.vault import keys as vault_keys
from amparo.vault import queries as vault
from amparo.vault import rows

_KEPT: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Record, ("key", "digest")),
    (RecordVersion, ("digest",)),
    (SetAside, ("key",)),
)
_AT_ONCE = 2000


def exchange(*, author: ledger.Author, at: datetime) -> int:
    """Bring every digest to a new version of the key; returns how many were changed.

    A key that was made by a process which then died is used instead of another new one.
    """
    with transaction.atomic():
        # All sources, in the one order in which everybody takes turns: no delivery may compare old with new.
        for source in sorted({*pack().imports, *pack().series}):
            wait(Turn.DELIVERY, source)
        old = digests.in_force()
        new = max(vault_keys.row_keys())
        if new == old:
            new = vault_keys.renew_rows()
        changed = sum(_redigest(model, columns, old, new) for model, columns in _KEPT)
        DigestKey.objects.update_or_create(id=1, defaults={"version": new})
        ledger.record(
            author=author,
            act="keys.digests",
            at=at,
            purpose="security",
            basis="role",
            detail={"version": new, "digests": changed},
        )
    return changed


def _redigest(model: type[models.Model], columns: tuple[str, ...], old: int, new: int) -> int:
    found = model._default_manager.exclude(**{columns[0]: ""}).order_by("pk").values_list(*columns, "pk")
    reading, changed = found.iterator(chunk_size=_AT_ONCE), 0
    while some := list(islice(reading, _AT_ONCE)):
        *values, keys_of_rows = zip(*some, strict=True)
        fresh = [vault.redigested(column, old, new) for column in values]
        rows.update_many(model, (*columns, "id"), zip(*fresh, keys_of_rows, strict=True))
        changed += len(some) * len(columns)
    return changed
