"""Follows the references of ``rights.yaml``: units, roles, types of events, their fields and the codes in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from amparo.pack.definitions import Compartment, EventType, Labelled
from amparo.pack.model import Pack
from amparo.pack.rights import ConsentTerms, Term, Withheld
from amparo.pack.source import Folder

Lines = Mapping[tuple[str, str], tuple[str, int]]
Found = tuple[str, str]


def rights_of(pack: Pack) -> dict[str, Mapping[str, Labelled]]:
    """The entries of ``rights.yaml`` by kind, for whoever looks at every entry of a pack."""
    rights = pack.rights
    return {
        "bases": rights.bases,
        "requests": rights.requests,
        "terms": rights.terms,
        "consents": rights.consents,
        "withheld": rights.withheld,
    }


def check_rights(folder: Folder, pack: Pack, lines: Lines) -> None:
    """Report every reference that leads nowhere, at the line of its entry."""
    rights = pack.rights
    found: list[tuple[str, str, Iterable[Found]]] = [
        *(
            ("bases", each.code, _unknown(each.units, pack.units, "pack.unknown_unit"))
            for each in rights.bases.values()
        ),
        *(("consents", each.code, _of_consent(each, pack)) for each in rights.consents.values()),
        *(("withheld", each.code, _of_withheld(each, pack)) for each in rights.withheld.values()),
        *(("requests", each.code, _of_term(each)) for each in rights.requests.values()),
        *(("terms", each.code, _of_term(each)) for each in rights.terms.values()),
    ]
    for kind, owner, faults in found:
        for code, what in faults:
            folder.report(*lines[kind, owner], code, code=what)


def _unknown(codes: Iterable[str], known: Collection[str], fault: str) -> Iterator[Found]:
    return ((fault, code) for code in codes if code not in known)


def _of_term(term: Term) -> Iterator[Found]:
    """A term is counted in one way."""
    if (term.working_days is None) == (term.hours is None):
        yield "pack.term_uncounted", term.code


def _of_consent(terms: ConsentTerms, pack: Pack) -> Iterator[Found]:
    yield from _of_fields(pack.events.get(terms.code), terms.code, terms.fields)
    named = {unit for units in terms.recipients.values() for unit in units}
    yield from _unknown(sorted(named | set(terms.confirmed_by)), pack.units, "pack.unknown_unit")
    yield from _unknown(terms.implied, {str(each) for each in Compartment}, "pack.unknown_compartment")


def _of_withheld(rule: Withheld, pack: Pack) -> Iterator[Found]:
    yield from _unknown(rule.roles, pack.roles, "pack.unknown_role")
    yield from _of_fields(pack.events.get(rule.released_by), rule.released_by, (rule.field,))


def _of_fields(event: EventType | None, code: str, names: Iterable[str]) -> Iterator[Found]:
    if event is None:
        yield "pack.unknown_event", code
        return
    yield from _unknown(names, {field.code for field in event.fields}, "pack.unknown_event_field")
