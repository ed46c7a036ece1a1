"""Spelling classes: two keys under which the many spellings of one name become the same string.

A *strict* key undoes what a clerk's ear cannot tell apart (b and v, s and z, mute h, ll and y, qu and k, hua and gua
and w, doubled letters, apostrophes, accents). A *loose* key goes on to what a speaker of Quechua or of English may
write otherwise (e and i, o and u, x and j, ch and sh and s, initial y and j). Names that agree strictly always agree
loosely. Both keys are for comparing and never for showing; they are idempotent and ignore case and accents.

The numbers in the comments are the classes of the project's catalogue of name variation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Apostrophes, and what stands where a letter was lost on the way from one encoding to another.
_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʼʻʹ′\"?\N{REPLACEMENT CHARACTER}"))
# Letters that begin every accented letter of UTF-8 that was once read as an encoding of one byte a letter.
_MISREAD = frozenset("ÃÂ")
_TYPED_DIGITS = str.maketrans({"0": "O", "1": "I", "5": "S"})
_ENYE = "\N{LATIN CAPITAL LETTER N WITH TILDE}"
_NOT_A_LETTER = re.compile(rf"[^A-Z0-9{_ENYE}]+")

# The order matters: a rule may rely on what those above it have already removed.
_STRICT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (_ENYE, "N"),  # 13
        (r"PH(?=IL|ANI|ANY)|(?<=SO)PH|(?<=STE)PH|(?<=JOSE)PH|(?<=RA)PH|(?<=TO)PH|(?<=DEL)PH|(?<=DOL)PH", "F"),  # 10
        (r"PH", "P"),  # 10
        (r"CCH", "CH"),  # 10
        (r"CC", "K"),  # 6
        (r"QU(?=[EIY])", "K"),  # 6
        (r"Q", "K"),  # 6
        (r"S?C(?=[EI])", "S"),  # 2
        (r"C(?!H)", "K"),  # 6
        (r"Z", "S"),  # 2
        (r"V", "B"),  # 1
        (r"LL(?=[AEIOU])", "Y"),  # 3
        (r"LL", "L"),  # 10
        (r"[HG]U(?=[AO])|HU(?=[EI])|^U(?=[AEIO])", "W"),  # 7
        (r"G(?=[EI])", "J"),  # 8
        (r"(?<!C)H", ""),  # 4
        (r"Y(?![AEIOU])", "I"),  # 5
        (r"N(?=[PB])", "M"),  # 14
        (r"(.)\1+", r"\1"),  # 10
    )
)
_LOOSE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^X", "J"),  # 9
        (r"X", "KS"),  # 9
        (r"^J(?=[AEIOU])", "Y"),  # 8 and 9
        (r"CH", "S"),  # 16
        (r"E", "I"),  # 11
        (r"O", "U"),  # 11
        (r"N[IY](?=[AIU])", "N"),  # 13, written as it sounds
        (r"(.)\1+", r"\1"),
    )
)

# Whether any rule applies: each changes what it matches, so a word that none matches is settled.
_STRICT_APPLIES, _LOOSE_APPLIES = (
    re.compile("|".join(pattern.pattern for pattern, _ in rules)) for rules in (_STRICT, _LOOSE)
)


def words(text: str) -> tuple[str, ...]:
    """The words of a name in capitals, without accents (but with ``Ñ``), signs or numbers.

    Digits inside a word are read as the letters they are mistyped for: 0 as O, 1 as I, 5 as S (class 17).
    """
    return _words(text)


@lru_cache(maxsize=1 << 17)
def _words(text: str) -> tuple[str, ...]:
    meant = _reread(text).translate(_DROPPED)
    letters = meant.upper()
    if not letters.isascii():
        letters = _without_accents(meant)
    return tuple(filter(None, map(_without_digits, _NOT_A_LETTER.split(letters))))


def _reread(text: str) -> str:
    """A text that was written in UTF-8 and read as Windows-1252 or Latin-1, as it was meant; any other as it is."""
    if text.isascii() or _MISREAD.isdisjoint(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).upper()
    kept = "".join(letter if letter == _ENYE else unicodedata.normalize("NFKD", letter) for letter in plain)
    return "".join(letter for letter in kept.upper() if not unicodedata.combining(letter))


def _without_digits(word: str) -> str:
    if word.isalpha():
        return word
    if word.isdigit():
        return ""
    return "".join(letter for letter in word.translate(_TYPED_DIGITS) if not letter.isdigit())


def strict(text: str) -> str:
    """The strict key of a name: classes 1 to 8, 10 and 12 to 14; words are joined by one space."""
    return " ".join(filter(None, map(strict_word, words(text))))


def loose(text: str) -> str:
    """The loose key of a name: the strict one and classes 9, 11 and 16."""
    return " ".join(filter(None, map(loose_word, words(text))))


def with_tilde(text: str) -> str:
    """The second strict key of class 13, in which ``Ñ`` stays apart from ``N`` as ``NH``."""
    halves = ["NH".join(strict_word(part) if part else "" for part in word.split(_ENYE)) for word in words(text)]
    return " ".join(filter(None, halves))


@lru_cache(maxsize=1 << 17)
def strict_word(word: str) -> str:
    """The strict key of one word that :func:`words` gave."""
    return _settle(word, _STRICT, _STRICT_APPLIES)


@lru_cache(maxsize=1 << 17)
def loose_word(word: str) -> str:
    """The loose key of one word that :func:`words` gave."""
    before, after = "", word
    while after != before:
        before, after = after, _settle(strict_word(after), _LOOSE, _LOOSE_APPLIES)
    return after


def _settle(word: str, rules: tuple[tuple[re.Pattern[str], str], ...], applies: re.Pattern[str]) -> str:
    """Apply the rules until none does, so that a key folds to itself."""
    while applies.search(word):
        for pattern, replacement in rules:
            word = pattern.sub(replacement, word)
    return word
