"""Compound keys: two records are compared only if they share one.

No key is a single thing that many people share. Each joins two pieces of a record (two names, a name and the time of
birth, a name and the event) or is a number that few share (a document, a reference). They are plain strings, the
same on every machine, so that the vault can keep them as blind tokens.
"""

from __future__ import annotations

from itertools import combinations

from amparo.engines.linkage.documents import Document
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import Identity, NameTables
from amparo.engines.linkage.prepare import Birth, Part, Prepared, prepare

MOST_KEYS = 20
_DAYS_IN_YEAR = 365.25


def keys(record: Fields, tables: NameTables) -> frozenset[str]:
    """All keys of a record, at most :data:`MOST_KEYS`."""
    return frozenset(keys_of(prepare(record, tables)))


def keys_of(record: Prepared) -> list[str]:
    """All keys of a prepared record, the most telling first, without repetition."""
    found = [
        *_document_keys(record.document),
        *_reference_keys(record),
        *_name_keys(record),
        *_native_keys(record),
        *_birth_keys(record),
        *_event_keys(record),
    ]
    return list(dict.fromkeys(found))[:MOST_KEYS]


def query_keys(query: Fields, tables: NameTables) -> frozenset[str]:
    """The keys to look up for what somebody typed into a search box.

    At least two parts of a name, a document number, a reference, or a name with a birth or an event are needed;
    from less there is nothing to look up and the answer is empty. Every word may be given name or surname.
    """
    record = prepare(query, tables)
    told = _pairs([*record.surnames, *record.given, *_alternatives(record)])
    return frozenset([*keys_of(record), *told])


def _alternatives(record: Prepared) -> list[Part]:
    """What the surnames of a query may also be called, as parts of their own."""
    forms = [form for part in record.surnames for form in sorted(part.also)]
    return [Part(form, form, frozenset(), 0.0, 0, blocking=form) for form in forms]


def _name_keys(record: Prepared) -> list[str]:
    """Unordered pairs among two surnames and two given names, whatever role each was written in."""
    return _pairs([*record.surnames[:2], *record.given[:2]])


def _pairs(parts: list[Part]) -> list[str]:
    loose = dict.fromkeys([part.blocking for part in parts if len(part.blocking) > 1])
    return [f"nn|{a}|{b}" if a < b else f"nn|{b}|{a}" for a, b in combinations(loose, 2)]


def _native_keys(record: Prepared) -> list[str]:
    """Pairs of words of a native name, beside the official one."""
    if not record.native:
        return []
    words = sorted(word for word in record.native if len(word) > 1)[:3]
    return [f"nn|{a}|{b}" for a, b in combinations(words, 2)][:2]


def _birth_keys(record: Prepared) -> list[str]:
    """A surname with a window of years and the first letter of the given name; the exact birth with a given name.

    Without the letter, four of five pairs that share a key would share a frequent surname and an age and nothing else.
    """
    if record.birth is None:
        return []
    letter = record.given[0].loose[0] if record.given else "-"
    windows = _windows(record.birth)
    found = [f"sy|{part.blocking}|{letter}|{window}" for part in record.surnames[:2] for window in windows]
    return [*_exact_birth_keys(record), *found]


def _exact_birth_keys(record: Prepared) -> list[str]:
    """The birth to the day with a given name."""
    return [f"gb|{part.loose}|{day}" for day in _exact_birth(record) for part in record.given[:1]]


def _exact_birth(record: Prepared) -> list[str]:
    """The birth if it is told to the day. Day and month are in order of size: swapping them parts no two records."""
    birth = record.birth
    if birth is None or birth.day is None or birth.invented:
        return []
    low, high = sorted((birth.day.day, birth.day.month))
    return [f"{birth.day.year}|{low}|{high}"]


def birth_windows(record: Prepared) -> list[str]:
    """The windows of years of a record's birth, with which a very large block is parted; none without a birth."""
    return [str(window) for window in _windows(record.birth)] if record.birth else []


def _windows(birth: Birth) -> list[int]:
    """One or two overlapping windows of years: births up to two years apart always share one."""
    year = int((birth.earliest + birth.latest) / 2 / _DAYS_IN_YEAR) + 1
    window, position = divmod(year, 3)
    return [window] if position == 1 else [window - 1, window] if position == 0 else [window, window + 1]


def _document_keys(document: Document | None) -> list[str]:
    return [f"doc|{document.kind}|{document.number}"] if document and document.valid else []


def _reference_keys(record: Prepared) -> list[str]:
    refs = [*sorted(record.personal_refs), *sorted(record.case_refs)]
    return [f"ref|{ref}" for ref in refs[:3]]


def _event_keys(record: Prepared) -> list[str]:
    """The day and district of the event with a name or, for those who are not named there, a birth or initials."""
    if record.event_day is None or not record.fields.event_place:
        return []
    where = record.fields.event_place[:6]
    told = [part.blocking for part in record.surnames[:2]] + [part.loose for part in record.given[:1]]
    names = told or sorted(record.alias | record.native)[:2]
    found = [f"ev|{where}|{record.event_day}|{name}" for name in names]
    return found + [f"ei|{where}|{record.event_day}|{rest}" for rest in (*_exact_birth(record), *_initials(record))]


def _initials(record: Prepared) -> list[str]:
    """Pairs of initials: of a given name with each surname or, where only letters are told, of any two of three."""
    letters = record.initials
    if record.identity is Identity.INITIALS:
        pairs = list(combinations(letters[:3], 2))
    elif record.given and record.surnames:
        pairs = [(letters[0], letter) for letter in letters[len(record.given) :][:2]]
    else:
        pairs = []
    return list(dict.fromkeys([a + b if a < b else b + a for a, b in pairs]))
