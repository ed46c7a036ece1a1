"""One record made ready for comparing: every name folded, every number read, once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from amparo.engines.linkage import documents, fold, names
from amparo.engines.linkage.documents import Document
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import Identity, NameTables
from amparo.kernel.dates import Approx, Precision

_JOINED_PARTICLES = ("DELA", "DELOS", "DELAS", "DEL", "LA", "DE", "SAN", "SANTA")
_LEAST_RARITY, _MOST_RARITY = -4.0, 5.0
_GIVEN_KEPT = 4

# References of these kinds belong to one person; all others to a case, which may have many.
PERSONAL_REFERENCES = frozenset({"ficha_cem", "ficha_calp", "expediente_upe", "registro_reta", "udavit", "persona"})


@dataclass(frozen=True, slots=True)
class Part:
    """One surname or one given name.

    ``strict`` and ``loose`` are its main keys; ``also`` holds every other key it may agree under (particles joined
    or dropped, the full names a nickname stands for). ``rarity`` is in bits: how much more than an average name an
    agreement on this one says.
    """

    strict: str
    loose: str
    also: frozenset[str]
    rarity: float


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth as an interval of day ordinals; ``invented`` where 1 January or 30 June stand for an unknown day."""

    earliest: int
    latest: int
    day: date | None
    precise: bool
    invented: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the comparisons read of one record."""

    fields: Fields
    identity: Identity
    initials: str
    surnames: tuple[Part, ...]
    given: tuple[Part, ...]
    alias: frozenset[str]
    native: frozenset[str]
    birth: Birth | None
    document: Document | None
    guardian: Document | None
    event_day: int | None
    personal_refs: frozenset[str]
    case_refs: frozenset[str]


class Reader:
    """Prepares records with one set of name tables, keeping what it has derived from them."""

    def __init__(self, tables: NameTables) -> None:
        self.tables = tables
        self._surname_shares = _folded(tables.surname_frequency)
        self._given_shares = _folded(tables.given_frequency)
        self._surname_chance = _chance(self._surname_shares)
        self._given_chance = _chance(self._given_shares)
        self._nicknames = {
            fold.loose(short): frozenset(fold.loose(name) for name in full) for short, full in tables.nicknames.items()
        }
        self._parts: dict[tuple[str, ...], Part] = {}
        self._given_parts: dict[str, Part] = {}

    def read(self, record: Fields) -> Prepared:
        """Prepare one record."""
        known = names.identity(record.given, record.surname1, record.surname2)
        named = known is Identity.NAMED
        return Prepared(
            fields=record,
            identity=known,
            initials=names.initials(record.surname1, record.surname2, record.given) if not named else "",
            surnames=self._surnames(record) if named else (),
            given=self._given(record.given) if named else (),
            alias=frozenset(filter(None, map(fold.loose_word, fold.words(record.alias)))),
            native=frozenset(filter(None, map(fold.loose_word, fold.words(record.native_name)))),
            birth=_birth(record.birth),
            document=documents.read(record.doc_type, record.doc_number),
            guardian=documents.read("DNI", record.guardian_doc) if record.guardian_doc else None,
            event_day=record.event_on.toordinal() if record.event_on else None,
            personal_refs=frozenset(ref for ref in record.references if _is_personal(ref)),
            case_refs=frozenset(ref for ref in record.references if not _is_personal(ref)),
        )

    def _surnames(self, record: Fields) -> tuple[Part, ...]:
        """At most two surnames; one cell that holds both is parted where particles allow it."""
        first = names.units(record.surname1, self.tables)
        second = names.units(record.surname2, self.tables)
        if second:
            written = [_flat(first), _flat(second)]
        elif len(first) > 1:
            written = [first[0], _flat(first[1:])]
        else:
            written = [_flat(first)]
        return tuple(self._surname(unit) for unit in written if _says_something(unit))

    def _surname(self, unit: tuple[str, ...]) -> Part:
        part = self._parts.get(unit)
        if part is None:
            part = self._parts[unit] = self._new_surname(unit)
        return part

    def _new_surname(self, unit: tuple[str, ...]) -> Part:
        core = tuple(word for word in unit if word not in self.tables.particles) or unit
        main = "".join(core)
        forms = {main, "".join(unit), *(word for word in core if len(word) >= 4), *_without_particle(main, len(unit))}
        loose = fold.loose_word(main)
        share = max((self._surname_shares.get(fold.strict_word(form), 0.0) for form in forms), default=0.0)
        rarity = _rarity(share or self.tables.rare_surname, self._surname_chance)
        also = frozenset(fold.loose_word(form) for form in forms) - {loose}
        return Part(fold.strict_word(main), loose, also, rarity)

    def _given(self, text: str) -> tuple[Part, ...]:
        told = [word for word in names.expanded(text, self.tables) if word not in self.tables.particles]
        return tuple(self._given_name(word) for word in told[:_GIVEN_KEPT] if fold.strict_word(word))

    def _given_name(self, word: str) -> Part:
        part = self._given_parts.get(word)
        if part is None:
            strict, loose = fold.strict_word(word), fold.loose_word(word)
            share = self._given_shares.get(strict) or self.tables.rare_given
            also = self._nicknames.get(loose, frozenset()) - {loose}
            part = self._given_parts[word] = Part(strict, loose, also, _rarity(share, self._given_chance))
        return part


@lru_cache(maxsize=16)
def reader(tables: NameTables) -> Reader:
    """The reader of these tables; the same one for the same tables."""
    return Reader(tables)


def prepare(record: Fields, tables: NameTables) -> Prepared:
    """Prepare one record. Whoever prepares many with the same tables pays for the tables once."""
    return reader(tables).read(record)


def prepare_all(records: Iterable[Fields], tables: NameTables) -> list[Prepared]:
    """Prepare many records, in their order."""
    one = reader(tables)
    return [one.read(record) for record in records]


def _flat(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for unit in several for word in unit)


def _says_something(unit: tuple[str, ...]) -> bool:
    return any(fold.strict_word(word) for word in unit)


def _without_particle(word: str, written_words: int) -> set[str]:
    """What is left of a surname written in one word if its beginning was a particle: ``DELACRUZ`` gives ``CRUZ``."""
    if written_words > 1:
        return set()
    return {word[len(start) :] for start in _JOINED_PARTICLES if word.startswith(start) and len(word) >= len(start) + 4}


def _is_personal(reference: str) -> bool:
    return reference.partition(":")[0] in PERSONAL_REFERENCES


def _folded(shares: Mapping[str, float]) -> dict[str, float]:
    folded: dict[str, float] = {}
    for name, share in shares.items():
        key = fold.strict(name).replace(" ", "")
        folded[key] = folded.get(key, 0.0) + share
    return folded


def _chance(shares: Mapping[str, float]) -> float:
    """The chance that two people drawn at random bear the same name, at least one in a thousand."""
    return max(sum(share * share for share in shares.values()), 0.001)


def _rarity(share: float, chance: float) -> float:
    return min(max(math.log2(chance / share), _LEAST_RARITY), _MOST_RARITY)


def _birth(known: Approx | None) -> Birth | None:
    """The interval to compare; a day that stands for an unknown one is widened to its year."""
    if known is None:
        return None
    day = known.earliest if known.earliest == known.latest else None
    if day and (day.month, day.day) in {(1, 1), (6, 30)}:
        start, end = date(day.year, 1, 1), date(day.year, 12, 31)
        return Birth(start.toordinal(), end.toordinal(), day, precise=False, invented=True)
    precise = known.precision not in {Precision.DECLARED_AGE, Precision.ESTIMATED_AGE}
    return Birth(known.earliest.toordinal(), known.latest.toordinal(), day, precise=precise, invented=False)
