"""Contradictions: what forbids the machine to join two records alone, however high their score.

Weights add up as if pieces of evidence were independent. Sisters rescued together, twins, a mother and her daughter,
or a child written under her guardian's document share so much at once that the sum misleads. Each rule here names
one such case; a person may still decide that the records belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from amparo.engines.linkage import documents
from amparo.engines.linkage.compare import Comparison, compare_prepared
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import (
    Alias,
    Birth,
    DocumentLevel,
    Event,
    Given,
    Native,
    Origin,
    Reference,
    Sex,
    Surnames,
)
from amparo.engines.linkage.names import Identity, NameTables
from amparo.engines.linkage.prepare import Prepared, prepare

_GENERATION_DAYS = 12 * 365
_UNLIKE_GIVEN = frozenset({Given.DIFFERENT, Given.SOME})
_FULLY_ALIKE = frozenset({Given.SAME, Given.SAME_SEVERAL, Given.REORDERED})
_NAMELESS = frozenset({Given.MISSING, Given.INITIALS})

# The levels of the event that support what the names say where no model has learnt which do.
ONE_EVENT: frozenset[int] = frozenset({Event.NEAR_AND_PLACE, Event.DAY_AND_PLACE, Event.CASE})


@dataclass(frozen=True, slots=True)
class _Case:
    """The two records, with the levels that most rules ask for."""

    a: Prepared
    b: Prepared
    given: int
    surnames: int
    birth: int
    document: int
    sex: int
    origin: int
    event: int
    reference: int
    alias: int
    native: int
    telling: Collection[int]

    @property
    def shares_surname(self) -> bool:
        """Whether at least one surname agrees."""
        return self.surnames >= Surnames.ONE_NEAR or self.surnames == Surnames.ONE_AND_CONFLICT

    @property
    def is_one_event(self) -> bool:
        """Whether the events agree in a way that supports what the names say."""
        return self.event in self.telling

    @property
    def lacks_given_name(self) -> bool:
        """Whether one of the records has no given name at all, so that it may be of any of several siblings."""
        return self.given == Given.MISSING and self.surnames != Surnames.CROSSED


def contradictions(
    a: Prepared,
    b: Prepared,
    comparison: Comparison,
    trusted: Collection[str] = (),
    *,
    telling: Collection[int] = ONE_EVENT,
) -> tuple[str, ...]:
    """The codes of all rules that forbid joining the two records alone; empty where none does.

    ``trusted`` are those rules of :data:`MAYBE` that training has found to forbid without need. ``telling`` are
    the levels of the event that support what the names say (``Model.telling``): none where one raid fills the files,
    those nearby too where every institution writes a day of its own.
    """
    given, surnames, birth, document, sex, _, origin, event, reference, alias, native = comparison.levels
    case = _Case(a, b, given, surnames, birth, document, sex, origin, event, reference, alias, native, telling)
    return tuple(code for code, applies in RULES.items() if code not in trusted and applies(case))


def between(a: Fields, b: Fields, tables: NameTables) -> tuple[str, ...]:
    """The same for two records that nobody has prepared yet."""
    left, right = prepare(a, tables), prepare(b, tables)
    return contradictions(left, right, compare_prepared(left, right))


def _no_identity(case: _Case) -> bool:
    """One of the records has no name, only initials, or half a name, and nothing of one person makes up for it.

    A document does so with a birth to the day, or with an age and the event: the nameless are often written under
    somebody else's number, and somebody else has another age. Initials that agree are held to less. Without
    a document nothing does: twins have one birth and often one set of initials.
    """
    named = case.a.identity is Identity.NAMED and case.b.identity is Identity.NAMED
    whole = named and case.surnames != Surnames.MISSING and not case.lacks_given_name
    if whole or case.reference == Reference.SHARED:
        return False
    if case.sex == Sex.DIFFERENT or case.given not in _NAMELESS:
        return case.birth < Birth.TYPO or case.document != DocumentLevel.SAME
    if case.document != DocumentLevel.SAME:
        return True
    if case.birth in (Birth.MISSING, Birth.CLOSE):
        return not case.is_one_event or (case.birth == Birth.CLOSE and case.given == Given.MISSING)
    return case.birth < Birth.TYPO and (case.birth < Birth.AGES_AGREE or not case.is_one_event)


def _different_documents(case: _Case) -> bool:
    """Both have a valid number of the same kind, and more than a typing error lies between them."""
    return case.document == DocumentLevel.DIFFERENT


def _guardian_document(case: _Case) -> bool:
    """The document of one is that of the other's companion."""
    return _is_guardian(case.a, case.b) or _is_guardian(case.b, case.a)


def _is_guardian(adult: Prepared, child: Prepared) -> bool:
    if adult.document is None or child.guardian is None:
        return False
    return documents.likeness(adult.document, child.guardian) is documents.Likeness.SAME


def _shared_document(case: _Case) -> bool:
    """One number, but names, births or sexes of two people: a guardian's document, or a false one."""
    if case.document != DocumentLevel.SAME or _is_one_name(case):
        return False
    if case.surnames == Surnames.MISSING and case.birth >= Birth.TYPO:
        return case.sex == Sex.DIFFERENT
    if case.birth in (Birth.FAR, Birth.APART) or case.sex == Sex.DIFFERENT:
        return True
    unlike = case.given not in _FULLY_ALIKE and case.given != Given.MISSING
    if case.given == Given.DIFFERENT or (unlike and case.birth == Birth.DAYS_DIFFER):
        return True
    return case.surnames == Surnames.DIFFERENT and not (case.birth == Birth.SAME and case.given >= Given.NEAR)


def _is_one_name(case: _Case) -> bool:
    """The whole name agrees and no generation lies between: beside one number, a sex or a year is then mistyped."""
    return case.given in _FULLY_ALIKE and case.surnames >= Surnames.ONE_NEAR and case.birth != Birth.FAR


def _siblings(case: _Case) -> bool:
    """Surnames agree and given names do not, or not wholly and births differ by more than a guessed age may."""
    if not case.shares_surname or case.native == Native.SAME or case.document == DocumentLevel.SAME:
        return False
    partly = case.given not in _FULLY_ALIKE and case.birth in (Birth.APART, Birth.DAYS_DIFFER)
    return case.given in _UNLIKE_GIVEN or (partly and case.given != Given.MISSING)


def _births_differ(case: _Case) -> bool:
    """Births to the day are two days, or ages do not meet and the event is another: people of one name.

    A shared number overrules it.
    """
    told_apart = _is_told_apart(case) or case.document == DocumentLevel.NEAR
    if case.birth == Birth.CLOSE and not case.is_one_event and not told_apart:
        return True
    if case.birth == Birth.CLOSE and case.given == Given.DIFFERENT and case.document != DocumentLevel.SAME:
        return True
    exact = case.a.birth is not None and case.a.birth.precise and case.b.birth is not None and case.b.birth.precise
    differ = case.birth == Birth.DAYS_DIFFER or (exact and case.birth == Birth.APART)
    return differ and case.document != DocumentLevel.SAME and case.reference != Reference.SHARED


def _twins(case: _Case) -> bool:
    """Numbers a few steps apart, as twins have them."""
    a, b = case.a.document, case.b.document
    return a is not None and b is not None and documents.are_consecutive(a, b)


def _different_surnames(case: _Case) -> bool:
    """No surname agrees, and neither does a document or a native name."""
    unlike = case.surnames == Surnames.DIFFERENT
    return unlike and case.document != DocumentLevel.SAME and case.native != Native.SAME


def _different_given_names(case: _Case) -> bool:
    """No given name agrees, and neither does a native name or an alias."""
    known_otherwise = case.native == Native.SAME or case.alias >= Alias.GIVEN
    if case.document == DocumentLevel.SAME and case.birth >= Birth.TYPO:
        return False
    return case.given == Given.DIFFERENT and not case.shares_surname and not known_otherwise


def _mother_and_daughter(case: _Case) -> bool:
    """A surname in common and a generation between the births."""
    one, other = case.a.birth, case.b.birth
    if one is None or other is None or not case.shares_surname:
        return False
    return max(one.earliest - other.latest, other.earliest - one.latest) >= _GENERATION_DAYS


def _birth_far_apart(case: _Case) -> bool:
    """Births more than five years apart."""
    return case.birth == Birth.FAR


def _sex_and_birth(case: _Case) -> bool:
    """Sexes differ, and the whole name does not agree with a birth to the day, or with an age and the event."""
    if case.sex != Sex.DIFFERENT or case.document == DocumentLevel.SAME:
        return False
    if case.birth >= Birth.TYPO:
        return not _is_one_name(case)
    return not (_is_one_name(case) and case.birth >= Birth.AGES_AGREE and case.is_one_event)


def _nothing_else(case: _Case) -> bool:
    """Names, and perhaps an age or a region: not enough for anybody, least of all for common names."""
    return not (
        case.document >= DocumentLevel.NEAR
        or case.birth >= Birth.TYPO
        or case.origin == Origin.DISTRICT
        or case.is_one_event
        or case.reference == Reference.SHARED
        or case.alias == Alias.SAME
        or case.native == Native.SAME
    )


def _is_told_apart(case: _Case) -> bool:
    """Whether something that one person only has makes up for names that kin may share."""
    if case.given == Given.SOME and case.birth < Birth.TYPO:
        return case.reference == Reference.SHARED or case.native == Native.SAME
    return case.document == DocumentLevel.SAME or case.reference == Reference.SHARED or case.native == Native.SAME


def _maybe_siblings(case: _Case) -> bool:
    """One has a given name that the other lacks, or nearly the same one, and births do not agree to the day."""
    unlike = case.given not in _FULLY_ALIKE and case.given != Given.MISSING
    return unlike and case.birth < Birth.TYPO and not _is_told_apart(case)


def _maybe_twins(case: _Case) -> bool:
    """The same with births that agree to the day."""
    named = case.a.identity is Identity.NAMED and case.b.identity is Identity.NAMED
    unlike = case.given not in _FULLY_ALIKE and (case.given != Given.MISSING or not named)
    return unlike and case.birth >= Birth.TYPO and not _is_told_apart(case)


def _maybe_homonyms(case: _Case) -> bool:
    """Names agree as far as they are told, and neither births to the day nor the event do.

    A birth that differs by a slip of the pen is no support: strangers of one name and like age have it too. Nor is
    one birth beside half a name: a twin may have been found elsewhere.
    """
    half = case.given in (Given.NEAR, Given.PART)
    agree = half or case.given in _FULLY_ALIKE or case.surnames == Surnames.CROSSED
    supported = case.is_one_event or (case.birth > Birth.TYPO and not half)
    told_apart = _is_told_apart(case) or case.document == DocumentLevel.NEAR
    return agree and not supported and not told_apart


RULES: dict[str, Callable[[_Case], bool]] = {
    "no_identity": _no_identity,
    "different_documents": _different_documents,
    "guardian_document": _guardian_document,
    "shared_document": _shared_document,
    "siblings": _siblings,
    "births_differ": _births_differ,
    "twins": _twins,
    "different_surnames": _different_surnames,
    "different_given_names": _different_given_names,
    "mother_and_daughter": _mother_and_daughter,
    "birth_far_apart": _birth_far_apart,
    "sex_and_birth": _sex_and_birth,
    "nothing_else": _nothing_else,
    "maybe_siblings": _maybe_siblings,
    "maybe_twins": _maybe_twins,
    "maybe_homonyms": _maybe_homonyms,
}
# Cases that are mostly of one person. How mostly depends on how a people names its children and how carefully clerks
# write: training may find that one of them can be trusted; untrained, all are asked about.
MAYBE: frozenset[str] = frozenset({"maybe_siblings", "maybe_twins", "maybe_homonyms"})
# A difference of given names that one record with all of them explains.
LIFTED_BY_A_BRIDGE: frozenset[str] = frozenset({"siblings", "maybe_siblings", "maybe_twins"})
# Of these it is likelier that the records are of two people than that somebody should be asked.
KIN: frozenset[str] = frozenset({"guardian_document", "siblings", "twins", "mother_and_daughter", "birth_far_apart"})
# Each of these alone makes it likelier that there are two people; two of them together leave no doubt worth asking.
TWO_PEOPLE: frozenset[str] = KIN | {"different_documents", "births_differ", "different_surnames"}
# These say that something is lacking, not that anything speaks against it: two records that a third one holds
# together stay together in spite of them.
LACKING: frozenset[str] = MAYBE | {"nothing_else", "no_identity"}
