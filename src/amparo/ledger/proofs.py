"""Proofs to hand out: that an entry is in the ledger, or that the ledger of today continues that of a signed note.

Each is a JSON document that anybody can check with ``check_ledger_proof.py`` and the public key, without Amparo and
without seeing any other entry.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache

from amparo.kernel.errors import Conflict, NotFound
from amparo.ledger import checkpoints, entries, merkle, notes, tree
from amparo.ledger.models import Entry
from amparo.ledger.notes import Checkpoint
from amparo.ledger.verification import content_of


def of_entry(seq: int) -> dict[str, object]:
    """That the entry is covered by the newest checkpoint.

    Raises ``NotFound`` where there is no such entry, and ``Conflict`` where no checkpoint covers it yet.
    """
    entry = Entry.objects.filter(seq=seq).first()
    if entry is None:
        raise NotFound("ledger.no_such_entry")
    note, newest = _newest()
    if newest.size < seq:
        raise Conflict("ledger.no_checkpoint_yet")
    path = merkle.inclusion(seq - 1, newest.size, tree.subtree)
    return {
        "proves": "inclusion",
        "entry": json.loads(entries.canonical(content_of(entry))),
        "index": seq - 1,
        "path": _encoded(path),
        "checkpoint": note,
    }


def archive(institution: str, since: int, until: int) -> Iterator[dict[str, object]]:
    """What an institution's people did from an entry to before another, each entry with its way into one checkpoint.

    The first document says what the archive is and has the checkpoint; the others have no more than entry and path. It
    shows that nothing in it was altered, not that nothing is missing: that shows beside the next checkpoint's archive.
    Raises ``Conflict`` where no checkpoint covers all of it yet.
    """
    note, newest = _newest()
    if newest.size < until - 1:
        raise Conflict("ledger.no_checkpoint_yet")
    chosen = Entry.objects.filter(institution=institution, seq__gte=since, seq__lt=until).order_by("seq")
    yield {"proves": "archive", "institution": institution, "entries": chosen.count(), "checkpoint": note}
    # Neighbours share all of their way but its beginning.
    subtree = cache(tree.subtree)
    for entry in chosen.iterator():
        path = merkle.inclusion(entry.seq - 1, newest.size, subtree)
        told = json.loads(entries.canonical(content_of(entry)))
        yield {"entry": told, "index": entry.seq - 1, "path": _encoded(path)}


def since(old_note: str) -> dict[str, object]:
    """That the newest checkpoint continues an older one, whose note somebody kept.

    Raises ``NotFound`` where it is not a note or of another ledger, and ``Conflict`` where it is newer than ours.
    """
    note, newest = _newest()
    try:
        old = notes.parse(old_note)
    except notes.Unsigned as error:
        raise NotFound("ledger.no_such_checkpoint") from error
    if old.origin != newest.origin:
        raise NotFound("ledger.no_such_checkpoint")
    if old.size > newest.size:
        raise Conflict("ledger.checkpoint_is_newer")
    path = merkle.consistency(old.size, newest.size, tree.subtree)
    return {"proves": "consistency", "old": old_note, "path": _encoded(path), "checkpoint": note}


def _newest() -> tuple[str, Checkpoint]:
    note = checkpoints.latest()
    if not note:
        raise Conflict("ledger.no_checkpoint_yet")
    return note, notes.parse(note)


def _encoded(path: list[bytes]) -> list[str]:
    return [b64encode(value).decode("ascii") for value in path]
