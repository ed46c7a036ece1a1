"""A small invented world for the proofs of access: everybody in it carries words that occur nowhere else.

Whose words they are, which office knows whom and who is kept away is told here once more, apart from the program, so
that the program can be held against it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
NOBODY = UUID(int=0)
STATES = ("open", "reserved", "joined", "closed", "kept_away")


@dataclass(frozen=True)
class Office:
    """An office that holds records, with the department it is in."""

    source: str
    institution: str
    unit: str
    code: str
    department: str


OFFICES = {
    "pnp": Office("pnp-reta", "pnp", "pnp", "pnp-deptrata-madre-de-dios", "17"),
    "upe": Office("mimp-upe", "mimp", "upe", "mimp-upe-madre-de-dios", "17"),
    "upe-loreto": Office("mimp-upe", "mimp", "upe", "mimp-upe-loreto", "16"),
    "cem": Office("mimp-cem", "mimp", "cem", "mimp-cem-iquitos", "16"),
    "fiscalia": Office("mp", "mp", "fiscalia", "mp-fistrap-madre-de-dios", "17"),
    "calp": Office("calp", "chs", "calp", "chs-calp-iquitos", "16"),
    "udavit": Office("mp", "mp", "udavit", "mp-udavit-madre-de-dios", "17"),
    "car": Office("", "inabif", "car", "car-m1", "17"),
    "comision": Office("", "gore", "comision", "gore-comision-madre-de-dios", "17"),
    "estadistica": Office("", "mininter", "estadistica", "mininter-estadistica", ""),
    "odp": Office("", "mimp", "datos_personales", "mimp-odp", ""),
    "none": Office("", "mimp", "", "", ""),
}
HOLDERS = ("pnp", "upe", "upe-loreto", "cem", "fiscalia", "calp")
# By the name they sign in with: role and office.
USERS = {
    "calp": ("calp-equipo", "calp"),
    "pnp": ("pnp-registrador", "pnp"),
    "fiscalia": ("mp-fiscal", "fiscalia"),
    "udavit": ("mp-udavit", "udavit"),
    "cem": ("mimp-cem", "cem"),
    "upe": ("mimp-upe", "upe"),
    "upe-loreto": ("mimp-upe", "upe-loreto"),
    "car": ("car-equipo", "car"),
    "revisor": ("revisor", "none"),
    "responsable": ("revisor-responsable", "none"),
    "comision": ("coordinador-regional", "comision"),
    "analista": ("analista", "estadistica"),
    "odp": ("odp", "odp"),
    "odp-apartado": ("odp", "odp"),
}
OFFICER = "odp"


@dataclass
class Woman:
    """Somebody invented: who holds her record, to whom she was sent, and the words that are hers alone."""

    number: int
    state: str
    holders: tuple[str, ...]
    sent_to: str
    person: UUID = NOBODY
    code: str = ""
    records: dict[str, UUID] = field(default_factory=dict)
    event: UUID = NOBODY
    pair: UUID = NOBODY
    judgement: UUID = NOBODY
    delivery: UUID = NOBODY
    exclusion: UUID = NOBODY
    alert: UUID = NOBODY

    def word(self, kind: str) -> str:
        """A word of hers that occurs nowhere else: letters only, so that it may be a name."""
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{self.number:03}")
        return f"Zq{kind}{letters}xk"

    @property
    def names(self) -> tuple[str, ...]:
        """What says who she is."""
        return tuple(self.word(kind) for kind in ("nom", "pat", "mat", "ali"))

    @property
    def document(self) -> str:
        """The number of her document."""
        return f"7{self.number:07}"

    def is_known_to(self, user: str) -> bool:
        """Whether the user's office has anything to do with her, as the protocol says it."""
        role, office = USERS[user]
        if self.state == "kept_away" or role not in _WORK_WITH_PERSONS:
            return False
        if role == "mimp-upe":
            # By mandate over the children of the region: whoever any office of its kind there knows.
            here = OFFICES[office].department
            return any(OFFICES[each].unit == "upe" and OFFICES[each].department == here for each in self._offices())
        return office in self._offices()

    def _offices(self) -> tuple[str, ...]:
        """Those that hold a record of hers, those she was sent to, and whoever ordered the reserve of her identity."""
        ordered = ("fiscalia",) if self.state == "reserved" else ()
        return (*self.holders, *((self.sent_to,) if self.sent_to else ()), *ordered)


_WORK_WITH_PERSONS = frozenset(
    {"calp-equipo", "pnp-registrador", "mp-fiscal", "mp-udavit", "mimp-cem", "mimp-upe", "car-equipo"}
)


def build() -> list[Woman]:
    """Make the world in an empty installation: each state with each holder, some sent on to another office."""
    from django.core.management import call_command

    from amparo.casework.actions import rebuild

    call_command("createcachetable", verbosity=0)
    _users()
    women = []
    for state in STATES:
        for place, holder in enumerate(HOLDERS):
            second = HOLDERS[(place + 1) % len(HOLDERS)]
            holders = (holder, second) if state == "joined" else (holder,)
            sent = ("udavit", "", "car")[place % 3]
            women.append(Woman(len(women) + 1, state, holders, sent))
    for woman in women:
        _write(woman)
        rebuild.around(touched=list(woman.records.values()), at=NOW)
    _link(women)
    _deliver(women)
    _keep_away(women)
    return women


def _users() -> None:
    from amparo.access.models import User

    for name, (role, office) in USERS.items():
        of = OFFICES[office]
        user = User(username=name, display_name="Nadie", role=role, institution=of.institution, office=of.code)
        user.set_unusable_password()
        user.save()


def _write(woman: Woman) -> None:
    from amparo.registries.models import Pair

    for holder in woman.holders:
        woman.records[holder] = _record(woman, OFFICES[holder])
    woman.person = min(woman.records.values())
    first = woman.records[woman.holders[0]]
    woman.event = _event(first, woman.holders[0], "rescate", words=woman.word("rel"))
    if woman.sent_to:
        told = {"destino": OFFICES[woman.sent_to].unit, "dependencia": OFFICES[woman.sent_to].code}
        _event(first, woman.holders[0], "derivacion", told)
    if woman.state == "reserved":
        _event(first, "fiscalia", "medida_proteccion", {"clave_reserva": "SI"})
    if woman.state == "closed":
        _event(first, woman.holders[0], "cierre", {"motivo": "CULMINADO"})
    if len(woman.records) > 1:
        low, high = sorted(woman.records.values())
        Pair.objects.create(
            id=uuid4(), left_id=low, right_id=high, score=20.0, probability=0.999, verdict="join", model="t",
            scored_at=NOW,
        )  # fmt: skip


def _record(woman: Woman, office: Office) -> UUID:
    from amparo.engines.linkage import block
    from amparo.engines.linkage.fields import Fields
    from amparo.kernel.dates import Approx
    from amparo.kernel.ids import new_id, public_code
    from amparo.pack.current import pack
    from amparo.registries import identity
    from amparo.registries.models import Record, RecordVersion
    from amparo.vault import actions as vault

    made = new_id()
    given, first, second, alias = woman.names
    fields = Fields(
        str(made), given=given, surname1=first, surname2=second, alias=alias, sex="F", doc_type="DNI",
        doc_number=woman.document, birth=Approx.exact(date(2009, 5, 1 + woman.number % 28)), event_on=date(2026, 9, 1),
    )  # fmt: skip
    woman.code = woman.code or public_code(made, prefix="AMP")
    Record.objects.create(
        id=made, source=office.source, institution=office.institution, unit=office.unit, office=office.code,
        department=office.department, key=made.hex, code=public_code(made, prefix="AMP"), digest="0" * 32,
        registered_on=date(2026, 9, 1), sex="F", nationality="PER", linked=True,
    )  # fmt: skip
    raw = {"NOMBRES": given, "AP_PATERNO": first, "AP_MATERNO": second, "ALIAS": alias, "NRO_DOC": woman.document}
    RecordVersion.objects.create(
        record_id=made, number=1, sealed=["identity", "narrative"], digest="0" * 32, written_at=NOW
    )
    words = json.dumps({"RELATO": woman.word("rel")}).encode()
    vault.seal_many(
        [
            vault.Document(made, "identity", 1, office.institution, identity.to_bytes(identity.Identity(fields, raw))),
            vault.Document(made, "narrative", 1, office.institution, words),
        ]
    )
    vault.put_tokens({made: block.keys(fields, pack().names)})
    return made


def _event(record: UUID, writer: str, kind: str, told: dict[str, str] | None = None, words: str = "") -> UUID:
    from amparo.registries.models import Event
    from amparo.vault import actions as vault

    office = OFFICES[writer]
    event = Event.objects.create(
        record_id=record, type=kind, on=date(2026, 9, 1), place="170102", institution=office.institution,
        unit=office.unit, office=office.code, data=told or {}, recorded_at=NOW, author="invented",
        has_narrative=bool(words),
    )  # fmt: skip
    if words:
        sealed = json.dumps({"text": words, "fields": {}}).encode()
        vault.seal_many([vault.Document(event.id, "narrative", 1, office.institution, sealed)])
    return event.id


def _link(women: list[Woman]) -> None:
    """A pair to judge between each woman and the next of her state, with an answer that two people disagree on."""
    from amparo.registries.models import Judgement, Pair

    for woman, other in zip(women, [*women[1:], women[0]], strict=True):
        low, high = sorted((woman.person, other.person))
        woman.pair = Pair.objects.create(
            id=uuid4(), left_id=low, right_id=high, score=2.0, probability=0.6, verdict="ask", model="t", scored_at=NOW,
            evidence=[["surnames", "both_near", 2.0]],
        ).id  # fmt: skip
        woman.judgement = Judgement.objects.create(
            left_id=low, right_id=high, answer="unsure", by="somebody", reason="otra_persona", at=NOW
        ).id


def _deliver(women: list[Woman]) -> None:
    """One delivery of each holder, with a row of each of its women set aside."""
    from amparo.registries.delivering.rows import ROW
    from amparo.registries.models import Batch, Record, SetAside
    from amparo.vault import actions as vault

    for holder in HOLDERS:
        office, hers = OFFICES[holder], [woman for woman in women if woman.holders[0] == holder]
        batch = Batch.objects.create(
            source=office.source, institution=office.institution, layout="1", received_at=NOW, received_by="invented",
            sha256="0" * 64, set_aside=len(hers),
        )  # fmt: skip
        for number, woman in enumerate(hers, 1):
            woman.delivery = batch.id
            row = SetAside.objects.create(
                batch=batch, number=number, reasons=[{"code": "cell.damaged", "column": "FEC_NAC"}],
                key=Record.objects.get(id=woman.records[holder]).key,
            )  # fmt: skip
            reason = {"code": "cell.damaged", "column": "FEC_NAC", "value": woman.word("fil")}
            sealed = json.dumps({"typed": {"NOMBRES": woman.word("fil")}, "reasons": [reason]}).encode()
            vault.seal_many([vault.Document(row.id, ROW, 1, office.institution, sealed)])


def _keep_away(women: list[Woman]) -> None:
    """Everybody but one officer is kept away from some of the women; each try of somebody's has left an alert."""
    from amparo.access import exclusions
    from amparo.access.exclusions import Whom
    from amparo.access.models import Alert, User
    from amparo.access.queries import actor_of

    officer = actor_of(User.objects.get(username=OFFICER))
    for woman in women:
        members = list(woman.records.values())
        woman.alert = Alert.objects.create(
            kind="break_glass", subjects=[str(each) for each in members], institution="minsa", unit="ess", at=NOW
        ).id
        for name in USERS if woman.state == "kept_away" else ():
            if name != OFFICER:
                woman.exclusion = exclusions.make(
                    actor=officer, records=members, whom=Whom(username=name), reason="AMENAZA", at=NOW
                )
