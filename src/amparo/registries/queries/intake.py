"""One record against all that are known: candidates by blind tokens, opened and scored with the trained weights.

Used where a record comes in by itself: by an import of a few rows, by whoever is about to open a record, and by the
API. The scores are those of the batch over all records; the verdicts are more careful (:func:`batch.score_one`).
Nothing here is shown to anybody: who may be told of whom, and the entry in the ledger, are for the rooms above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import log2
from uuid import UUID

from amparo.engines.linkage import batch, block
from amparo.engines.linkage.batch import ScoredPair
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.weigh import Model
from amparo.pack.current import pack
from amparo.registries.queries import identities, labels, records
from amparo.vault import queries as vault

MOST_OPENED = 48
"""So many candidates are opened at most; opening and comparing one takes about a fifth of a millisecond."""


def current_model() -> tuple[str, Model]:
    """The newest trained weights by name, or the shipped ones, with what people's adopted answers teach them."""
    return labels.overlaid(*labels.base())


def compare(fields: Fields, model: Model) -> list[ScoredPair]:
    """One record against the known records that share a blind token with it, the likeliest first.

    A token that more than :data:`batch.LARGEST_BLOCK` records share points to nobody; the batch parts such blocks.
    """
    tables = pack().names
    shared = vault.owners_by_token(block.keys(fields, tables), limit_per_token=batch.LARGEST_BLOCK)
    owners = records.existing(_most_telling(shared))
    owners -= vault.baits_among(owners)
    candidates = [identity.fields for identity in identities.of_records(owners).values()]
    return batch.score_one(fields, candidates, model, tables)


def _most_telling(shared: Iterable[set[UUID]]) -> list[UUID]:
    """The owners of the tokens that tell the most, at most :data:`MOST_OPENED`: a token says more the fewer have it.

    Who shares one common token out of many is let go first. Of the pairs that were worth a question among 200,000
    records, four in eight hundred were let go, none of them sure enough to be joined alone.
    """
    told: dict[UUID, float] = defaultdict(float)
    for owners in shared:
        bits = log2(2 * batch.LARGEST_BLOCK / len(owners))
        for owner in owners:
            told[owner] += bits
    return sorted(told, key=lambda owner: (-told[owner], owner.int))[:MOST_OPENED]
