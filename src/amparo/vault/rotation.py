"""Exchanging keys while everybody goes on working.

New versions of the keys are made first and are used at once for whatever is written from then on. What lies under the
old ones is moved in slices, each a short transaction that passes over what somebody else is writing at that moment;
meanwhile both versions open. A version is destroyed when nothing is under it any more and nobody is sealing. What a
rotation is to reach is written down, so that one that was killed goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction

from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.vault import apart, guard, keys, slices
from amparo.vault.models import InstitutionKey, OwnerTokens, Rotation, SealedFile, ServiceKey
from amparo.vault.providers import BLIND

__all__ = ["Progress", "Rotated", "Rotation", "begin", "is_always_in_use", "run", "status", "unfinished"]

Progress = Callable[[str, int, int], None]
# So often what others were writing is tried again, with a pause, before it is left to the next run.
_ROUNDS = 20
_PAUSE = 0.25
# Between two slices others get their turn: whoever waits to write in SQLite looks only every tenth of a second.
BREATH = {"sqlite": 0.12}


@dataclass(slots=True)
class Rotated:
    """What a run came to: keys destroyed, and what could not be moved because it does not open or was in use."""

    moved: dict[str, int] = field(default_factory=dict)
    destroyed: list[str] = field(default_factory=list)
    unreadable: int = 0
    left: int = 0


def unfinished() -> Rotation | None:
    """The rotation that was begun and has not ended."""
    return Rotation.objects.filter(finished_at=None).order_by("id").first()


def begin(
    *, author: ledger.Author, at: datetime, institutions: Collection[str] = (), data_keys: bool = False
) -> Rotation:
    """Make new versions of the keys and write down what is to be reached; the ledger says so.

    Without ``institutions``, the keys of all of them and the blind tokens' are exchanged. With ``data_keys`` every
    document is sealed again under a new key of its own. One that has not ended is returned as it is. Raises
    ``NotFound`` for an institution that has no key.
    """
    with transaction.atomic(), transaction.atomic(using="vault"):
        going = Rotation.objects.select_for_update().filter(finished_at=None).first()
        if going is not None:
            return going
        known = set(InstitutionKey.objects.values_list("institution", flat=True))
        if unknown := set(institutions) - known:
            raise NotFound("vault.no_key_of_institution", institutions=", ".join(sorted(unknown)))
        chosen = sorted(set(institutions) or known)
        rotation = Rotation.objects.create(
            started_at=at,
            by=author.name,
            institutions={institution: keys.renew(institution) for institution in chosen},
            data_keys=data_keys,
            blind_version=0 if institutions else keys.renew_blind(),
        )
        _record(author, "keys.rotate", at, {"keys": _told(rotation), "data_keys": str(data_keys)})
    return rotation


def run(
    rotation: Rotation,
    *,
    author: ledger.Author,
    at: datetime,
    tokens_of: slices.TokensOf,
    progress: Progress | None = None,
) -> Rotated:
    """Move everything, destroy the old versions and end the rotation; what is left keeps it open for the next run."""
    found = Rotated()
    for part in _parts(rotation, tokens_of):
        _move(part, found, progress)
    _retire(rotation, found, author, at)
    return found


def status() -> dict[str, dict[str, int]]:
    """What lies under each version of each key: documents' keys, files, owners' tokens."""
    told: dict[str, dict[str, int]] = {keys.name(row): {} for row in keys.every()}
    counted = [("data_keys", row) for tables in apart.holding() for row in _by_key(tables.keys, tables)]
    counted += [("files", row) for row in _by_key(SealedFile, apart.USUAL)]
    for kind, (institution, version, count) in counted:
        below = told.setdefault(f"{institution}:{version}", {})
        below[kind] = below.get(kind, 0) + count
    owners = OwnerTokens.objects.values_list("key_version").annotate(count=models.Count("pk")).order_by()
    for version, count in owners:
        told.setdefault(keys.name_of_blind(version), {})["tokens"] = count
    return told


def _by_key(model: type[models.Model], tables: apart.Tables) -> list[tuple[str, int, int]]:
    found = model._default_manager.values_list("institution", "key_version").annotate(count=models.Count("pk"))
    with tables.entered():
        return list(found.order_by())


def is_always_in_use(name: str) -> bool:
    """Whether nothing that is counted lies under a key, because it hashes digests or seals second factors."""
    return name in {keys.name(row) for row in ServiceKey.objects.exclude(purpose=BLIND)}


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of rows to move: what it is called, which are still under an old key, and how a slice is moved."""

    name: str
    waiting: Callable[[], models.QuerySet[models.Model]]
    move: Callable[[models.QuerySet[models.Model]], slices.Slice]
    tables: apart.Tables = apart.USUAL

    def left(self) -> int:
        """How many rows are still under an old key."""
        with self.tables.entered():
            return self.waiting().count()

    def is_any_left(self, *, after: Any = None) -> bool:
        """Whether any is, behind a row where one is named; asked after each slice, so it counts none."""
        with self.tables.entered():
            return (self.waiting() if after is None else self.waiting().filter(pk__gt=after)).exists()


def _parts(rotation: Rotation, tokens_of: slices.TokensOf) -> list[_Part]:
    parts: list[_Part] = []
    for institution, version in rotation.institutions.items():
        parts += _below(institution, version, rotation.data_keys)
    if rotation.blind_version:
        old_tokens = OwnerTokens.objects.filter(key_version__lt=rotation.blind_version)
        parts.append(_Part(OwnerTokens.__name__, old_tokens.all, slices.tokens(tokens_of)))
    return parts


def _below(institution: str, version: int, renew: bool) -> Iterator[_Part]:
    """What lies under older keys of an institution than this one."""
    old = {"institution": institution, "key_version__lt": version}
    for tables in apart.holding():
        waiting = tables.keys._default_manager.filter(**old)
        yield _Part(tables.keys.__name__, waiting.all, slices.data_keys(tables, renew), tables)
    yield _Part(SealedFile.__name__, SealedFile.objects.filter(**old).all, slices.file_keys)


def _move(part: _Part, found: Rotated, progress: Progress | None) -> None:
    """Move rows slice by slice, and go round again for those that somebody was writing."""
    total, done, unreadable = part.left(), 0, 0
    for number in range(_ROUNDS):
        if number:
            time.sleep(_PAUSE)
        unreadable, after = 0, None
        while True:
            waiting = part.waiting() if after is None else part.waiting().filter(pk__gt=after)
            moved = part.move(waiting)
            if moved.last is None:
                break
            after, done, unreadable = moved.last, done + moved.done, unreadable + moved.unreadable
            if progress:
                progress(part.name, done, total)
            if part.is_any_left(after=after):
                time.sleep(BREATH.get(connections["vault"].vendor, 0.0))
        if part.left() <= unreadable:
            break
    found.moved[part.name] = found.moved.get(part.name, 0) + done
    found.unreadable += unreadable
    found.left += part.left() - unreadable


def _retire(rotation: Rotation, found: Rotated, author: ledger.Author, at: datetime) -> None:
    """Destroy the versions that nothing is under and end the rotation where all are gone."""
    with transaction.atomic(), transaction.atomic(using="vault"):
        if not guard.alone():
            return
        for institution, version in rotation.institutions.items():
            old = InstitutionKey.objects.filter(institution=institution, version__lt=version)
            if not any(part.is_any_left() for part in _below(institution, version, rotation.data_keys)):
                found.destroyed += _destroy(old)
        if not OwnerTokens.objects.filter(key_version__lt=rotation.blind_version).exists():
            old_blind = ServiceKey.objects.filter(purpose=BLIND, version__lt=rotation.blind_version)
            found.destroyed += _destroy(old_blind)
        if not any(part.is_any_left() for part in _parts(rotation, _no_tokens)):
            Rotation.objects.filter(id=rotation.id).update(finished_at=at)
        _record(
            author,
            "keys.retire",
            at,
            {"destroyed": found.destroyed, "unreadable": str(found.unreadable), "left": str(found.left)},
        )


def _destroy(rows: models.QuerySet[InstitutionKey] | models.QuerySet[ServiceKey]) -> list[str]:
    names = [keys.name(row) for row in rows]
    rows.delete()
    return names


def _no_tokens(_: object) -> Mapping[UUID, Collection[str]]:
    return {}


def _told(rotation: Rotation) -> list[str]:
    blind = [keys.name_of_blind(rotation.blind_version)] if rotation.blind_version else []
    return [f"{institution}:{version}" for institution, version in rotation.institutions.items()] + blind


def _record(author: ledger.Author, act: str, at: datetime, detail: Mapping[str, object]) -> None:
    ledger.record(author=author, act=act, at=at, purpose="security", basis="role", detail=detail)
