"""One asks for an erasure and another orders it; afterwards nothing that was sealed about her opens."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access import alerts, exclusions
from amparo.access.actions import NewUser, create_user
from amparo.access.actors import MACHINE, Actor
from amparo.access.exclusions import Whom
from amparo.access.models import User
from amparo.casework.actions import catching_up, desk, emergency, erasing, holding, noting, places, rebuild
from amparo.casework.actions.erasing import Wanted
from amparo.casework.actions.noting import Told
from amparo.casework.models import ErasureRequest, PersonRequest
from amparo.casework.queries import keeping, persons
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.ledger import signing, verification
from amparo.registries.actions import judging
from amparo.registries.actions.deliver import deliver
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Batch, Record
from amparo.vault import apart, certificates, files, queries
from amparo.vault.models import DataKey, SealedRow
from proofs import _marked
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, RESCUE, ROSA, UPE

BASIS = "Ley 29733, art. 20"
WHY = "Hay que llevarla hoy a la cámara Gesell con patrullero."


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


def asked(officer: Actor, *records: UUID, reason: str = "ERROR") -> UUID:
    return erasing.ask(actor=officer, wanted=Wanted(records, reason, BASIS), at=NOW)


def everything_sealed() -> list[SealedRow]:
    """A copy of every sealed document, as a thief might have it."""
    found: list[SealedRow] = []
    for tables in apart.holding():
        with tables.entered():
            found += tables.documents._default_manager.all()
    return found


def put_back(copy: list[SealedRow]) -> None:
    for tables in apart.holding():
        with tables.entered():
            tables.documents._default_manager.all().delete()
            tables.documents._default_manager.bulk_create([row for row in copy if isinstance(row, tables.documents)])


def test_nothing_goes_before_somebody_else_orders_it(officer: Actor, holder: Actor, girl: UUID) -> None:
    request = asked(officer, girl)
    assert queries.open_many([girl], "identity")
    with pytest.raises(Conflict, match="needs_another"):
        erasing.confirm(actor=officer, request_id=request, at=NOW)

    done = erasing.confirm(actor=holder, request_id=request, at=NOW)

    assert queries.open_many([girl], "identity") == {}
    certificate = keeping.certificate(actor=officer, request_id=request, at=NOW)
    assert certificates.is_genuine(certificate, signing.public_key())
    assert (certificate["asked_by"], certificate["ordered_by"]) == ("odp", "titular-banco")
    assert done.done_at == NOW
    assert [each.kind for each in alerts.of(replace(officer, name="x"))] == ["erasure_done", "erasure_asked"]
    with pytest.raises(Conflict, match="decided"):
        erasing.confirm(actor=holder, request_id=request, at=NOW)
    with pytest.raises(Conflict, match="already"):
        asked(officer, girl)
    assert verification.verify().fault is None


def test_everything_sealed_about_her_goes(officer: Actor, holder: Actor, girl: UUID) -> None:
    owner = worlds.actor("mimp-upe", UPE)
    told = Told("atencion_servicio", NOW.date(), data={"servicio": "ALIMENTACION"}, narrative="Contó todo")
    noting.note(actor=owner, person_id=girl, told=told, at=NOW)
    code = places.write(actor=owner, words="Jirón Las Gardenias 1450", person=girl, at=NOW)
    places.ask(actor=owner, code=code, words=WHY, at=NOW)
    emergency.break_glass(
        actor=worlds.actor("mimp-cem", CEM_IQUITOS),
        person_id=girl,
        reason="RIESGO_VIDA",
        words=WHY,
        parts=["case"],
        at=NOW,
    )
    other = worlds.record(ROSA, POLICE)
    judging.judge(
        actor=worlds.actor("revisor"), answer=Answer(girl, other, "not_same", "records", "Son hermanas"), at=NOW
    )
    copy = everything_sealed()
    before = {(row.owner, row.compartment) for row in copy}
    kinds = {"identity", "narrative", "place", "reason", "emergency", "judgement"}
    assert {compartment for _, compartment in before} == kinds

    erasing.confirm(actor=holder, request_id=asked(officer, girl), at=NOW)

    put_back(copy)
    still = {(owner, kind) for kind in kinds for owner in queries.open_many([owner for owner, _ in before], kind)}
    assert still == {(other, "identity")}
    assert set(DataKey.objects.values_list("owner", flat=True)) == {other}
    assert queries.owners_in("place") == set()


def test_while_another_institution_protects_her_what_that_takes_stays(officer: Actor, holder: Actor) -> None:
    theirs, ours = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE, RESCUE)
    together = Answer(theirs, ours, "same", "records")
    judging.judge(actor=worlds.actor("revisor"), answer=together, at=NOW)
    girl = rebuild.around(touched=[theirs, ours], at=NOW)[0]
    shelter = worlds.actor("car-equipo", worlds.Office("", "inabif", "car", "car-m1", "17"))
    worlds.write(ours, UPE, worlds.Happening("derivacion", NOW.date(), {"destino": "car", "dependencia": "car-m1"}))
    rebuild.around(touched=[ours], at=NOW)
    places.write(actor=shelter, words="Pasaje Los Cedros 8", person=girl, at=NOW)
    places.write(actor=worlds.actor("mimp-upe", UPE), words="Jirón Las Gardenias 1450", person=girl, at=NOW)

    erasing.confirm(actor=holder, request_id=asked(officer, ours), at=NOW)

    opened = queries.open_many(queries.owners_in("place"), "place")
    assert [words.decode() for words in opened.values()] == ["Pasaje Los Cedros 8"]


def test_of_two_records_that_were_one_person_nothing_is_left_when_both_are_erased(girl: UUID) -> None:
    again = worlds.record(FLOR, UPE, RESCUE)
    catching_up.catch_up(actor=MACHINE, touched=[girl, again], at=NOW)
    person = persons.anchor_of(girl)
    assert persons.records_of([person])[person] == sorted([girl, again])
    places.write(actor=worlds.actor("mimp-upe", UPE), words="Jirón Las Gardenias 1450", person=person, at=NOW)
    emergency.break_glass(
        actor=worlds.actor("mimp-cem", CEM_IQUITOS),
        person_id=person,
        reason="RIESGO_VIDA",
        words=WHY,
        parts=["case"],
        at=NOW,
    )
    judging.judge(
        actor=worlds.actor("revisor"), answer=Answer(girl, again, "not_same", "records", "Son hermanas"), at=NOW
    )
    rebuild.around(touched=[girl, again], at=NOW)
    copy = everything_sealed()

    officer = Actor("o", institution="mimp", capabilities=frozenset({"erasure"}))
    for record in (girl, again):
        erasing.erase(actor=officer, records=[record], basis=BASIS, at=NOW)

    put_back(copy)
    kinds = {row.compartment for row in copy}
    owners = [row.owner for row in copy]
    assert {"identity", "place", "emergency"} <= kinds
    assert {owner for kind in kinds for owner in queries.open_many(owners, kind)} == set()


def test_what_somebody_asked_who_is_shut_out_by_now_is_not_done(officer: Actor, holder: Actor, girl: UUID) -> None:
    user = NewUser("odp", "Alguien", "odp", "mimp", "mimp-odp")
    create_user(actor=MACHINE, user=user, password="una clave larga", at=NOW)
    request = asked(officer, girl)
    User.objects.update(is_active=False)

    with pytest.raises(Conflict, match="asker_gone"):
        erasing.confirm(actor=holder, request_id=request, at=NOW)

    assert queries.open_many([girl], "identity")


def test_a_file_that_holds_nobody_else_goes_with_her() -> None:
    taken = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(_marked.export(1)), at=NOW)
    catching_up.catch_up(actor=MACHINE, at=NOW)
    file = Batch.objects.get().file
    assert file is not None
    assert b"".join(files.read(file))

    done = erasing.erase(
        actor=Actor("police", institution="pnp", capabilities=frozenset({"erasure"})), records=list(taken.touched),
        basis=BASIS, at=NOW,
    )  # fmt: skip

    assert done.remains["files"] == 0
    with pytest.raises(NotFound):
        b"".join(files.read(file))


def test_a_later_file_in_which_she_did_not_change_is_counted() -> None:
    for at in (NOW, NOW + timedelta(days=1)):
        deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(_marked.export(2)), at=at)
    her = Record.objects.order_by("id").values_list("id", flat=True)[0]

    done = erasing.erase(actor=Actor("o", capabilities=frozenset({"erasure"})), records=[her], basis=BASIS, at=NOW)

    assert done.remains["files"] == Batch.objects.count() == 2


def test_a_hold_stops_it_and_says_by_which_article_and_by_whom(officer: Actor, holder: Actor, girl: UUID) -> None:
    request = asked(officer, girl)
    holding.place(actor=officer, records=[girl], reason="criminal_proceedings", article="CPP, art. 220", at=NOW)

    with pytest.raises(Conflict, match="legal_hold"):
        erasing.confirm(actor=holder, request_id=request, at=NOW)

    (hold,) = keeping.overview(actor=holder, at=NOW).waiting[0].holds
    assert (hold.article, hold.by, hold.reason) == ("CPP, art. 220", "odp", "criminal_proceedings")
    assert queries.open_many([girl], "identity")
    assert not holding.lift(actor=officer, number=hold.number, why="ended", at=NOW)
    with pytest.raises(Conflict, match="needs_another"):
        holding.lift(actor=officer, number=hold.number, why="ended", at=NOW)
    holding.keep(actor=holder, number=hold.number, at=NOW)
    assert not holding.lift(actor=holder, number=hold.number, why="ended", at=NOW)
    assert holding.lift(actor=officer, number=hold.number, why="ended", at=NOW)
    assert erasing.confirm(actor=holder, request_id=request, at=NOW).done_at == NOW


def test_a_request_of_hers_is_named_where_she_asked(officer: Actor, girl: UUID) -> None:
    asking = {"actor": officer, "kind": "cancelacion", "asker": "PERSONA", "received": NOW.date(), "at": NOW}
    own = desk.receive(person_id=girl, **asking)  # type: ignore[arg-type]
    other = desk.receive(person_id=rebuild.around(touched=[worlds.record(ROSA, UPE)], at=NOW)[0], **asking)  # type: ignore[arg-type]

    for wrong in (None, other):
        with pytest.raises(Invalid, match="no_request"):
            erasing.ask(actor=officer, wanted=Wanted([girl], erasing.ON_REQUEST, BASIS, wrong), at=NOW)
    erasing.ask(actor=officer, wanted=Wanted([girl], erasing.ON_REQUEST, BASIS, own), at=NOW)

    assert ErasureRequest.objects.get().request == PersonRequest.objects.get(id=own)


def test_only_the_institution_s_own_and_nobody_who_is_kept_away(officer: Actor, holder: Actor, girl: UUID) -> None:
    with pytest.raises(NotFound):
        asked(officer, worlds.record(ROSA, POLICE))
    with pytest.raises(Denied):
        asked(worlds.actor("mimp-upe", UPE), girl)
    for slip in (Wanted([], "ERROR", BASIS), Wanted([girl], "x", BASIS), Wanted([girl], "ERROR", "  ")):
        with pytest.raises(Invalid):
            erasing.ask(actor=officer, wanted=slip, at=NOW)
    request = asked(officer, girl)
    with pytest.raises(NotFound):
        erasing.confirm(actor=replace(holder, institution="pnp"), request_id=request, at=NOW)
    worlds.user("titular-banco")
    exclusions.make(actor=officer, records=[girl], whom=Whom(username="titular-banco"), reason="PARENTESCO", at=NOW)
    for attempt in (erasing.confirm, erasing.refuse):
        with pytest.raises(NotFound):
            attempt(actor=holder, request_id=request, at=NOW)
    assert keeping.overview(actor=holder, at=NOW).waiting == ()


def test_a_no_is_kept_and_it_can_be_asked_again(officer: Actor, holder: Actor, girl: UUID) -> None:
    request = asked(officer, girl)
    erasing.refuse(actor=holder, request_id=request, at=NOW)

    assert keeping.overview(actor=officer, at=NOW).answered[0].verdict == "refused"
    assert queries.open_many([girl], "identity")
    erasing.refuse(actor=officer, request_id=asked(officer, girl), at=NOW)
    assert not ErasureRequest.objects.filter(verdict="").exists()
