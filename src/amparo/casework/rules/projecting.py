"""From records and events of one person to the rows that lists and pages read. Pure: moment and pack come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from amparo.casework.rules.responsible import Answerable, Holding, answerable, departments_of, only_office
from amparo.engines.route.case import Case, open_case
from amparo.engines.route.chain import chains
from amparo.engines.route.evaluate import obligations
from amparo.engines.route.model import Applies, Facts
from amparo.engines.route.outcome import Happened, Obligation, Status
from amparo.engines.route.risk import Priority, prioritise, situation_in
from amparo.kernel.dates import Approx
from amparo.pack.model import Pack
from amparo.pack.places import Places
from amparo.pack.reported import reported_steps
from amparo.registries.queries.events import Written
from amparo.registries.queries.records import RecordFacts
from amparo.registries.rules import grouping
from amparo.registries.rules import standing as facts_of

Row = tuple[object, ...]

# Steps that have begun or ended are kept for lists and figures; those to come are worked out when a thread is read.
KEPT = frozenset({Status.DUE, Status.OVERDUE, Status.MET, Status.MET_LATE, Status.WAIVED})
EVERY = frozenset(Status)
# An enumeration's own text is slow to ask for, and there is one for every row.
_WORD = {status: str(status.value) for status in Status}
# Types of events that every pack has under these codes; ``amparo check-pack`` asks for them.
REFERRAL, REFUSED, RISK = "derivacion", "derivacion_rechazada", "evaluacion_riesgo"

PERSON = (
    "id", "code", "record_count", "cycles", "institutions", "sex", "minor", "age_low", "age_high", "departments",
    "first_on", "last_on", "state", "stage", "risk", "rank", "rank_reasons", "owed", "overdue",
    "next_due_on", "reserved", "rows",
)  # fmt: skip
MEMBERSHIP = ("record", "person")
REACH = ("person", "institution", "unit", "office", "department", "relation")
OBLIGATION = (
    "person", "cycle", "step", "occurrence", "route", "unit", "office", "department", "status", "is_owed", "since",
    "due_on", "fulfilled_by", "fulfilled_on", "stopped_on", "reason", "article", "verified", "critical", "position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of one person: her records in order, all their events, and the births that records give."""

    records: tuple[RecordFacts, ...]
    events: tuple[Written, ...]
    births: tuple[Approx, ...]
    # Whether any record gives a document of identity; None where no record says anything of her identity.
    documented: bool | None = None

    def department_of(self, event: Written) -> str:
        """The department of the record that tells of an event.

        A file may name another kind of office, such as the one that assists victims, without saying which; it is then
        taken for the one of that department.
        """
        return next((record.department for record in self.records if record.id == event.record), "")

    @property
    def standing(self) -> list[Written]:
        """Her events without those that were corrected or taken back."""
        return facts_of.standing(self.events)


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of one person, by table."""

    person: Row
    memberships: list[Row]
    reaches: list[Row]
    obligations: list[Row]


@dataclass(frozen=True, slots=True)
class Country:
    """The pack with what is worked out of it once for many persons: offices by kind and department, reported steps."""

    pack: Pack
    offices: Mapping[tuple[str, str], list[str]]
    reported: frozenset[str]


def country(pack: Pack) -> Country:
    """The pack made ready for projecting."""
    offices: dict[tuple[str, str], list[str]] = {}
    for office in pack.offices.values():
        for department in office.departments:
            offices.setdefault((office.unit, department), []).append(office.code)
    return Country(pack, offices, reported_steps(pack))


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out of one person before rows are made of it."""

    material: Material
    events: list[Written]
    facts: Facts
    owed: tuple[Obligation, ...]
    case: Case
    departments: list[str]
    stage: str
    risk: str
    priority: Priority
    reserved: bool


def project(material: Material, country: Country, at: datetime, *, keep: frozenset[Status] = KEPT) -> Projection:
    """All rows of one person as of a moment, with the obligations whose status is among ``keep``."""
    person = grouping.anchor(record.id for record in material.records)
    pack = country.pack
    events = _in_districts(material.standing, pack.places)
    holdings = _holdings(material, events, pack.offices)
    known = _known(material, events, holdings, country, at)
    found_in = _department_found(events, pack.routes.rescue) or next(iter(known.departments), "")
    finder = only_office(country.offices)
    who = {unit: answerable(unit, holdings, found_in, finder) for unit in {each.responsible for each in known.owed}}
    memberships: list[Row] = [(record.id, person) for record in material.records]
    reaches = _reaches(person, material, events, pack)
    kept = [
        _obligation(person, each, place, who[each.responsible])
        for place, each in enumerate(known.owed)
        if each.status in keep
    ]
    digest = blake2b(msgspec.msgpack.encode((memberships, reaches, kept)), digest_size=16).hexdigest()
    return Projection((*_person(known), digest), memberships, reaches, kept)


def _in_districts(events: Iterable[Written], places: Places) -> list[Written]:
    """The events, each in its district: offices answer for districts, not for the mining strip or port within one."""
    return [_in_district(event, places) if event.place in places.sub_places else event for event in events]


def _in_district(event: Written, places: Places) -> Written:
    district = places.district_of(event.place)
    return event._replace(place=district.code if district else "")


def _known(material: Material, events: list[Written], holdings: list[Holding], country: Country, at: datetime) -> Known:
    pack, facts = country.pack, _facts(material)
    happened = [_happened(event) for event in events]
    case = open_case(pack.routes, facts, happened, at)
    owed = obligations(case, pack.holidays)
    links = chains(case)
    return Known(
        material=material,
        events=events,
        facts=facts,
        owed=owed,
        case=case,
        departments=departments_of(holdings, [event.place for event in events if event.place]),
        stage=links[-1].furthest if links else "",
        risk=_last_risk(events),
        priority=prioritise([each for each in owed if each.step in country.reported], situation_in(case), case.today),
        reserved=is_reserved(events, pack),
    )


def is_reserved(standing: Iterable[Written], pack: Pack) -> bool:
    """Whether any standing event orders that her name be shown to nobody.

    What another institution writes does not undo it: only whoever ordered it can correct its own event.
    """
    return any(
        field.reserves and str(event.data.get(field.code, "")) == field.reserves
        for event in standing
        if event.type in pack.events
        for field in pack.events[event.type].fields
    )


def _last_risk(events: list[Written]) -> str:
    """The level that was assessed last, empty where nobody has assessed her risk."""
    assessed = [event for event in events if event.type == RISK and event.data.get("nivel")]
    return str(max(assessed, key=lambda event: (event.on, event.id)).data["nivel"]) if assessed else ""


def _facts(material: Material) -> Facts:
    documented = "" if material.documented is None else ("yes" if material.documented else "no")
    return Facts(
        birth=facts_of.birth(material.births),
        nationality=facts_of.most_said(record.nationality for record in material.records),
        documented=documented,
    )


def _happened(event: Written) -> Happened:
    data = {name: str(value) for name, value in event.data.items()}
    return Happened(
        id=str(event.id),
        type=event.type,
        on=event.on,
        recorded_at=event.recorded_at,
        unit=event.unit,
        office=event.office,
        record_id=str(event.record),
        data=data,
    )


def _holdings(material: Material, events: Iterable[Written], offices: Mapping[str, Any]) -> list[Holding]:
    """Offices that hold a record of hers, wrote of her, or were sent a referral that they did not refuse."""
    held = [
        Holding(record.unit, record.office, record.department, record.registered_on or date.min)
        for record in material.records
    ]
    wrote = [
        Holding(event.unit, event.office, _department(event.office, offices) or material.department_of(event), event.on)
        for event in events
    ]
    return [*held, *wrote, *(_sent(referral, offices) for referral in referrals(events))]


def referrals(events: Iterable[Written]) -> list[Written]:
    """Referrals to a kind of office that it did not refuse afterwards."""
    known = list(events)
    refused = [(event.unit, event.on) for event in known if event.type == REFUSED]
    return [
        event
        for event in known
        if event.type == REFERRAL
        and event.data.get("destino")
        and not any(unit == event.data["destino"] and on >= event.on for unit, on in refused)
    ]


def _sent(referral: Written, offices: Mapping[str, Any]) -> Holding:
    office = str(referral.data.get("dependencia", ""))
    department = _department(office, offices) or referral.place[:2] or _department(referral.office, offices)
    return Holding(str(referral.data["destino"]), office, department, referral.on)


def _department(office: str, offices: Mapping[str, Any]) -> str:
    """The first department that an office answers for."""
    found = offices.get(office)
    return found.departments[0] if found and found.departments else ""


def _department_found(events: Iterable[Written], rescue: str) -> str:
    """The department where she was last found, empty where no rescue says so."""
    rescues = [event for event in events if event.type == rescue and event.place]
    return max(rescues, key=lambda event: (event.on, event.id)).place[:2] if rescues else ""


def _reaches(person: UUID, material: Material, events: list[Written], pack: Pack) -> list[Row]:
    """Every office that may work with her, once, and why: a record or a writing of its own comes before a referral."""
    found: dict[tuple[str, str, str, str], str] = {}
    for referral in referrals(events):
        sent = _sent(referral, pack.offices)
        for institution in pack.units[sent.unit].institutions if sent.unit in pack.units else ():
            found[institution, sent.unit, sent.office, sent.department] = "referral"
    for event in events:
        department = _department(event.office, pack.offices) or material.department_of(event)
        found[event.institution, event.unit, event.office, department] = "record"
    for record in material.records:
        found[record.institution, record.unit, record.office, record.department] = "record"
    return [(person, *key, relation) for key, relation in sorted(found.items()) if not _any_shelter(key, pack)]


def _any_shelter(reach: tuple[str, str, str, str], pack: Pack) -> bool:
    """Whether a reach names a kind of shelter without saying which: nobody needs to know her until one takes her in."""
    _, unit, office, _ = reach
    return not office and unit in pack.units and pack.units[unit].shelter


def _obligation(person: UUID, owed: Obligation, position: int, who: Answerable) -> Row:
    return (
        person,
        owed.cycle,
        owed.step,
        owed.occurrence,
        owed.route,
        owed.responsible,
        who.office,
        who.department,
        _WORD[owed.status],
        owed.is_owed_now,
        owed.since,
        owed.due_on,
        UUID(owed.fulfilled_by) if owed.fulfilled_by else None,
        owed.fulfilled_on,
        owed.stopped_on,
        {"code": owed.reason.code, "params": dict(owed.reason.params)},
        owed.article,
        owed.verified,
        owed.critical,
        position,
    )


def _person(known: Known) -> Row:
    last = known.case.current
    days = [event.on for event in known.events]
    age = known.facts.birth.age_on(known.case.today) if known.facts.birth else (None, None)
    first = known.material.records[0]
    owed = [each for each in known.owed if each.is_owed_now]
    due = [each.due_on for each in owed if each.due_on and each.status is Status.DUE]
    return (
        first.id,
        first.code,
        len(known.material.records),
        len(known.case.cycles),
        sorted({record.institution for record in known.material.records}),
        facts_of.most_said(record.sex for record in known.material.records),
        last.applies is Applies.CHILD if last else None,
        *age,
        known.departments,
        min(days, default=None),
        max(days, default=None),
        "closed" if last and last.closed_on else "open",
        known.stage,
        known.risk,
        sortable(known.priority.rank),
        [{"code": reason.code, "params": dict(reason.params)} for reason in known.priority.reasons],
        len(owed),
        sum(each.status is Status.OVERDUE for each in owed),
        min(due, default=None),
        known.reserved,
    )


def sortable(rank: tuple[int, ...]) -> str:
    """A rank as text of fixed width that sorts as the numbers do; each lies between -10**8 and 10**8."""
    return "".join(f"{number + 10**8:09d}" for number in rank)
