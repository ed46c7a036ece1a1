"""Document numbers: lost zeros, check characters, and how two numbers differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_CHECK_DIGITS = "65432110987"
_CHECK_LETTERS = "KJIHGFEDCBA"
_NATIONAL = frozenset({"DNI", "CUI", "DNI/CUI", "LE"})
_DNI_LENGTH = 8


class Likeness(StrEnum):
    """How two document numbers stand to each other; ``UNRELATED`` where their kinds cannot be compared."""

    UNRELATED = "unrelated"
    DIFFERENT = "different"
    NEAR = "near"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Document:
    """A document number made comparable.

    ``kind`` is ``DNI`` for every national number, else the kind as written in capitals. ``valid`` says that length
    and check character (where one was given) are right. ``repaired`` says that leading zeros were put back.
    """

    kind: str
    number: str
    valid: bool
    repaired: bool = False


def check_characters(number: str) -> tuple[str, str]:
    """Check digit and check letter of the eight digits of a national number.

    The digits are multiplied by 3 2 7 6 5 4 3 2; the sum modulo 11 picks the character. Letters were printed on
    documents issued until August 2007.
    """
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11
    return _CHECK_DIGITS[remainder], _CHECK_LETTERS[remainder]


@lru_cache(maxsize=4096)
def read(kind: str, number: str) -> Document | None:
    """Read a document as a registry wrote it; None where nothing usable is written.

    A row's document is read to be stored and again to be compared, one right after the other.
    """
    kind = kind.strip().upper()
    text = number.strip().upper()
    if not (text.isascii() and text.isalnum()):
        text = re.sub(r"[^A-Z0-9]", "", re.sub(r"^\s*DNI\b", "", re.sub(r"\.0$", "", text)))
    if not text or text.isalpha() or len(set(text)) == 1:
        return None
    if kind in _NATIONAL or (not kind and text[:-1].isdigit() and len(text) <= _DNI_LENGTH + 1):
        return _national(text)
    return Document(kind or "?", text.lstrip("0"), valid=len(text) >= 5)


def _national(text: str) -> Document:
    """A national number: eight digits and perhaps a check character.

    Spreadsheets drop leading zeros, so a shorter number gets them back. Eight digits never carry a check character.
    """
    digits, check = (text[:_DNI_LENGTH], text[_DNI_LENGTH:]) if len(text) > _DNI_LENGTH else (text, "")
    if not digits.isdigit() or len(check) > 1 or len(digits) < 6:
        return Document("DNI", text, valid=False)
    full = digits.zfill(_DNI_LENGTH)
    sound = len(set(full)) > 1 and full not in {"12345678", "01234567"}
    valid = sound and (not check or check in check_characters(full))
    return Document("DNI", full, valid=valid, repaired=len(digits) < _DNI_LENGTH)


def likeness(a: Document, b: Document) -> Likeness:
    """Whether two numbers are the same, one typing error apart, different, or of kinds that cannot be compared."""
    if a.kind != b.kind and "?" not in (a.kind, b.kind):
        return Likeness.SAME if a.number == b.number else Likeness.UNRELATED
    if a.number == b.number:
        return Likeness.SAME
    if OSA.distance(a.number, b.number, score_cutoff=1) <= 1:
        return Likeness.NEAR
    return Likeness.DIFFERENT


def are_consecutive(a: Document, b: Document) -> bool:
    """Whether two numbers follow one another closely, as those of twins registered together do.

    Letters before the digits, as passports have them, must be the same.
    """
    (series, one), (other_series, other) = _counted(a.number), _counted(b.number)
    if a.kind != b.kind or series != other_series or not one or not other:
        return False
    return 0 < abs(int(one) - int(other)) <= 3


def _counted(number: str) -> tuple[str, str]:
    """What stands before the last digits of a number, and those digits."""
    series = number.rstrip("0123456789")
    return series, number[len(series) :]
