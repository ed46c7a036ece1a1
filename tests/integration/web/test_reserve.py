"""Once a clave de reserva is ordered, no page and no output shows her name or initials, also of the past."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.test import Client

from amparo.casework.actions import noting, rebuild
from amparo.casework.actions.noting import Told
from amparo.casework.models import Person
from amparo.casework.queries import identity, persons
from amparo.kernel.errors import Denied, NotFound
from amparo.pack.current import pack
from amparo.registries import happenings
from amparo.registries.actions.deliver import deliver
from amparo.registries.models import Event, Pair, Record, RecordVersion, SetAside
from amparo.vault import actions as vault
from tests import worlds
from tests.integration.web import exports
from tests.integration.web.conftest import SignIn, project
from tests.integration.web.test_deliveries import SPOILED
from tests.integration.web.test_policy import OFFICES
from tests.worlds import FLOR, NOW, POLICE, PROSECUTOR, RESCUE, ROSA, UPE, Happening

HIDDEN = replace(
    FLOR, given="Xiomara Zenaida", surname1="Wanqatupa", surname2="Yzkarra", alias="Quetzy", doc_number="76543219"
)
MARKS = ("xiomara", "zenaida", "wanqatupa", "yzkarra", "quetzy", "76543219", "x. z. w. y.", "xzwy")
ORDER = Happening("medida_proteccion", date(2026, 9, 3), {"clave_reserva": "SI"})
WORDS = "Xiomara (Quetzi) dice que la familia Wanqatupa la busca; DNI 76543219"


@pytest.fixture
def hers() -> UUID:
    """A girl whom police, UPE and the prosecutor know, with words of UPE about her; and Rosa, found with her."""
    project(worlds.record(ROSA, UPE, RESCUE))
    records = [worlds.record(HIDDEN, office, RESCUE) for office in (POLICE, PROSECUTOR, UPE)]
    for record in records:
        RecordVersion.objects.create(record_id=record, number=1, sealed=["identity"], digest="0" * 32, written_at=NOW)
    for pair in pairwise(records):
        join(*sorted(pair))
    told = json.dumps({"text": WORDS, "fields": {}}).encode()
    event = Event.objects.get(record=records[2])
    Event.objects.filter(id=event.id).update(has_narrative=True)
    vault.seal_many([vault.Document(event.id, "narrative", 1, "mimp", told)])
    return project(*records)


def join(low: UUID, high: UUID, verdict: str = "join") -> UUID:
    return Pair.objects.create(
        id=uuid4(), left_id=low, right_id=high, score=9.0, probability=0.9, verdict=verdict, model="t", scored_at=NOW
    ).id


def order(person: UUID) -> UUID:
    record = Record.objects.get(membership__person=person, unit="fiscalia").id
    event = worlds.write(record, PROSECUTOR, ORDER)
    project(record)
    return event


def shown(page: Any) -> list[str]:
    """The marks on a page, each as words of its own: the letters of a form's random token may be any."""
    text = f"{page.content.decode(errors='replace')} {page.headers}".lower()
    return [mark for mark in MARKS if re.search(rf"(?<![a-z0-9]){re.escape(mark)}(?![a-z0-9])", text)]


def pages(sign_in: SignIn, person: UUID) -> Iterator[tuple[str, Any]]:
    """Every page and output that could show her, to everybody who could open it."""
    other = worlds.record(replace(HIDDEN, given="Xiomara"), UPE, RESCUE)
    low, high = sorted((other, person))
    asked = join(low, high, "ask")
    event = Event.objects.filter(record__membership__person=person, unit="upe").first()
    purpose = {"purpose": "PROTECCION"}
    for role in ("mimp-upe", "mp-fiscal", "pnp-registrador", "revisor", "odp", "coordinador-regional", "analista"):
        client: Client = sign_in(role, OFFICES.get(role))
        for address in ("/", "/lista/?de=todos", "/cadena/", "/pares/", "/pares/decididos/", "/bitacora/", "/alertas/"):
            yield f"{role} {address}", client.get(address)
        for part in ("", "resumen/", "hitos/nuevo/"):
            yield f"{role} thread {part}", client.get(f"/personas/{person}/{part}")
        yield f"{role} identity", client.post(f"/personas/{person}/", purpose)
        for record in Record.objects.filter(membership__person=person).values_list("id", flat=True):
            yield f"{role} record", client.get(f"/registros/{record}/")
            yield f"{role} sealed record", client.post(f"/registros/{record}/", purpose)
        yield f"{role} pair", client.get(f"/pares/{asked}/")
        yield f"{role} event", client.get(f"/hitos/{event.id}/corregir/" if event else "/")
        yield f"{role} readings", client.get(f"/bitacora/personas/{person}/")


def test_before_the_order_she_is_shown_to_who_may_see_her(sign_in: SignIn, hers: UUID) -> None:
    told = {mark for _, page in pages(sign_in, hers) for mark in shown(page)}

    assert told == set(MARKS)


def test_after_the_order_no_page_shows_her(sign_in: SignIn, hers: UUID) -> None:
    order(hers)

    leaks = [(what, shown(page)) for what, page in pages(sign_in, hers) if shown(page)]

    assert leaks == []


def test_the_rest_of_the_thread_is_read_as_before(sign_in: SignIn, hers: UUID) -> None:
    order(hers)

    page = sign_in("mimp-upe", UPE).get(f"/personas/{hers}/").content.decode()

    assert "Identidad reservada" in page
    assert "dice que la familia ▒▒▒ la busca" in page


@pytest.mark.parametrize(
    "typed", [{"text": "xiomara wanqatupa"}, {"text": "76543219"}, {"text": "wanqatupa yzkarra 2010"}]
)
def test_a_search_by_who_she_is_finds_nobody(sign_in: SignIn, hers: UUID, typed: dict[str, str]) -> None:
    client = sign_in("mimp-upe", UPE)
    code = Person.objects.get(id=hers).code
    asked = {**typed, "purpose": "ATENCION"}
    assert code in client.post("/buscar/", asked).content.decode()

    order(hers)

    assert code not in client.post("/buscar/", asked).content.decode()
    assert "Sí, esta persona" not in sign_in("pnp-registrador", POLICE).post("/buscar/", asked).content.decode()


def test_a_row_of_hers_that_was_set_aside_is_not_given_back_with_its_values(sign_in: SignIn) -> None:
    """The same number came first with her name and then with a mistake beside it."""
    row = {"NOMBRES": "Xiomara", "AP_PATERNO": "Wanqatupa", "AP_MATERNO": "Yzkarra", "NRO_DOC": "76543219"}
    other = {"NOMBRES": "Otra", "AP_PATERNO": "Mujer", "NRO_DOC": "45678912"}
    police = worlds.actor("pnp-registrador", POLICE)
    for rows in ([row, other], [{**row, **SPOILED}, {**other, **SPOILED}]):
        content = io.BytesIO(exports.pnp(rows))
        batch = deliver(actor=police, source="pnp-reta", content=content, at=NOW).batch
    hers = Record.objects.get(key=SetAside.objects.order_by("number")[0].key)
    rebuild.everything(at=NOW)
    worlds.write(hers.id, PROSECUTOR, ORDER)
    rebuild.around(touched=[hers.id], at=NOW)
    client = sign_in("pnp-registrador", POLICE)

    page, workbook = client.get(f"/entregas/{batch}/"), client.get(f"/entregas/{batch}/apartadas/")

    cells = [str(cell) for row in openpyxl.load_workbook(io.BytesIO(workbook.content)).active.values for cell in row]
    assert "Otra" in cells
    assert shown(page) == []
    assert [mark for mark in MARKS for cell in cells if mark in cell.lower()] == []


def test_nobody_but_who_ordered_it_undoes_it(hers: UUID) -> None:
    event = order(hers)
    upe = worlds.actor("mimp-upe", UPE)

    with pytest.raises(NotFound):
        noting.take_back(actor=upe, event_id=event, at=NOW)
    with pytest.raises(Denied):
        identity.reveal(actor=worlds.actor("mp-fiscal", PROSECUTOR), person_id=hers, purpose="ATENCION", at=NOW)
    Event.objects.filter(id=event).update(batch=None)

    noting.correct(
        actor=worlds.actor("mp-fiscal", PROSECUTOR),
        event_id=event,
        told=Told("medida_proteccion", date(2026, 9, 3), data={"clave_reserva": "NO"}),
        at=NOW,
    )

    assert Person.objects.get(id=hers).reserved is False
    assert persons.initials_of([hers])[hers] == "X. Z. W. Y."


@pytest.mark.parametrize(("key", "ordered"), [("C-2026-17", True), ("", False)])
def test_a_key_in_the_prosecutor_s_register_orders_it(key: str, ordered: bool) -> None:
    register = happenings.Rules(pack().imports["mp"][0].events)

    told = register.derive({"FECHA_MEDIDA_PROTECCION": "2026-09-03", "CLAVE_RESERVA": key}, {})

    assert [(event.type, event.data.get("clave_reserva") == "SI") for event in told] == [("medida_proteccion", ordered)]


def test_somebody_joined_to_her_is_reserved_too(hers: UUID) -> None:
    order(hers)
    police = Record.objects.get(membership__person=hers, unit="pnp").id

    assert Person.objects.get(id=hers).reserved is True
    assert police in persons.reserved_among([police])
