"""From a cell as typed to a value that can be compared: dates, ages, codes, documents, districts, references.

Every converter is pure and takes any text whatever. It gives a value (empty where nothing usable is written), perhaps
a *note* (something a clerk should know of a row that is taken all the same), or a *reason* (the row must be set aside,
because otherwise the record would say what its institution did not).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from amparo.engines.linkage import documents


class Outcome(NamedTuple):
    """What became of one cell. ``note`` and ``reason`` are codes of ``registries.messages``."""

    value: str = ""
    note: str = ""
    reason: str = ""


NOTHING = Outcome()
# What people type where they know nothing; it must not be taken for a value.
_NOTHING_WORDS = frozenset(
    {
        "-", "--", "---", ".", "S/D", "S.D.", "SD", "N/D", "ND", "S/N", "NULL", "NONE", "N/A", "NA", "#N/D", "NAN",
        "NO REGISTRA", "NO PRECISA", "NO INDICA", "SIN DATO", "SIN DATOS", "SIN INFORMACION", "DESCONOCIDO", "NINGUNO",
        "0000-00-00", "00/00/0000",
    }
)  # fmt: skip
_MONTHS = {
    "ENE": 1, "FEB": 2, "MAR": 3, "ABR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AGO": 8, "SEP": 9, "SET": 9, "OCT": 10,
    "NOV": 11, "DIC": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2}|\d{4})(?:[T ].*)?")
_WORDED = re.compile(r"(\d{1,2})[ /.-]+(?:DE )?([A-Z]{3,10})\.?[ /.-]+(?:DEL? )?(\d{4})")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.0+)?")
_DAY_ZERO = date(1899, 12, 30)
_OLDEST = date(1900, 1, 1)
_AGE = re.compile(r"(\d{1,3})(?:\.0)?\s*(?:A|AÑOS?|ANOS?|APROX\.?)?")
_AGE_RANGE = re.compile(r"(\d{1,3})\s*(?:-|A|Y)\s*(\d{1,3})\s*(?:AÑOS?|ANOS?)?")
_AGE_MONTHS = re.compile(r"\d{1,2}\s*(?:M|MESES|MES|DIAS|DÍAS)")
_OLDEST_AGE = 120
_NOT_REFERENCE = re.compile(r"[^A-Z0-9Ñ]+")
# A case file begins with the number of its office, which has about ten digits.
_OFFICE_DIGITS = 8


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """A text in composed Unicode (NFC), without control or invisible characters, blanks single and none around."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(" " if letter.isspace() else letter for letter in text if _is_visible(letter))
    return " ".join(text.split())


def _is_visible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A word as it is looked up: capitals without accents or double blanks."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(text.upper().split())


def says_nothing(text: str) -> bool:
    """Whether the cell is empty or holds one of the words for *no data*."""
    return not text or fold(text) in _NOTHING_WORDS


def as_text(text: str) -> Outcome:
    """The text, cleaned."""
    return Outcome(clean(text))


def as_date(text: str) -> Outcome:
    """A day as ISO text.

    Day before month, as most of the world writes it; ISO; names of months; the day count of a spreadsheet
    (noted). A date that is only possible with the month first is read so and noted. Two-digit years and what is no
    date at all set the row aside: a guessed date would start a deadline.
    """
    return _date(clean(text))


@lru_cache(maxsize=65536)
def _date(text: str) -> Outcome:
    if says_nothing(text):
        return NOTHING
    if match := _ISO.fullmatch(text):
        return _built(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day_first(int(match[1]), int(match[2]), match[3])
    if _COMPACT.fullmatch(text):
        return _built(int(text[:4]), int(text[4:6]), int(text[6:]))
    if _SERIAL.fullmatch(text):
        found = (_DAY_ZERO + timedelta(days=int(text[:5]))).isoformat()
        return Outcome(found, note="note.date_serial")
    if (match := _WORDED.fullmatch(fold(text))) and (month := _MONTHS.get(match[2][:3])):
        return _built(int(match[3]), month, int(match[1]))
    return Outcome(reason="date.unreadable")


def _day_first(first: int, second: int, year: str) -> Outcome:
    if len(year) == 2:
        return Outcome(reason="date.short_year")
    if second > 12 >= first:
        built = _built(int(year), first, second)
        return Outcome(built.value, "note.date_month_first") if built.value else built
    return _built(int(year), second, first)


def _built(year: int, month: int, day: int) -> Outcome:
    try:
        found = date(year, month, day)
    except ValueError:
        return Outcome(reason="date.impossible")
    return Outcome(found.isoformat()) if found >= _OLDEST else Outcome(reason="date.too_old")


def as_age(text: str) -> Outcome:
    """Completed years, such as ``17``, or a range such as ``15-17``; an age in months is 0."""
    return _age(clean(text).upper())


@lru_cache(maxsize=4096)
def _age(text: str) -> Outcome:
    if says_nothing(text):
        return NOTHING
    if match := _AGE.fullmatch(text):
        return Outcome(str(int(match[1]))) if int(match[1]) <= _OLDEST_AGE else Outcome(reason="age.impossible")
    if match := _AGE_RANGE.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        return Outcome(f"{low}-{high}") if low <= high <= _OLDEST_AGE else Outcome(reason="age.impossible")
    return Outcome("0") if _AGE_MONTHS.fullmatch(text) else Outcome(reason="age.unreadable")


def as_code(text: str, words: Mapping[str, str]) -> Outcome:
    """The code of a word as the institution types it; ``words`` has folded keys. An unknown word is a reason.

    An empty cell has the code that the layout gives for the empty word, if it gives one.
    """
    cleaned = clean(text)
    code = words.get(fold(cleaned))
    if code is not None:
        return Outcome(code)
    return NOTHING if not cleaned else Outcome(reason="code.unknown")


def as_codes(text: str, words: Mapping[str, str], separator: str) -> Outcome:
    """Several codes in one cell, in the order of the cell, each once, joined by ``;``."""
    if not clean(text) or as_code(text, words).value:
        return as_code(text, words)
    found: list[str] = []
    for part in text.split(separator) if separator else [text]:
        outcome = as_code(part, words)
        if outcome.reason:
            return outcome
        if outcome.value and outcome.value not in found:
            found.append(outcome.value)
    return Outcome(";".join(found))


def as_document_number(text: str, kind: str) -> Outcome:
    """A document number without signs; zeros that a spreadsheet dropped are put back, and that is noted.

    A number that cannot be right (length, check character) is kept and noted: it is what the institution holds.
    """
    cleaned = clean(text)
    if says_nothing(cleaned):
        return NOTHING
    found = documents.read(kind, cleaned)
    if found is None:
        return Outcome(note="note.document_unusable")
    if not found.valid:
        return Outcome(found.number, note="note.document_invalid")
    return Outcome(found.number, note="note.document_zero" if found.repaired else "")


def split_document(text: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Kind and number of a document typed in one cell, such as ``DNI 71234567`` or ``SIN DOCUMENTO``."""
    cleaned = clean(text)
    if (whole := words.get(fold(cleaned))) is not None:
        return whole, ""
    word, _, rest = cleaned.replace(":", " ").replace("Nº", " ").replace("N°", " ").partition(" ")
    kind = words.get(fold(word))
    if kind is not None:
        return kind, rest.strip()
    return words.get("", ""), cleaned


def as_district(text: str, codes: Mapping[str, str]) -> Outcome:
    """The district's code in the pack's first system. ``codes`` maps the institution's own system to it.

    Five digits are six whose zero a spreadsheet dropped, which is noted; so is a code that nobody knows.
    """
    cleaned = clean(text).removesuffix(".0")
    if says_nothing(cleaned):
        return NOTHING
    restored = cleaned.isdigit() and len(cleaned) == 5
    found = codes.get(f"0{cleaned}" if restored else cleaned)
    if found is None:
        return Outcome(note="note.district_unknown")
    return Outcome(found, note="note.district_zero" if restored else "")


def as_reference(text: str, prefix: str) -> Outcome:
    """A number that other institutions know too, so written that all write it alike: ``carpeta:2706014500-2023-123``.

    Leading zeros of each part go, and so does the last part of a prosecutor's case file where it is 0, which only says
    that it is the main one.
    """
    cleaned = fold(clean(text))
    if not cleaned or cleaned in _NOTHING_WORDS:
        return NOTHING
    parts = [part.lstrip("0") or "0" for part in _NOT_REFERENCE.split(cleaned) if part]
    if len(parts) == 4 and parts[-1] == "0" and len(parts[0]) >= _OFFICE_DIGITS:
        parts = parts[:3]
    return Outcome(f"{prefix}:{'-'.join(parts)}") if any(part != "0" for part in parts) else NOTHING


def as_yes_no(text: str) -> Outcome:
    """``1`` for yes, ``0`` for no."""
    word = fold(clean(text))
    if not word:
        return NOTHING
    if word in ("SI", "S", "1", "X", "TRUE", "VERDADERO"):
        return Outcome("1")
    return Outcome("0") if word in ("NO", "N", "0", "FALSE", "FALSO") else Outcome(reason="code.unknown")


def as_number(text: str) -> Outcome:
    """A whole number, without the decimals that a spreadsheet adds."""
    cleaned = clean(text).removesuffix(".0")
    if says_nothing(cleaned):
        return NOTHING
    return Outcome(cleaned) if re.fullmatch(r"-?\d{1,15}", cleaned) else Outcome(reason="number.unreadable")


def split_surnames(text: str, particles: frozenset[str]) -> tuple[str, str]:
    """Two surnames written in one cell, as typed; particles stay with the word after them (``DE LA CRUZ``)."""
    units: list[list[str]] = [[]]
    for word in clean(text).split():
        units[-1].append(word)
        if fold(word) not in particles:
            units.append([])
    parts = [" ".join(unit) for unit in units if unit]
    return (parts[0] if parts else "", " ".join(parts[1:]))
