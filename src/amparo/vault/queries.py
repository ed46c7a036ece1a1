"""Opening what is sealed, and finding owners by blind tokens.

These are for the machine's own reading (linkage, search, obligations). Whoever shows an identity to a person goes
through ``actions.reveal``, which writes to the ledger first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from amparo.vault import apart, cipher, keys
from amparo.vault.models import Bait, BlindToken, SealedFile, SealedKey

# SQLite takes at most 999 parameters in builds of old; 500 is near enough to the best speed.
_CHUNK = 500
_kept: ContextVar[dict[tuple[UUID, str], bytes | None] | None] = ContextVar("kept", default=None)


@contextmanager
def kept_open() -> Iterator[None]:
    """As long as this lasts, a document that was opened is not opened again, and is forgotten at the end.

    For a page that reads one document for several of its parts, and seals none meanwhile.
    """
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def open_many(owners: Collection[UUID], compartment: str) -> dict[UUID, bytes]:
    """The latest document of each owner in a compartment; owners that have none are left out."""
    kept = _kept.get()
    if kept is None:
        return _latest(list(owners), compartment)
    missing = [owner for owner in owners if (owner, compartment) not in kept]
    found = _latest(missing, compartment)
    kept |= {(owner, compartment): found.get(owner) for owner in missing}
    return {owner: plain for owner in owners if (plain := kept[owner, compartment]) is not None}


def _latest(owners: Sequence[UUID], compartment: str) -> dict[UUID, bytes]:
    opened: dict[UUID, bytes] = {}
    for chunk in _chunks(owners):
        opened |= {owner: plain for owner, _, plain in _open(chunk, compartment, latest=True)}
    return opened


def open_versions(owner: UUID, compartment: str) -> dict[int, bytes]:
    """Every version of one owner's document in a compartment, by number."""
    return {version: plain for _, version, plain in _open([owner], compartment, latest=False)}


def _open(owners: Sequence[UUID], compartment: str, *, latest: bool) -> list[tuple[UUID, int, bytes]]:
    """Open documents. Keys may be exchanged between reading a key and reading what is under it; then both are read
    again while nobody can exchange them, and what still does not open was altered or moved.
    """
    try:
        return list(_opened(owners, compartment, latest=latest))
    except cipher.Unreadable:
        with transaction.atomic(using="vault"):
            return list(_opened(owners, compartment, latest=latest, held=True))


def _opened(
    owners: Sequence[UUID], compartment: str, *, latest: bool, held: bool = False
) -> Iterator[tuple[UUID, int, bytes]]:
    wrapped, tables = data_keys(owners, compartment, held=held), apart.of(compartment)
    rows = tables.documents._default_manager.filter(owner__in=owners, compartment=compartment)
    with tables.entered():
        found = list(rows.order_by("owner", "version").values_list("owner", "version", "blob"))
    if latest:
        found = list({row[0]: row for row in found}.values())
    for owner, version, blob in found:
        key = wrapped.get((owner, compartment))
        if key is not None:
            yield owner, version, cipher.unseal(bytes(blob), key, cipher.place_of(owner, compartment, version))


def data_keys(owners: Collection[UUID], compartment: str = "", *, held: bool = False) -> dict[tuple[UUID, str], bytes]:
    """The unwrapped data keys of owners, by owner and compartment; all compartments where none is named.

    With ``held``, inside a transaction, nobody exchanges or destroys them until it ends.
    """
    found: dict[tuple[UUID, str], bytes] = {}
    for tables in apart.holding(compartment):
        for chunk in _chunks(sorted(owners)):
            chosen = _keys_in(tables, compartment).filter(owner__in=chunk)
            if held:
                chosen = chosen.select_for_update().order_by("owner", "compartment")
            with tables.entered():
                rows = list(chosen.values_list("owner", "compartment", "institution", "key_version", "wrapped"))
            wrapping = keys.of({(institution, version) for _, _, institution, version, _ in rows})
            for owner, name, institution, version, blob in rows:
                found[owner, name] = unwrapped(owner, name, bytes(blob), wrapping.get((institution, version)))
    return found


def _keys_in(tables: apart.Tables, compartment: str) -> QuerySet[SealedKey]:
    every = tables.keys._default_manager.all()
    return every.filter(compartment=compartment) if compartment else every


def unwrapped(owner: UUID, compartment: str, blob: bytes, wrapping: bytes | None) -> bytes:
    """A data key; raises :class:`~amparo.vault.cipher.Unreadable` where the key that it was under is gone."""
    if wrapping is None:
        raise cipher.Unreadable("vault.unreadable")
    return cipher.unseal(blob, wrapping, cipher.place_of_data_key(owner, compartment))


def owners_with(tokens: Iterable[str], *, limit_per_token: int = 0) -> Counter[UUID]:
    """Owners that share any of the blind tokens, with how many they share; see :func:`owners_by_token`."""
    return Counter(owner for owners in owners_by_token(tokens, limit_per_token=limit_per_token) for owner in owners)


def owners_by_token(tokens: Iterable[str], *, limit_per_token: int = 0) -> list[set[UUID]]:
    """For each blind token that anybody has, its owners.

    ``limit_per_token`` above 0 leaves out tokens that more owners than that share: they tell nobody apart.
    """
    # While the key is being exchanged, some owners' tokens are under the old one and some under the new one.
    both = keys.blind_keys().values()
    wanted = sorted({cipher.blind(token, key) for token in tokens for key in both})
    by_token: dict[bytes, set[UUID]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chosen = BlindToken.objects.filter(token__in=wanted[start : start + _CHUNK])
        if limit_per_token:
            # Counted before they are read: the commonest tokens have thousands of owners, and none of them is wanted.
            counted = chosen.values_list("token").annotate(owners=Count("owner")).filter(owners__lte=limit_per_token)
            chosen = BlindToken.objects.filter(token__in=[token for token, _ in counted])
        for token, owner in chosen.values_list("token", "owner"):
            by_token.setdefault(bytes(token), set()).add(owner)
    return list(by_token.values())


def baits() -> frozenset[UUID]:
    """Every record that is a bait; there are few."""
    return frozenset(Bait.objects.values_list("owner", flat=True))


def baits_among(owners: Collection[UUID]) -> frozenset[UUID]:
    """Those of the records that are baits."""
    if len(owners) > _CHUNK:
        return baits().intersection(owners)
    return frozenset(Bait.objects.filter(owner__in=owners).values_list("owner", flat=True))


def row_digests(values: Iterable[str], version: int) -> list[str]:
    """Keyed hashes of contents or own numbers, 32 hexadecimal digits each, for comparing without holding them.

    Each version of the key hashes what the one before made of it, so that digests are brought to a newer version
    (:func:`redigested`) although nobody holds any longer what they were made of.
    """
    return redigested(values, 0, version)


def redigested(values: Iterable[str], since: int, version: int) -> list[str]:
    """Digests of an older version as those of a newer one. Whoever has an older key alone can test no guess on them."""
    digests = list(values)
    for number, key in keys.row_keys().items():
        if since < number <= version:
            hashed = cipher.keyed_hash(key)
            digests = [hashed(value).hex()[:32] for value in digests]
    return digests


def owners_of(owners: Iterable[UUID], compartment: str) -> set[UUID]:
    """Those of these owners under whom something is sealed in a compartment."""
    wanted, found = list(owners), set[UUID]()
    tables = apart.of(compartment)
    for chunk in _chunks(wanted):
        chosen = _keys_in(tables, compartment).filter(owner__in=chunk)
        with tables.entered():
            found |= set(chosen.values_list("owner", flat=True))
    return found


def kept_files(files: Iterable[UUID]) -> set[UUID]:
    """Those of these files that are there still."""
    wanted, found = list(files), set[UUID]()
    for chunk in _chunks(wanted):
        found |= set(SealedFile.objects.filter(id__in=chunk).values_list("id", flat=True))
    return found


def owners_in(compartment: str) -> set[UUID]:
    """Owners of whom something is sealed in a compartment."""
    tables = apart.of(compartment)
    with tables.entered():
        return set(_keys_in(tables, compartment).values_list("owner", flat=True))


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
