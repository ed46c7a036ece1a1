"""For a search box: records ranked by how well they fit what somebody typed, parts missing or misspelled.

A query is a :class:`Fields` of which any part may be empty. What was typed is looked for among all names of a
record, whatever their role, because people search with what they remember and in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.engines.linkage import documents, names
from amparo.engines.linkage.documents import Likeness
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.match_names import grade
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.prepare import Part, Prepared, reader

_WORTH_OF_GRADE = (0.0, 0.6, 0.9, 1.0)
_LEAST = 0.5
_DOCUMENT = {Likeness.SAME: 1.0, Likeness.NEAR: 0.7}


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that fits. ``score`` is from 0 to 1; ``found`` tells by what, as codes."""

    record_id: str
    score: float
    found: tuple[str, ...]


def typed(text: str) -> Fields:
    """A query from one line of text: words are names, a number of six digits or more is a document."""
    words = text.replace(",", " ").split()
    numbers = [word for word in words if sum(letter.isdigit() for letter in word) >= 6]
    told = [word for word in words if word not in numbers]
    return Fields("", given=" ".join(told), doc_number=numbers[0] if numbers else "")


def rank(query: Fields, candidates: Sequence[Fields], tables: NameTables) -> list[Hit]:
    """The candidates that fit at least half, best first; equal ones in order of record id."""
    read = reader(tables).read
    wanted = read(query)
    hits = (_hit(wanted, read(candidate), tables) for candidate in candidates)
    return sorted((hit for hit in hits if hit.score >= _LEAST), key=lambda hit: (-hit.score, hit.record_id))


def _hit(query: Prepared, record: Prepared, tables: NameTables) -> Hit:
    parts = [
        ("document", _document(query, record)),
        ("reference", _reference(query, record)),
        ("names", _names(query, record, tables)),
    ]
    told = [(code, value) for code, value in parts if value is not None]
    if not told:
        return Hit(record.fields.record_id, 0.0, ())
    # A number that fits is enough; names that do not fit beside it are for the reader to see.
    best = max(value for _, value in told)
    score = 0.9 * best + 0.1 * sum(value for _, value in told) / len(told)
    score -= 0.15 * _disagreements(query, record)
    return Hit(record.fields.record_id, max(score, 0.0), tuple(code for code, value in told if value >= _LEAST))


def _document(query: Prepared, record: Prepared) -> float | None:
    if query.document is None:
        return None
    if record.document is None:
        return 0.0
    return _DOCUMENT.get(documents.likeness(query.document, record.document), 0.0)


def _reference(query: Prepared, record: Prepared) -> float | None:
    asked = query.personal_refs | query.case_refs
    if not asked:
        return None
    return 1.0 if asked & (record.personal_refs | record.case_refs) else 0.0


def _names(query: Prepared, record: Prepared, tables: NameTables) -> float | None:
    """The share of the typed names that the record bears, rarer names counting more."""
    wanted = [*query.surnames, *query.given]
    if not wanted:
        return None
    borne = [*record.surnames, *record.given, *_other_names(record, tables)]
    worth = [(max(part.rarity, -3.0) + 4.0, _best(part, borne)) for part in wanted]
    total = sum(weight for weight, _ in worth)
    return sum(weight * fit for weight, fit in worth) / total


def _other_names(record: Prepared, tables: NameTables) -> Iterable[Part]:
    """Alias and native name, word by word."""
    other = f"{record.fields.alias} {record.fields.native_name}".strip()
    if not other or names.identity(other) is not names.Identity.NAMED:
        return ()
    return reader(tables).read(Fields("", given=other)).given


def _best(wanted: Part, borne: Iterable[Part]) -> float:
    return max((_fit(wanted, part) for part in borne), default=0.0)


def _fit(wanted: Part, part: Part) -> float:
    """How well a typed name fits one that is borne; two letters or more may be the beginning of a name."""
    how = grade(wanted, part)
    if how < 2 and len(wanted.loose) >= 2 and part.loose.startswith(wanted.loose):
        return 0.8
    return _WORTH_OF_GRADE[how]


def _disagreements(query: Prepared, record: Prepared) -> int:
    """How many of sex and birth are told on both sides and do not agree."""
    sexes = query.fields.sex and record.fields.sex and query.fields.sex != record.fields.sex
    one, other = query.birth, record.birth
    births = one and other and (one.earliest - 366 > other.latest or other.earliest - 366 > one.latest)
    return bool(sexes) + bool(births)
