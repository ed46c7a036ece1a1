"""Sealed files and previews that a process left behind when it died: nothing refers to them, so nobody can come back.

A file is sealed before the delivery that it belongs to is written, in another database and on disk. Whoever dies
between the two leaves somebody's personal data lying about, and only looking for it removes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.ledger import actions as ledger
from amparo.registries.models import Batch, Upload
from amparo.registries.queries.uploads import COMPARTMENT
from amparo.vault import actions as vault
from amparo.vault import files
from amparo.vault import queries as sealed

# No delivery takes this long: what is younger may belong to one that is being written.
_AT_WORK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Orphans:
    """Sealed files, and owners of sealed previews, that nothing refers to."""

    files: tuple[UUID, ...]
    previews: tuple[UUID, ...]

    @property
    def number(self) -> int:
        """How many there are of both."""
        return len(self.files) + len(self.previews)


def orphans(*, at: datetime) -> Orphans:
    """What nothing refers to and no delivery at work can still claim."""
    # What is sealed is listed first: what is claimed meanwhile is then found to be claimed.
    lying = files.made_before(at - _AT_WORK)
    previews = sealed.owners_in(COMPARTMENT)
    waiting = dict(Upload.objects.filter(state="preview").values_list("id", "file"))
    taken = set(Batch.objects.values_list("file", flat=True))
    unclaimed = previews - waiting.keys()
    fresh = set(Upload.objects.filter(id__in=unclaimed, at__gte=at - _AT_WORK).values_list("id", flat=True))
    return Orphans(
        files=tuple(sorted(lying - taken - set(waiting.values()))), previews=tuple(sorted(unclaimed - fresh))
    )


def sweep(*, actor: Actor, at: datetime) -> int:
    """Destroy what nothing refers to, keys first; returns how many files and previews. The ledger says so."""
    found = orphans(at=at)
    if found.number:
        with transaction.atomic():
            ledger.record(
                author=actor.author,
                act="files.sweep",
                at=at,
                purpose="registration",
                basis="role",
                detail={"files": str(len(found.files)), "previews": str(len(found.previews))},
            )
        for file in found.files:
            files.discard(file)
        vault.erase(found.previews)
    return found.number
