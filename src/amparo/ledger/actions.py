"""Writing to the ledger: the one way in."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, transaction

from amparo.ledger import checkpoints, entries, rows, signing, tree, turns
from amparo.ledger.models import Entry, EntrySubject

_SECONDS_BETWEEN_CHECKPOINTS = 60.0
_SUBJECTS_AT_ONCE = 2000
_last_checkpoint = [0.0]


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, as the ledger writes it down: a user's name for signing in, never a person's name."""

    name: str
    institution: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a watcher learns of an entry that is being written."""

    author: Author
    act: str
    at: datetime
    subjects: Collection[UUID]


Watcher = Callable[[Told], None]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Have every entry told to somebody, in the same transaction: nothing is read without an entry, so none is missed.

    Rooms above the ledger, which it cannot know, ask for this once when they start.
    """
    if watcher not in _watchers:
        _watchers.append(watcher)


def record(
    *,
    author: Author,
    act: str,
    at: datetime,
    purpose: str = "",
    basis: str = "",
    subjects: Collection[UUID] = (),
    detail: Mapping[str, object] | None = None,
) -> int:
    """Add one entry inside the caller's transaction and return its number.

    ``subjects`` are ids of records. ``detail`` holds codes and counts, never a name or a document number. Raises
    ``TransactionManagementError`` outside a transaction: an act and its entry stand or fall together.
    """
    _require_transaction()
    turns.wait(turns.Turn.LEDGER)
    size, last = Entry.objects.order_by("-seq").values_list("seq", "digest").first() or (0, "")
    content = entries.Content(
        seq=size + 1,
        at=at,
        actor=author.name,
        institution=author.institution,
        role=author.role,
        act=act,
        purpose=purpose,
        basis=basis,
        detail=dict(detail or {}),
        subject_count=len(subjects),
        subjects_digest=entries.subjects_digest(subjects),
    )
    digest = entries.digest(content)
    _insert(content, digest, subjects)
    tree.grow(size, last, digest)
    for watcher in _watchers:
        watcher(Told(author, act, at, subjects))
    transaction.on_commit(_checkpoint_when_due)
    return content.seq


def _require_transaction() -> None:
    if not transaction.get_connection(DEFAULT_DB_ALIAS).in_atomic_block:
        raise transaction.TransactionManagementError("The ledger is written inside the transaction of the act.")


def _insert(content: entries.Content, digest: str, subjects: Collection[UUID]) -> None:
    Entry.objects.create(
        seq=content.seq,
        at=content.at,
        actor=content.actor,
        institution=content.institution,
        role=content.role,
        act=content.act,
        purpose=content.purpose,
        basis=content.basis,
        detail=content.detail,
        subject_count=content.subject_count,
        subjects_digest=content.subjects_digest,
        digest=digest,
        stamp=signing.stamps()(digest),
    )
    waiting = iter(subjects)
    while some := [(content.seq, subject) for subject in islice(waiting, _SUBJECTS_AT_ONCE)]:
        rows.insert_many(EntrySubject, ("entry", "subject"), some)


def _checkpoint_when_due() -> None:
    """Write the ledger's head outside the database, at most once a minute from this process."""
    if time.monotonic() - _last_checkpoint[0] >= _SECONDS_BETWEEN_CHECKPOINTS:
        _last_checkpoint[0] = time.monotonic()
        checkpoints.write()
