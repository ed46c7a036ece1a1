"""Small situations for tests: a few invented people in a few registries, made by hand and by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.access.models import User
from amparo.access.queries import actor_of
from amparo.engines.linkage import block
from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx
from amparo.kernel.ids import new_id, public_code
from amparo.pack.current import pack
from amparo.registries import identity
from amparo.registries.models import Event, Record
from amparo.vault import actions as vault

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)

FLOR = Fields(
    record_id="",
    given="Flor Lucero",
    surname1="Ahuanari",
    surname2="de la Cruz",
    sex="F",
    birth=Approx.exact(date(2010, 5, 14)),
    doc_type="DNI",
    doc_number="71234567",
    nationality="PER",
    event_on=date(2026, 9, 1),
    event_place="170102",
)
"""A girl of 16, found in Inambari on 1 September 2026."""

ROSA = replace(FLOR, given="Rosa Isabel", birth=Approx.exact(date(2001, 2, 20)), doc_number="45678912")
"""Her grown sister, found in the same raid."""


@dataclass(frozen=True)
class Office:
    """Which office of which institution holds a record, and in which department."""

    source: str
    institution: str
    unit: str
    office: str
    department: str


POLICE = Office("pnp-reta", "pnp", "pnp", "pnp-deptrata-madre-de-dios", "17")
UPE = Office("mimp-upe", "mimp", "upe", "mimp-upe-madre-de-dios", "17")
CEM_IQUITOS = Office("mimp-cem", "mimp", "cem", "mimp-cem-iquitos", "16")
PROSECUTOR = Office("mp", "mp", "fiscalia", "mp-fistrap-madre-de-dios", "17")


@dataclass(frozen=True)
class Happening:
    """An event to write on a record."""

    type: str
    on: date
    data: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


RESCUE = Happening("rescate", date(2026, 9, 1), place="170102")


def record(who: Fields, office: Office, *happenings: Happening, linked: bool = False) -> UUID:
    """Write one record of somebody with its sealed identity, tokens and events; returns its id."""
    record_id = new_id()
    fields = replace(who, record_id=str(record_id), institution=office.institution)
    Record.objects.create(
        id=record_id,
        source=office.source,
        institution=office.institution,
        unit=office.unit,
        office=office.office,
        department=office.department,
        key=record_id.hex,
        code=public_code(record_id, prefix="AMP"),
        digest="0" * 32,
        registered_on=who.event_on,
        sex=who.sex,
        nationality=who.nationality,
        linked=linked,
    )
    document = identity.to_bytes(identity.Identity(fields, {"NOMBRES": fields.given}))
    vault.seal_many([vault.Document(record_id, identity.COMPARTMENT, 1, office.institution, document)])
    vault.put_tokens({record_id: block.keys(fields, pack().names)})
    for happening in happenings:
        write(record_id, office, happening)
    return record_id


def write(record_id: UUID, office: Office, happening: Happening, supersedes: UUID | None = None) -> UUID:
    """Write one event on a record, as its office would; returns its id."""
    event = Event.objects.create(
        record_id=record_id,
        type=happening.type,
        on=happening.on,
        place=happening.place,
        institution=office.institution,
        unit=office.unit,
        office=office.office,
        data=dict(happening.data),
        recorded_at=NOW,
        author="test",
        supersedes_id=supersedes,
    )
    return event.id


def user(role: str, office: Office | None = None, *, name: str = "") -> User:
    """Somebody of a role, in an office where the role has one."""
    institution = office.institution if office else pack().roles[role].institution.replace("*", "mimp")
    made = User(username=name or role, display_name="Persona de Prueba", role=role, institution=institution)
    made.office = office.office if office else ""
    made.set_unusable_password()
    made.save()
    return made


def actor(role: str, office: Office | None = None) -> Actor:
    """The actor that such a user is."""
    institution = office.institution if office else pack().roles[role].institution.replace("*", "mimp")
    return actor_of(
        User(
            username=role, display_name="x", role=role, institution=institution, office=office.office if office else ""
        )
    )
