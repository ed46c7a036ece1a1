"""What somebody typed to find a person, taken apart: names, a document, a birth, a case number. Pure.

People type what they have in front of them, in any order: ``quispe maria 2006``, ``71234567``,
``carpeta 2706014500-2023-123``. Words that are neither numbers nor say what a number is are names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx
from amparo.registries.converters import as_date, as_reference, clean, fold

LONGEST = 200
"""More letters than this are no question about a person."""
_WORDS = re.compile(r"[^\s,;:#()]+")
_NATIONAL_WITH_CHECK = re.compile(r"\d{8}-[0-9A-K]")
_PARTED_NUMBER = re.compile(r"[0-9A-Z]*\d[0-9A-Z]*(?:[-/][0-9A-Z]+)+")
_AGE_WORDS = frozenset({"ANOS", "AÑOS", "ANO", "AÑO", "YEARS", "YEAR"})
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a country calls things by: codes of documents, and kinds of references to case files."""

    documents: frozenset[str]
    references: frozenset[str]

    def kinds_of_reference(self, word: str) -> frozenset[str]:
        """The kinds of references that a word names; ``FICHA`` names every kind of ficha."""
        return frozenset(kind for kind in self.references if word in kind.upper().split("_"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood. ``document`` is a number as typed and ``document_kind`` its code where that was said."""

    names: tuple[str, ...] = ()
    document: str = ""
    document_kind: str = ""
    references: frozenset[str] = field(default_factory=frozenset)
    birth: Approx | None = None
    sex: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """What was given, as codes and never as values, for whoever writes down that somebody asked."""
        parts = {
            "names": self.names,
            "document": self.document,
            "reference": self.references,
            "birth": self.birth,
            "sex": self.sex,
        }
        return tuple(code for code, value in parts.items() if value)

    @property
    def says_enough(self) -> bool:
        """Whether there is something to look up: a number, two names, or a name with a birth."""
        if self.document or self.references:
            return True
        return len(self.names) > 1 or bool(self.names and self.birth)

    @property
    def has_a_word(self) -> bool:
        """Whether there is a name or a nickname, if only one."""
        return any(len(name) > 1 for name in self.names)

    @property
    def points_to_one(self) -> bool:
        """Whether it could be meant for one person rather than for many of a common name."""
        if self.document or self.references:
            return True
        return len(self.names) > 2 or (len(self.names) > 1 and self.birth is not None)

    def fields(self, *, document_kind: str = "") -> Fields:
        """As a record that linkage can read; every word may be given name or surname."""
        return Fields(
            record_id="",
            given=" ".join(self.names),
            doc_type=document_kind or self.document_kind,
            doc_number=self.document,
            references=self.references,
            birth=self.birth,
            sex=self.sex,
        )


def understood(texts: Iterable[str], words: Vocabulary, today: date) -> Asked:
    """Take several lines apart, the first said counting where two say different things."""
    asked = Asked()
    for text in texts:
        found = _line(text, words, today)
        asked = Asked(
            names=(*asked.names, *found.names),
            document=asked.document or found.document,
            document_kind=asked.document_kind or found.document_kind,
            references=asked.references | found.references,
            birth=asked.birth or found.birth,
        )
    return asked


def with_reference(asked: Asked, text: str, words: Vocabulary) -> Asked:
    """Add the number of a case file that stands in a field of its own, whichever institution's it is."""
    typed = [fold(word).strip(".") for word in _WORDS.findall(clean(text)[:LONGEST])]
    named = [kind for word in typed for kind in sorted(words.kinds_of_reference(word))]
    for word in typed:
        if any(letter.isdigit() for letter in word):
            asked = _with_reference(asked, word, named or words.references)
    return asked


def with_sex(asked: Asked, sex: str) -> Asked:
    """Add the sex, where one of the two that linkage compares was chosen."""
    return replace(asked, sex=sex) if sex in ("F", "M") else asked


def _line(text: str, words: Vocabulary, today: date) -> Asked:
    asked = Asked()
    typed = _WORDS.findall(clean(text)[:LONGEST])
    kind, references = "", frozenset[str]()
    for place, word in enumerate(typed):
        folded = fold(word).strip(".")
        after = fold(typed[place + 1]) if place + 1 < len(typed) else ""
        if folded in words.documents and any(letter.isdigit() for letter in after):
            kind, references = folded, frozenset()
        elif (named := words.kinds_of_reference(folded)) and any(letter.isdigit() for letter in after):
            kind, references = "", named
        elif not any(letter.isdigit() for letter in folded):
            asked = _with_word(asked, word, folded)
        else:
            asked = _with_number(asked, folded, after, kind, references, words, today)
            kind, references = "", frozenset()
    return asked


def _with_word(asked: Asked, word: str, folded: str) -> Asked:
    if folded in _AGE_WORDS or not any(letter.isalpha() for letter in folded):
        return asked
    return replace(asked, names=(*asked.names, word))


def _with_number(
    asked: Asked,
    word: str,
    after: str,
    kind: str,
    references: Collection[str],
    words: Vocabulary,
    today: date,
) -> Asked:
    if references:
        return _with_reference(asked, word, references)
    if kind:
        return replace(asked, document=word, document_kind=kind)
    if (birth := _birth(word, after, today)) is not None:
        return replace(asked, birth=asked.birth or birth)
    if _PARTED_NUMBER.fullmatch(word) and not _NATIONAL_WITH_CHECK.fullmatch(word):
        return _with_reference(asked, word, words.references)
    if sum(letter.isdigit() for letter in word) >= 6:
        return replace(asked, document=asked.document or word)
    return asked


def _with_reference(asked: Asked, word: str, kinds: Collection[str]) -> Asked:
    found = {as_reference(word, kind).value for kind in kinds}
    return replace(asked, references=asked.references | (found - {""}))


def _birth(word: str, after: str, today: date) -> Approx | None:
    """A birth from a day, a year, or an age that is followed by its word; ``None`` where it is none of these."""
    if word.isascii() and word.isdigit():
        number = int(word) if len(word) <= 4 else 0
        if len(word) == 4 and _FIRST_YEAR <= number <= today.year:
            return Approx.in_year(number)
        if len(word) <= 2 and after in _AGE_WORDS:
            return Approx.born_at_age(number, today, margin=1)
        return None
    if sum(letter.isdigit() for letter in word) < 5:
        return None
    day = as_date(word).value
    return Approx.exact(date.fromisoformat(day)) if day and day <= today.isoformat() else None
