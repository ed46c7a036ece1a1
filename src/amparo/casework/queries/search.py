"""Finding a person by what somebody remembers of her. What was typed is compared and forgotten: it is kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from string import ascii_uppercase
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import exclusions, trawling
from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.queries import persons, shapes
from amparo.casework.queries.shapes import Person
from amparo.casework.rules import asking
from amparo.casework.rules.asking import Asked, Vocabulary
from amparo.engines.linkage import block, documents
from amparo.engines.linkage import names as naming
from amparo.engines.linkage import search as engine
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.search import Hit
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries.queries import identities, records
from amparo.registries.queries.records import RecordFacts
from amparo.vault import queries as vault

SHOWN = 10
# Opening an identity costs a tenth of a millisecond; nobody reads further than this anyway.
_CANDIDATES = 160
# What more records than this share tells nobody apart.
_LARGEST_TOKEN = 4000
# One word is compared with everybody whom the office works with: a third of a second for so many records.
_OWN = 2000
_STRONG, _FAIR = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom to call about a person: the office that holds her newest record."""

    institution: str
    unit: str
    office: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person who may be the one. ``strength`` is 3, 2 or 1; ``agrees`` and ``differs`` are codes of what was told."""

    person: Person
    initials: str
    strength: int
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    in_reach: bool
    holder: Holder


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a search. ``only_known`` roles get ``found`` to say yes or no and whom to call, and nothing else.

    ``too_little`` says that nothing was looked up, because what was typed would have meant too many people;
    ``among_own`` that it was compared with those alone whom the one who asks may work with.
    """

    found: tuple[Found, ...] = ()
    more: bool = False
    only_known: bool = False
    too_little: bool = False
    among_own: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    """Who came of looking, the best first; with how many records it was compared, and whether some were left out."""

    ranked: list[_Ranked]
    compared: int
    cut: bool = False
    among_own: bool = False


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A person with the record of hers that fits best."""

    person: UUID
    hit: Hit
    fields: Fields


def search(*, actor: Actor, text: str, extra: Mapping[str, str], purpose: str, at: datetime) -> Answer:
    """Persons who fit what was typed, the best first; the ledger has whom, never the words.

    ``extra`` may hold ``document``, ``reference``, ``birth`` and ``sex``. Raises ``Denied`` where the role may not ask,
    or the account has asked too often.
    """
    actor.require("search_hit")
    only_known = not actor.can("search_thread")
    asked = _asked(text, extra, timezone.localdate(at))
    enough = asked.points_to_one if only_known else asked.says_enough
    if enough or (asked.has_a_word and not only_known):
        trawling.count(actor=actor, at=at)
    looked = _among_all(actor, asked, at) if enough else None
    if not only_known and not (looked and looked.ranked):
        own = _among_own(actor, asked, at)
        looked = own if own and (own.ranked or looked is None) else looked
    if looked is None:
        return Answer(only_known=only_known, too_little=True)
    ranked = [each for each in looked.ranked if not only_known or each.hit.score >= _FAIR]
    shown = ranked[:SHOWN]
    members = persons.records_of([each.person for each in shown])
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act=trawling.SEARCH,
            at=at,
            purpose=purpose,
            basis="role",
            subjects=[record for ids in members.values() for record in ids],
            detail={"by": list(asked.told), "compared": looked.compared, "people": len(shown)},
        )
    more = looked.cut or len(ranked) > SHOWN
    found = _found(actor, asked, shown, members, surest=2 if looked.among_own else 3)
    return Answer(found, more, only_known, among_own=looked.among_own)


def _among_all(actor: Actor, asked: Asked, at: datetime) -> _Looked:
    """Whoever shares a blind token with what was typed, whoever works with her."""
    candidates, cut = _candidates(asked)
    return _Looked(_told_to(actor, asked, _by_person(asked, candidates), at), len(candidates), cut)


def _among_own(actor: Actor, asked: Asked, at: datetime) -> _Looked | None:
    """Whom the actor may work with, by a single word or a nickname; ``None`` where there are too many to compare.

    No token is kept of a single name: tokens that are frequent where the name is would tell names to whoever steals
    them. And whoever is not hers must not be trawled for by the most frequent surname.
    """
    if not asked.has_a_word:
        return None
    own = persons.records_in_reach(actor, at_most=_OWN)
    if own is None:
        return None
    fields = {record: found.fields for record, found in identities.of_records(own).items()}
    return _Looked(_told_to(actor, asked, _by_person(asked, fields), at), len(fields), among_own=True)


def _told_to(actor: Actor, asked: Asked, ranked: Sequence[_Ranked], at: datetime) -> list[_Ranked]:
    by_number = asked.told == ("reference",)
    told = told_of(actor=actor, people=[each.person for each in ranked], at=at, by_number=by_number)
    return [each for each in ranked if each.person in told]


def told_of(*, actor: Actor, people: Collection[UUID], at: datetime, by_number: bool = False) -> set[UUID]:
    """Those of the persons of whom the actor may be told.

    Nobody she is kept away from, and the officer learns that she came upon one. Nobody whose identity is under reserve
    either, unless by a number of the case alone: to answer a name with a code would show whose it is.
    """
    whose = persons.records_of(people)
    shut = persons.everything_shut_to(actor)
    met = {person for person, members in whose.items() if not shut.isdisjoint(members)}
    if met:
        exclusions.tried(actor=actor, records=[record for person in met for record in whose[person]], at=at)
    reserved = set() if by_number else persons.reserved_people(whose)
    return set(people) - met - reserved


@cache
def vocabulary() -> Vocabulary:
    """The words by which the pack's documents and references are called."""
    layouts = [layout for versions in pack().imports.values() for layout in versions]
    columns = {column.reference for layout in layouts for column in layout.columns if column.reference}
    rules = {rule.prefix for layout in layouts for rule in layout.references}
    return Vocabulary(frozenset(pack().codes["documento"]), frozenset(columns | rules))


def _asked(text: str, extra: Mapping[str, str], today: date) -> Asked:
    lines = (text, extra.get("document", ""), extra.get("birth", ""))
    asked = asking.understood([line for line in lines if line.strip()], vocabulary(), today)
    asked = asking.with_reference(asked, extra.get("reference", ""), vocabulary())
    return asking.with_sex(asked, extra.get("sex", ""))


def _candidates(asked: Asked) -> tuple[dict[UUID, Fields], bool]:
    """Records that share a blind token with what was typed, opened; and whether some had to be left out."""
    counts = vault.owners_with(_tokens(asked), limit_per_token=_LARGEST_TOKEN)
    best = sorted(counts, key=lambda owner: (-counts[owner], owner))[:_CANDIDATES]
    opened = identities.of_records(best)
    return {record: identity.fields for record, identity in opened.items()}, len(counts) > len(best)


def _tokens(asked: Asked) -> frozenset[str]:
    tables = pack().names
    given, surname1, surname2 = naming.split_full_name(" ".join(asked.names), tables)
    as_written = Fields("", given=given, surname1=surname1, surname2=surname2, birth=asked.birth)
    queries = [asked.fields(), as_written, *_by_birth(asked), *_by_document(asked), *_by_reference(asked)]
    return frozenset(key for query in queries for key in block.query_keys(query, tables))


def _by_birth(asked: Asked) -> Iterable[Fields]:
    """Each word once as a given name and once as a surname, with the birth.

    A surname is looked up with the first letter of a given name; where there is only one word, with every letter.
    """
    if asked.birth is None:
        return []
    as_given = [Fields("", given=word, birth=asked.birth) for word in asked.names]
    as_surname = [
        Fields("", given=first, surname1=word, birth=asked.birth)
        for place, word in enumerate(asked.names)
        for first in ([*asked.names[:place], *asked.names[place + 1 :]] or ascii_uppercase)
    ]
    return [*as_given, *as_surname]


def _by_reference(asked: Asked) -> Iterable[Fields]:
    """Each reference by itself: a number of an unknown kind is one of each kind."""
    return [Fields("", references=frozenset({reference})) for reference in asked.references]


def _by_document(asked: Asked) -> Iterable[Fields]:
    """The number under every kind of document that it may be, where nobody said which."""
    if not asked.document:
        return []
    kinds = [asked.document_kind] if asked.document_kind else ["", *pack().codes["documento"]]
    return [Fields("", doc_type=kind, doc_number=asked.document) for kind in kinds]


def _by_person(asked: Asked, candidates: Mapping[UUID, Fields]) -> list[_Ranked]:
    """The best record of each person, best first."""
    query = asked.fields(document_kind=_kind_of(asked, candidates.values()))
    whose = persons.persons_of(candidates)
    best: dict[UUID, _Ranked] = {}
    for hit in engine.rank(query, list(candidates.values()), pack().names):
        record = UUID(hit.record_id)
        person = whose.get(record)
        if person is not None and person not in best:
            best[person] = _Ranked(person, hit, candidates[record])
    return list(best.values())


def _kind_of(asked: Asked, candidates: Iterable[Fields]) -> str:
    """The kind of the document that was found under the number, where nobody said which it is."""
    if not asked.document or asked.document_kind:
        return asked.document_kind
    for fields in candidates:
        known = documents.read(fields.doc_type, fields.doc_number)
        wanted = documents.read(fields.doc_type, asked.document)
        if known is not None and wanted is not None and known.number == wanted.number:
            return fields.doc_type
    return ""


def _found(
    actor: Actor, asked: Asked, ranked: Sequence[_Ranked], members: Mapping[UUID, Collection[UUID]], *, surest: int
) -> tuple[Found, ...]:
    """One word never makes anybody the one beyond doubt: ``surest`` is the most that ``strength`` may say."""
    ids = [each.person for each in ranked]
    known = {row.id: shapes.person(row) for row in models.Person.objects.filter(id__in=ids)}
    reach = set(persons.visible(actor).filter(id__in=ids).values_list("id", flat=True))
    letters = persons.initials_of(ids)
    facts = records.facts({record for some in members.values() for record in some})
    return tuple(
        Found(
            person=known[each.person],
            initials=letters.get(each.person, ""),
            strength=min(_strength(each.hit.score), surest),
            agrees=_agrees(asked, each),
            differs=_differs(asked, each),
            in_reach=each.person in reach,
            holder=holder([facts[record] for record in members[each.person]]),
        )
        for each in ranked
    )


def _strength(score: float) -> int:
    return 3 if score >= _STRONG else 2 if score >= _FAIR else 1


def _agrees(asked: Asked, ranked: _Ranked) -> tuple[str, ...]:
    return (*ranked.hit.found, *(code for code, same in _compared(asked, ranked.fields) if same))


def _differs(asked: Asked, ranked: _Ranked) -> tuple[str, ...]:
    held = {"document": ranked.fields.doc_number, "reference": ranked.fields.references, "names": True}
    missed = [code for code in asked.told if code in held and held[code] and code not in ranked.hit.found]
    return (*missed, *(code for code, same in _compared(asked, ranked.fields) if not same))


def _compared(asked: Asked, fields: Fields) -> list[tuple[str, bool]]:
    """Birth and sex, where both sides tell them."""
    told = []
    if asked.birth and fields.birth:
        told.append(("birth", asked.birth.overlaps(fields.birth)))
    if asked.sex and fields.sex:
        told.append(("sex", asked.sex == fields.sex))
    return told


def holder(known: Sequence[RecordFacts]) -> Holder:
    """Whom to call about a person of whom these records are known: the office of the newest that is of no shelter.

    To name a shelter would tell whoever asks where she lives; where nobody else knows her, its institution is named.
    """
    units = pack().units
    elsewhere = [record for record in known if record.unit not in units or not units[record.unit].shelter]
    newest = max(elsewhere or known, key=lambda record: (record.registered_on or date.min, record.id))
    return Holder(newest.institution, *((newest.unit, newest.office) if elsewhere else ("", "")))
