"""Entries as FHIR AuditEvents, in the manner of IHE's Basic Audit Log Patterns (BALP), for whoever collects those.

A reading of one record has the shape of BALP's PatientRead, which knows exactly one patient: an entry about several
records becomes as many events. Other acts are DICOM's "Patient Record", sign-ins its "User Authentication". Purposes
and relations are codes of Amparo's own beside the few that HL7 has. Nothing here names anybody: people are ids of
records. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from uuid import UUID

from amparo.ledger.entries import Content

Event = dict[str, object]

_HL7 = "http://terminology.hl7.org/CodeSystem"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_OWN = "urn:amparo"
_PATIENT_READ = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead"
_READS = frozenset({"read", "reveal", "list", "report", "person", "affected", "certificate"})
_ACTIONS = {
    "write": "C", "take": "C", "place": "C", "make": "C", "create": "C", "ask": "C", "register": "C", "add": "C",
    "order": "D", "sweep": "D", "remove": "D", "discard": "D", "retire": "D",
    "open": "E", "refused": "E", "denied": "E", "verify": "E", "rotate": "E", "run": "E", "archive": "E",
}  # fmt: skip
_REFUSED = frozenset({"session.refused", "access.denied"})
# The reasons for acts that HL7 has words for (v3-ActReason).
_REASONS = {"break_glass": "BTG", "emergency": "ETREAT"}


def events(content: Content, subjects: Sequence[UUID]) -> Iterator[Event]:
    """One event for each record that the entry is about; one without a patient where it is about none."""
    if not subjects:
        yield _event(content, None)
    for subject in subjects:
        yield _event(content, subject)


def _event(content: Content, subject: UUID | None) -> Event:
    kind = content.act.rpartition(".")[2]
    reads = kind in _READS and subject is not None
    told: Event = {
        "resourceType": "AuditEvent",
        "id": f"{content.seq}-{subject}" if subject else str(content.seq),
        "type": _type(content, reads=reads),
        "subtype": [_coding(f"{_OWN}:act", content.act)],
        "action": "R" if kind in _READS else _ACTIONS.get(kind, "U"),
        "recorded": content.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "outcome": "4" if content.act in _REFUSED else "0",
        "agent": [_user(content), *_machines()],
        "source": {"observer": {"display": "Amparo"}, "type": [_coding(f"{_HL7}/security-source-type", "4")]},
        "entity": [_entry(content), *([_patient(subject)] if subject else [])],
    }
    if reads:
        told["meta"] = {"profile": [_PATIENT_READ]}
        told["subtype"] = [_coding("http://hl7.org/fhir/restful-interaction", "read"), *told["subtype"]]  # type: ignore[misc]
    return told


def _type(content: Content, *, reads: bool) -> Event:
    if reads:
        return _coding(f"{_HL7}/audit-event-type", "rest", "Restful Operation")
    if content.act.startswith(("session.", "account.", "factor.")):
        return _coding(_DICOM, "110114", "User Authentication")
    return _coding(_DICOM, "110110", "Patient Record")


def _user(content: Content) -> Event:
    purposes = [_coding(f"{_OWN}:purpose", content.purpose), _coding(f"{_OWN}:relation", content.basis)]
    known = {_REASONS[code] for code in (content.purpose, content.basis) if code in _REASONS}
    purposes += [_coding(f"{_HL7}/v3-ActReason", code) for code in sorted(known)]
    return {
        "type": {"coding": [_coding(f"{_HL7}/v3-ParticipationType", "IRCP", "information recipient")]},
        "role": [{"coding": [_coding(f"{_OWN}:role", content.role)]}] if content.role else [],
        "who": {"identifier": {"system": f"{_OWN}:user", "value": content.actor}, "display": content.institution},
        "requestor": True,
        "purposeOfUse": [{"coding": [each]} for each in purposes if each["code"]],
    }


def _machines() -> list[Event]:
    """What asked and what answered: BALP wants both, and here a browser and the service stand behind each entry."""
    roles = (("110153", "Source Role ID"), ("110152", "Destination Role ID"))
    return [
        {"type": {"coding": [_coding(_DICOM, *role)]}, "who": {"display": "Amparo"}, "requestor": False}
        for role in roles
    ]


def _entry(content: Content) -> Event:
    return {
        "what": {"identifier": {"system": f"{_OWN}:entry", "value": str(content.seq)}},
        "type": _coding(f"{_HL7}/audit-entity-type", "2", "System Object"),
        "role": _coding(f"{_HL7}/object-role", "4", "Domain Resource"),
    }


def _patient(subject: UUID) -> Event:
    return {
        "what": {"type": "Patient", "identifier": {"system": f"{_OWN}:record", "value": str(subject)}},
        "type": _coding(f"{_HL7}/audit-entity-type", "1", "Person"),
        "role": _coding(f"{_HL7}/object-role", "1", "Patient"),
    }


def _coding(system: str, code: str, display: str = "") -> Event:
    return {"system": system, "code": code, **({"display": display} if display else {})}
