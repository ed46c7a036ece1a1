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
from amparo.engines.linkage.names import Identity, NameTables, Shares, Told
from amparo.kernel.dates import Approx, Precision

_JOINED_PARTICLES = ("DELA", "DELOS", "DELAS", "DEL", "LA", "DE", "SAN", "SANTA")
# First letters that clerks take for one another.
_SOUND_ALIKE = str.maketrans("VZCQY\N{LATIN CAPITAL LETTER N WITH TILDE}", "BSKKIN")
_LEAST_RARITY, _MOST_RARITY = -4.0, 5.0
_GIVEN_KEPT = 4
_CELLS_KEPT = 1 << 16

# References of these kinds belong to one person; all others to a case, which may have many.
PERSONAL_REFERENCES = frozenset({"ficha_cem", "ficha_calp", "expediente_upe", "registro_reta", "udavit", "persona"})


@dataclass(frozen=True, slots=True)
class Part:
    """One surname or one given name.

    ``strict`` and ``loose`` are its main keys; ``also`` holds every other key it may agree under (particles joined
    or dropped, the full names a nickname stands for). ``rarity`` is in bits: how much more than an average name an
    agreement on this one says. ``blocking`` is the one form under which it is looked for: the shortest of the others
    that ends the main one, so that a surname is found with its particle joined, apart, or dropped.
    """

    strict: str
    loose: str
    also: frozenset[str]
    rarity: float
    letters: int
    known: bool = False
    blocking: str = ""


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
    """What the comparisons read of one record. ``all_names`` are loose keys, whatever their role.

    ``initials`` are the first letters of all words of a name, or the letters that are told in its place.
    """

    fields: Fields
    identity: Identity
    initials: str
    surnames: tuple[Part, ...]
    given: tuple[Part, ...]
    alias: frozenset[str]
    native: frozenset[str]
    all_names: frozenset[str]
    birth: Birth | None
    document: Document | None
    guardian: Document | None
    event_day: int | None
    personal_refs: frozenset[str]
    case_refs: frozenset[str]


class _Rarity:
    """Bits that an agreement on a name adds to that on an average name; common names take bits away."""

    def __init__(self, shares: Mapping[str, float], rare: float, learnt: Shares | None) -> None:
        self._shares: dict[str, float] = {}
        self._learnt = learnt.known if learnt else None
        for name, share in shares.items():
            key = fold.strict(name).replace(" ", "")
            self._shares[key] = self._shares.get(key, 0.0) + share
        self._rare = learnt.rare if learnt else rare
        # Two people drawn at random bear the same name with at least one chance in a thousand.
        self._chance = learnt.chance if learnt else max(sum(share**2 for share in self._shares.values()), 0.001)

    def bits(self, keys: set[str]) -> float:
        """The rarity of a name written under any of these strict keys: that of the commonest."""
        share = max((self._share(key) for key in keys), default=0.0) or self._rare
        return min(max(math.log2(self._chance / share), _LEAST_RARITY), _MOST_RARITY)

    def lists(self, key: str) -> bool:
        """Whether the tables list the name."""
        return key in self._shares

    def _share(self, key: str) -> float:
        if self._learnt is None:
            return self._shares.get(key, 0.0)
        return self._learnt.get(names.mark(key), 0.0)


class Reader:
    """Prepares records with one set of name tables, keeping what it has derived from them."""

    def __init__(self, tables: NameTables) -> None:
        self.tables = tables
        self._surname_rarity = _Rarity(tables.surname_frequency, tables.rare_surname, tables.surnames_learnt)
        self._given_rarity = _Rarity(tables.given_frequency, tables.rare_given, tables.given_learnt)
        self._nicknames = {
            fold.loose(short): frozenset(fold.loose(name) for name in full) for short, full in tables.nicknames.items()
        }
        self._parts: dict[tuple[str, ...], Part] = {}
        self._given_parts: dict[str, Part] = {}
        # The same cells come again and again; what they hold is read once and shared.
        self._surnames = lru_cache(maxsize=_CELLS_KEPT)(self._read_surnames)
        self._given = lru_cache(maxsize=_CELLS_KEPT)(self._read_given)

    def read(self, record: Fields) -> Prepared:
        """Prepare one record."""
        told = names.told(record.given, record.surname1, record.surname2)
        surnames, given = self._parts_of(record) if told.identity is Identity.NAMED else ((), ())
        personal = frozenset(filter(_is_personal, record.references))
        return Prepared(
            fields=record,
            identity=told.identity,
            initials=_initials(told),
            surnames=surnames,
            given=given,
            alias=_loose_words(record.alias),
            native=_loose_words(record.native_name),
            all_names=frozenset(part.loose for part in (*surnames, *given)),
            birth=_birth(record.birth),
            document=documents.read(record.doc_type, record.doc_number),
            guardian=documents.read("DNI", record.guardian_doc) if record.guardian_doc else None,
            event_day=record.event_on.toordinal() if record.event_on else None,
            personal_refs=personal,
            case_refs=record.references - personal,
        )

    def names_of(self, record: Fields) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Surnames and given names alone; none where no name is told."""
        known = names.identity(record.given, record.surname1, record.surname2)
        return self._parts_of(record) if known is Identity.NAMED else ((), ())

    def _parts_of(self, record: Fields) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        return self._surnames(record.surname1, record.surname2), self._given(record.given)

    def _read_surnames(self, surname1: str, surname2: str) -> tuple[Part, ...]:
        """At most two surnames; one cell that holds both is parted where particles allow it."""
        first = names.units(surname1, self.tables)
        second = names.units(surname2, self.tables)
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
        rarity = self._surname_rarity.bits({fold.strict_word(form) for form in forms})
        also = frozenset(fold.loose_word(form) for form in forms) - {loose}
        strict = fold.strict_word(main)
        known = self._surname_rarity.lists(strict)
        return Part(strict, loose, also, rarity, _letters(loose), known, _blocking(loose, also))

    def _read_given(self, text: str) -> tuple[Part, ...]:
        told = [word for word in names.expanded(text, self.tables) if word not in self.tables.particles]
        return tuple(self._given_name(word) for word in told[:_GIVEN_KEPT] if fold.strict_word(word))

    def _given_name(self, word: str) -> Part:
        part = self._given_parts.get(word)
        if part is None:
            strict, loose = fold.strict_word(word), fold.loose_word(word)
            also = self._nicknames.get(loose, frozenset()) - {loose}
            known = self._given_rarity.lists(strict)
            rarity = self._given_rarity.bits({strict})
            part = Part(strict, loose, also, rarity, _letters(loose), known, _blocking(loose, also))
            self._given_parts[word] = part
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


def _initials(told: Told) -> str:
    """First letters of a name of several words, given names first, or the letters that are told in its place."""
    letters = told.initials.translate(_SOUND_ALIKE)
    return letters if told.identity is not Identity.NAMED or told.words > 1 else letters[:1]


def _loose_words(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(fold.loose_word, fold.words(text)))) if text else frozenset()


def _blocking(loose: str, also: frozenset[str]) -> str:
    return min((form for form in also if loose.endswith(form) and len(form) >= 4), key=len, default=loose)


def _letters(key: str) -> int:
    bits = 0
    for letter in key:
        bits |= 1 << (ord(letter) - 65)
    return bits


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
