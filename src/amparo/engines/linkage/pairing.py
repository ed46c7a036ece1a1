"""Which records are worth comparing: blocks of records that share a key, and the pairs within them, as arrays.

Keys are strings of which records have a dozen each; kept as text, those of half a million records would fill the
memory. They are therefore held as 64-bit digests, and pairs are numbers that are made a stretch of records at a
time and never all at once. A digest that two keys happen to share costs a comparison and changes no score.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from amparo.engines.linkage import block
from amparo.engines.linkage.prepare import Prepared

LARGEST_BLOCK = 200
"""A key that more records than this share points to nobody; its block is parted or passed over."""

Places = npt.NDArray[np.int32]
Digests = npt.NDArray[np.uint64]
Pairs = tuple[Places, Places]

_MIXER = np.uint64(0x9E3779B97F4A7C15)
# So many pairs are made at once; what they take is freed before the next.
_AT_ONCE = 250_000


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys of records: at each position the digest of one key and the place of one record that bears it."""

    digests: Digests
    places: Places

    @classmethod
    def of(cls, keys: Iterable[Iterable[str]], first: int = 0) -> Keyed:
        """The keys of consecutive records, the first of which has the place ``first``."""
        digests = array("Q")
        counts: list[int] = []
        for told in keys:
            before = len(digests)
            digests.extend(map(_digest, told))
            counts.append(len(digests) - before)
        places = np.repeat(np.arange(first, first + len(counts), dtype=np.int32), counts)
        return cls(np.array(digests), places)

    @classmethod
    def joined(cls, parts: Sequence[Keyed]) -> Keyed:
        """Several in one."""
        return cls(np.concatenate([part.digests for part in parts]), np.concatenate([part.places for part in parts]))


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of at most so many records, laid end to end.

    ``members`` are the places of records, ascending within each block. Position ``order[k]`` of ``members`` and the
    end of its block ``ends[k]`` belong to the record for which ``starts[record] <= k < starts[record + 1]``.
    """

    members: Places
    order: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    def counts(self) -> npt.NDArray[np.int64]:
        """For each record how many partners its blocks hold, those that several blocks hold counted several times."""
        total = np.concatenate(([0], np.cumsum(self.ends - self.order - 1)))
        counted: npt.NDArray[np.int64] = total[self.starts[1:]] - total[self.starts[:-1]]
        return counted

    def pairs(self, part: int = 0, parts: int = 1, *, at_once: int = _AT_ONCE) -> Iterator[Pairs]:
        """Pairs of places of records that share a block, each once, the lower place first, in order.

        They come in stretches of about ``at_once``. One of several ``parts`` has every so manieth stretch: together
        they have all.
        """
        so_far = np.cumsum(self.counts())
        edges = np.unique(np.searchsorted(so_far, np.arange(0, so_far[-1] if len(so_far) else 0, at_once)))
        limits = [*edges.tolist(), len(self.starts) - 1]
        for number, (low, high) in enumerate(pairwise(limits)):
            if number % parts == part and high > low:
                yield self._between(low, high)

    def share(self, one: int, other: int) -> bool:
        """Whether two records, by their places, are in one block."""
        first, second = (self.ends[self.starts[place] : self.starts[place + 1]] for place in (one, other))
        return not set(first.tolist()).isdisjoint(second.tolist())

    def _between(self, low: int, high: int) -> Pairs:
        """The pairs whose lower place is at least ``low`` and below ``high``."""
        entries = slice(self.starts[low], self.starts[high])
        after, ends = self.order[entries] + 1, self.ends[entries]
        counts = ends - after
        before = np.cumsum(counts) - counts
        positions = np.arange(counts.sum()) + np.repeat(after - before, counts)
        lefts = np.repeat(self.members[self.order[entries]], counts).astype(np.int64)
        codes = _distinct((lefts << 32) | self.members[positions])
        return (codes >> 32).astype(np.int32), codes.astype(np.int32)


def _distinct(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The different codes in order; in place, which numpy's own function is not."""
    codes.sort()
    keep = np.ones(len(codes), dtype=np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=keep[1:])
    return codes[keep]


def blocks_of(records: Sequence[Prepared], keyed: Keyed, largest: int = LARGEST_BLOCK) -> Blocks:
    """The blocks of these records.

    One with more than ``largest`` records is parted by window of birth, and what is still too large by district of
    origin; parts that remain too large are passed over, because so many share the key that it points to nobody, and
    records of one person share other keys.
    """
    small, large = _parted(keyed, largest)
    if len(large.places):
        born, too_large = _parted(_finer(large, _windows(records, np.unique(large.places))), largest)
        small = Keyed.joined([small, born])
        if len(too_large.places):
            near, _ = _parted(_finer(too_large, _origins(records, np.unique(too_large.places))), largest)
            small = Keyed.joined([small, near])
    return _laid_out(small, len(records))


def _parted(keyed: Keyed, largest: int) -> tuple[Keyed, Keyed]:
    """The keys that two to ``largest`` records share, and those that more do."""
    order = np.argsort(keyed.digests, kind="stable")
    digests = keyed.digests[order]
    starts = np.flatnonzero(np.concatenate(([True], digests[1:] != digests[:-1]))) if len(digests) else order
    sizes = np.diff(np.append(starts, len(digests)))
    size = np.empty(len(digests), dtype=np.int64)
    size[order] = np.repeat(sizes, sizes)
    small, large = (size > 1) & (size <= largest), size > largest
    return Keyed(keyed.digests[small], keyed.places[small]), Keyed(keyed.digests[large], keyed.places[large])


def _finer(keyed: Keyed, more: Keyed) -> Keyed:
    """Each key together with everything that ``more`` tells of the same record; nothing where it tells nothing."""
    starts, ends = (np.searchsorted(more.places, keyed.places, side) for side in ("left", "right"))
    counts = ends - starts
    before = np.cumsum(counts) - counts
    positions = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    digests = np.repeat(keyed.digests, counts) * _MIXER ^ more.digests[positions]
    return Keyed(digests, np.repeat(keyed.places, counts))


def _windows(records: Sequence[Prepared], places: Places) -> Keyed:
    found = [Keyed.of([block.birth_windows(records[place])], place) for place in places.tolist()]
    return Keyed.joined(found)


def _origins(records: Sequence[Prepared], places: Places) -> Keyed:
    told = [(place, records[place].fields.origin[:6]) for place in places.tolist()]
    return Keyed.joined([Keyed.of([[origin] if origin else []], place) for place, origin in told])


def _laid_out(keyed: Keyed, records: int) -> Blocks:
    order = np.lexsort((keyed.places, keyed.digests))
    digests, members = keyed.digests[order], keyed.places[order]
    last = np.flatnonzero(np.append(digests[1:] != digests[:-1], np.ones(min(len(digests), 1), dtype=np.bool_)))
    sizes = np.diff(np.concatenate(([0], last + 1)))
    ends = np.repeat(last + 1, sizes)
    by_record = np.argsort(members, kind="stable")
    starts = np.searchsorted(members[by_record], np.arange(records + 1))
    return Blocks(members, by_record, ends[by_record], starts)
