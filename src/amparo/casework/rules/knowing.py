"""What somebody says of a person before she opens a record on her: read, found enough or not, and compared. Pure.

Here each thing stands in a place of its own, as in a record, and is compared as a record is. What is typed into one box
is read by :mod:`amparo.casework.rules.asking`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from amparo.casework.rules import asking
from amparo.casework.rules.asking import Vocabulary
from amparo.engines.linkage import documents, gate
from amparo.engines.linkage.explain import Evidence
from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx
from amparo.registries.converters import as_age, as_date, clean, split_surnames

_FIRST_YEAR = 1900
# Levels at which two records agree but for a slip, or as far as what little is known of them goes; the rest agree.
_NEARLY = frozenset(
    {
        "some", "initials", "near", "part", "one_and_conflict", "one_near", "one", "crossed", "both_near", "close",
        "ages_agree", "age_and_day_agree", "typo", "swapped", "near_and_place", "place", "department", "province",
    }
)  # fmt: skip
_DIFFERENT = frozenset({"different", "far", "apart", "days_differ"})
_RARITY = "_rarity"
# What linkage calls the kind of a number that may be of any.
_ANY_KIND = "?"
_SURE, _LIKELY = 0.97, 0.8


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a person. Places are codes of districts; everything may be empty."""

    given: str = ""
    surnames: str = ""
    alias: str = ""
    sex: str = ""
    birth: str = ""
    document_kind: str = ""
    document: str = ""
    reference: str = ""
    origin: str = ""
    event_on: date | None = None
    event_place: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """What was given, as codes and never as values, for whoever writes down that somebody asked."""
        return tuple(part.name for part in fields(self) if getattr(self, part.name))


@dataclass(frozen=True, slots=True)
class Understood:
    """A record to compare, and by the name of each part that cannot be read, a code that says why."""

    fields: Fields
    problems: Mapping[str, str]


def understood(told: Told, words: Vocabulary, particles: frozenset[str], today: date) -> Understood:
    """Read what was told as a record with no id, which linkage can compare."""
    birth, problem = _birth(told.birth, today)
    problems = {"birth": problem, "document": _document_problem(told), "event_on": _day_problem(told, today)}
    surname1, surname2 = split_surnames(told.surnames, particles)
    references = asking.with_reference(asking.Asked(), told.reference, words).references
    if told.reference.strip() and not references:
        problems["reference"] = "known.no_reference"
    record = Fields(
        record_id="",
        given=clean(told.given),
        surname1=surname1,
        surname2=surname2,
        alias=clean(told.alias),
        sex=told.sex if told.sex in ("F", "M") else "",
        birth=birth,
        doc_type=told.document_kind if told.document.strip() else "",
        doc_number=clean(told.document),
        origin=told.origin,
        event_on=told.event_on,
        event_place=told.event_place,
        references=references,
    )
    return Understood(record, {name: code for name, code in problems.items() if code})


def _birth(text: str, today: date) -> tuple[Approx | None, str]:
    """A birth from a day, a year or an age; or why it is none."""
    typed = clean(text)
    if not typed:
        return None, ""
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        year = int(typed)
        return (Approx.in_year(year), "") if _FIRST_YEAR <= year <= today.year else (None, "known.birth_impossible")
    if age := as_age(typed).value:
        low, _, high = age.partition("-")
        oldest = Approx.born_at_age(int(high or low), today, margin=1, estimated=True)
        return Approx(oldest.earliest, Approx.born_at_age(int(low), today, margin=1).latest, oldest.precision), ""
    day = as_date(typed).value
    if not day:
        return None, "known.birth_unreadable"
    return (Approx.exact(date.fromisoformat(day)), "") if day <= today.isoformat() else (None, "known.birth_impossible")


def _document_problem(told: Told) -> str:
    if not told.document.strip():
        return ""
    found = documents.read(told.document_kind, told.document)
    if found is None:
        return "known.document_unreadable"
    return "known.document_of_no_kind" if found.kind == _ANY_KIND else ""


def _day_problem(told: Told, today: date) -> str:
    return "known.event_later" if told.event_on and told.event_on > today else ""


def says_enough(fields: Fields) -> bool:
    """Whether there is somebody to compare: a document, two parts of a name, or one with a birth.

    The number of a case file is not enough: it is of a case, and everybody found in it bears it.
    """
    return bool(fields.doc_number) or _words(fields) > 1 or bool(_words(fields) and fields.birth)


def points_to_one(fields: Fields) -> bool:
    """Whether it could be meant for one person rather than for many of a common name."""
    return bool(fields.doc_number) or _words(fields) > 2 or (_words(fields) > 1 and fields.birth is not None)


def _words(fields: Fields) -> int:
    return len(f"{fields.given} {fields.surname1} {fields.surname2}".split())


def is_likely(probability: float, contradictions: Collection[str]) -> bool:
    """Whether it is likely enough to say yes. What would confirm it may be lacking, but nothing speaks against it."""
    return probability >= _LIKELY and gate.LACKING.issuperset(contradictions)


def sureness(probability: float, contradictions: Collection[str]) -> int:
    """3 where it is nearly certain, 2 where it is likely, 1 where it is less, or may be a sister or a namesake."""
    if not is_likely(probability, contradictions) or not gate.MAYBE.isdisjoint(contradictions):
        return 1
    return 3 if probability >= _SURE and not contradictions else 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """The parts that agree, those that nearly do, and those that do not, as codes of linkage, the weightiest first."""

    agrees: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


def agreement(evidence: Iterable[Evidence]) -> Agreement:
    """Which parts agree. How they differ is not told: that would say what stands in somebody else's record."""
    told = [each for each in evidence if not each.field.endswith(_RARITY)]
    nearly = tuple(each.field for each in told if each.level in _NEARLY)
    differs = tuple(each.field for each in told if each.level in _DIFFERENT)
    return Agreement(tuple(each.field for each in told if each.field not in nearly + differs), nearly, differs)
