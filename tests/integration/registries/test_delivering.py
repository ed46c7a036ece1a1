"""Handing in files: what is new, changed, unchanged and set aside; what is written, and what is not."""

import io
import json
import os
from datetime import timedelta

import pytest
from django.conf import settings
from openpyxl import load_workbook

from amparo.access.actors import Actor
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.ledger.models import Entry
from amparo.registries.actions import deliver, give_back
from amparo.registries.delivering import taking
from amparo.registries.models import Batch, Event, Record, RecordVersion, SetAside
from amparo.registries.queries import identities
from amparo.registries.readers.limits import Limits
from amparo.vault import files
from amparo.vault.models import BlindToken, OwnerTokens, Sealed, SealedFile
from tests.unit.registries.reading import MP_COLUMNS, PACK, mp_row, pnp, workbook
from tests.worlds import NOW

CLERK = Actor(
    name="registro.pnp",
    institution="pnp",
    role="pnp-registrador",
    capabilities=frozenset({"delivery_write", "delivery_read"}),
)
FLOR = {"NRO_REGISTRO": "R2026-000001"}
ROSA = {
    "NRO_REGISTRO": "R2026-000002",
    "NOMBRES": "ROSA ISABEL",
    "NRO_DOC": "45678912",
    "FEC_NAC": "20/02/2001",
    "EDAD": "25",
}
SPOILED = {"NRO_REGISTRO": "R2026-000003", "NOMBRES": "ALICIA", "FEC_HECHO": "31/02/2026"}


def hand_in(content: bytes, *, source: str = "pnp-reta", actor: Actor = CLERK, days: int = 0, dry_run: bool = False):
    at = NOW + timedelta(days=days)
    return deliver.deliver(actor=actor, source=source, content=io.BytesIO(content), at=at, dry_run=dry_run)


def counts(outcome) -> tuple[int, int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged, outcome.set_aside


def test_a_delivery_makes_records_events_sealed_identities_and_one_ledger_entry():
    outcome = hand_in(pnp(FLOR, ROSA, SPOILED))

    assert counts(outcome) == (2, 0, 0, 1)
    flor = Record.objects.get(id=outcome.touched[0])
    assert (flor.unit, flor.office, flor.department, flor.sex, flor.linked) == (
        "pnp",
        "pnp-com-mazuko",
        "17",
        "F",
        False,
    )
    assert set(Event.objects.filter(record=flor).values_list("type", flat=True)) == {
        "captacion", "explotacion", "rescate", "denuncia", "registro_reta",
    }  # fmt: skip
    assert Event.objects.get(record=flor, type="rescate").place == "lp-la-pampa"
    opened = identities.of_records([flor.id])[flor.id]
    assert (opened.fields.surname2, opened.fields.doc_number, opened.raw["NOMBRES"]) == (
        "DE LA CRUZ", "71234567", "FLOR LUCERO",
    )  # fmt: skip
    assert BlindToken.objects.filter(owner=flor.id).exists()
    entry = Entry.objects.get(act="delivery.take")
    assert (entry.subject_count, entry.detail["set_aside"]) == (2, 1)


def test_the_same_file_twice_changes_nothing():
    content = pnp(FLOR, ROSA, SPOILED)
    hand_in(content)
    before = everything_written()

    outcome = hand_in(content, days=1)

    assert counts(outcome) == (0, 0, 2, 1)
    assert everything_written() == before


def everything_written() -> tuple:
    sealed = Sealed.objects.filter(compartment="identity").order_by("id")
    tables = (Record.objects.order_by("id"), RecordVersion.objects.order_by("id"), Event.objects.order_by("id"))
    return tuple(list(rows.values()) for rows in (*tables, sealed))


def test_a_changed_row_is_a_new_version_and_the_older_one_stays():
    hand_in(pnp(FLOR))

    outcome = hand_in(pnp(FLOR | {"FEC_HECHO": "30/08/2026", "FEC_COMUNIC_FISCAL": "06/09/2026"}), days=1)

    assert counts(outcome) == (0, 1, 0, 0)
    record = Record.objects.get()
    assert record.version == 2
    assert list(record.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    rescue, corrected = Event.objects.filter(record=record, type="rescate").order_by("id")
    assert (corrected.supersedes_id, str(rescue.on), str(corrected.on)) == (rescue.id, "2026-09-01", "2026-08-30")
    assert Event.objects.filter(record=record, type="comunicacion_fiscal", supersedes=None).count() == 1
    assert Event.objects.filter(record=record, type="denuncia").count() == 1


def test_a_value_taken_back_retracts_its_event():
    hand_in(pnp(FLOR | {"FEC_COMUNIC_FISCAL": "06/09/2026"}))

    hand_in(pnp(FLOR), days=1)

    told, taken_back = Event.objects.filter(type="comunicacion_fiscal").order_by("id")
    assert (taken_back.supersedes_id, taken_back.retracts) == (told.id, True)


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    hand_in(pnp(FLOR))
    entries = Entry.objects.count()

    outcome = hand_in(pnp(FLOR | {"EDAD": "17"}, ROSA, SPOILED), dry_run=True)

    assert counts(outcome) == (1, 1, 0, 1)
    assert outcome.batch is None
    assert (Batch.objects.count(), Record.objects.count(), Entry.objects.count()) == (1, 1, entries)


def test_a_row_set_aside_comes_back_corrected_and_is_settled():
    first = hand_in(pnp(FLOR, SPOILED | {"OBSERVACIONES": "=1+1"}))
    book = give_back.workbook(actor=CLERK, batch=first.batch, at=NOW)

    page = load_workbook(io.BytesIO(book)).active
    header = [cell.value for cell in page[1]]
    row = {name: cell for name, cell in zip(header, page[2], strict=True)}
    assert "31/02/2026" in row["AMPARO_MOTIVOS"].value
    assert row["OBSERVACIONES"].value == "'=1+1"
    row["FEC_HECHO"].value = "28/02/2026"
    corrected = io.BytesIO()
    page.parent.save(corrected)

    outcome = hand_in(corrected.getvalue(), days=1)

    assert counts(outcome) == (1, 0, 0, 0)
    assert "note.unknown_columns" not in {note["code"] for note in outcome.notes}
    assert SetAside.objects.get().settled_by_id == outcome.batch
    assert identities.of_records(outcome.touched)[outcome.touched[0]].fields.given == "ALICIA"
    again = io.BytesIO(give_back.workbook(actor=CLERK, batch=first.batch, at=NOW))
    assert load_workbook(again).active.max_row == 1


def test_a_corrected_json_sheet_comes_back_as_a_workbook_with_its_lists():
    content = json.loads((PACK / "imports" / "calp" / "sample.json").read_text(encoding="utf-8"))
    whole = content["fichas"][:2]
    spoiled = json.loads(json.dumps(whole))
    spoiled[0]["hecho"]["fecha"] = "2024-02-31"
    actor = Actor(name="calp", institution="chs", capabilities=frozenset({"delivery_write", "delivery_read"}))
    first = hand_in(json.dumps({"fichas": spoiled}).encode(), source="calp", actor=actor)

    page = load_workbook(io.BytesIO(give_back.workbook(actor=actor, batch=first.batch, at=NOW))).active
    column = [cell.value for cell in page[1]].index("hecho.fecha")
    page[2][column].value = whole[0]["hecho"]["fecha"]
    corrected = io.BytesIO()
    page.parent.save(corrected)
    hand_in(corrected.getvalue(), source="calp", actor=actor, days=1)

    outcome = hand_in(json.dumps({"fichas": whole}).encode(), source="calp", actor=actor, days=2)
    assert counts(outcome)[0] == 0
    assert Event.objects.filter(supersedes__isnull=False).count() == 0


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    def fail(*_arguments, **_names):
        raise OSError("the disk is full")

    monkeypatch.setattr(taking.Taking, "_settle", fail)
    files_before = sorted(os.listdir(settings.DATA / "files")) if (settings.DATA / "files").exists() else []

    with pytest.raises(OSError, match="disk"):
        hand_in(pnp(FLOR, ROSA))

    assert (Batch.objects.count(), Record.objects.count(), Event.objects.count(), Sealed.objects.count()) == (
        0,
        0,
        0,
        0,
    )
    assert (SealedFile.objects.count(), BlindToken.objects.count(), OwnerTokens.objects.count()) == (0, 0, 0)
    assert files_before == (sorted(os.listdir(settings.DATA / "files")) if files_before else files_before)


def test_the_file_is_kept_sealed_with_its_hash():
    content = pnp(FLOR)

    outcome = hand_in(content)

    batch = Batch.objects.get(id=outcome.batch)
    assert b"".join(files.read(batch.file)) == content
    assert batch.sha256 == SealedFile.objects.get(id=batch.file).sha256 == outcome.sha256


def test_no_name_or_document_is_in_the_open_tables():
    hand_in(pnp(FLOR | {"OBSERVACIONES": "HERMANA DE ROSA"}, SPOILED))

    tables = (Batch, SetAside, Record, RecordVersion, Event, Entry)
    written = json.dumps([list(table.objects.values()) for table in tables], default=str)
    for told in ("AHUANARI", "LUCERO", "ALICIA", "71234567", "R2026", "20000013", "HERMANA", "14/05/2010"):
        assert told not in written


def test_people_of_another_institution_cannot_hand_it_in():
    other = Actor(name="x", institution="mimp", capabilities=frozenset({"delivery_write", "delivery_read"}))
    outcome = hand_in(pnp(SPOILED))

    with pytest.raises(Denied):
        hand_in(pnp(FLOR), actor=other)
    with pytest.raises(Denied):
        hand_in(pnp(FLOR), actor=Actor(name="y", institution="pnp"))
    with pytest.raises(NotFound):
        give_back.workbook(actor=other, batch=outcome.batch, at=NOW)
    with pytest.raises(NotFound):
        hand_in(b"", source="no-such")


def test_a_refused_file_is_in_the_ledger_with_its_code_only():
    with pytest.raises(Invalid) as refused:
        hand_in(b"%PDF-1.7")

    assert refused.value.code == "file.not_a_table"
    assert Entry.objects.get(act="delivery.refuse").detail == {"source": "pnp-reta", "code": "file.not_a_table"}
    assert Batch.objects.count() == 0


def test_a_file_that_asks_for_too_much_memory_or_time_ends_in_an_answer():
    book = workbook({"Agraviados": [list(MP_COLUMNS), *(mp_row(item=number) for number in range(3000))]})
    actor = Actor(name="z", institution="mp", capabilities=frozenset({"delivery_write"}))

    with pytest.raises(Invalid) as refused:
        deliver.deliver(
            actor=actor, source="mp", content=io.BytesIO(book), at=NOW, limits=Limits(memory=32 * 1024 * 1024)
        )

    assert refused.value.code in ("file.too_heavy", "file.unreadable")
    assert Record.objects.count() == 0


def test_a_later_state_of_the_case_is_added_and_the_earlier_one_stands():
    actor = Actor(name="z", institution="mp", capabilities=frozenset({"delivery_write"}))
    hand_in(workbook({"Agraviados": [list(MP_COLUMNS), mp_row()]}), source="mp", actor=actor)

    later = mp_row(ESTADO="ACUSACION", FECHA_ESTADO=NOW.date())
    hand_in(workbook({"Agraviados": [list(MP_COLUMNS), later]}), source="mp", actor=actor, days=1)

    states = Event.objects.filter(type="estado_penal").order_by("on").values_list("data__estado", "supersedes")
    assert list(states) == [("DILIGENCIAS", None), ("ACUSACION", None)]


def test_characters_that_no_database_can_hold_do_not_stop_a_delivery():
    sheet = json.loads((PACK / "imports" / "calp" / "sample.json").read_text(encoding="utf-8"))["fichas"][0]
    halves = {"codigo": "C-2", "persona": sheet["persona"] | {"nombres": "Ana \ud800"}, "ra\x00ro\ud800": "x\x00\ud800"}
    centre = Actor(name="calp", institution="chs", capabilities=frozenset({"delivery_write"}))
    document = json.dumps({"fichas": [sheet | {"codigo": "C-1", "z\x00": "\x00"}, sheet | halves]}).encode()
    prosecutor = Actor(name="z", institution="mp", capabilities=frozenset({"delivery_write"}))
    row = mp_row(AGRAVIADO="TAMANI, ANA _xD800__x0000_")
    book = workbook({"Agraviados": [[*MP_COLUMNS, "N_x0000_OTA"], [*row, "_x0000_"]]})

    sheets = hand_in(document, source="calp", actor=centre)
    people = hand_in(book, source="mp", actor=prosecutor)

    assert sheets.new + sheets.set_aside == 2
    assert people.new + people.set_aside == 1


@pytest.mark.parametrize("source", ["pnp-reta", "mininter-trata"])
def test_nothing_is_taken_without_a_verdict_where_one_is_required(source, monkeypatch, tmp_path):
    monkeypatch.setenv("AMPARO_SCAN", "required")
    monkeypatch.setenv("AMPARO_CLAMD_SOCKET", str(tmp_path / "nobody"))

    with pytest.raises(Invalid) as refused:
        hand_in(pnp(FLOR), source=source)

    assert refused.value.code == "file.not_scanned"
    assert (Batch.objects.count(), Record.objects.count(), SealedFile.objects.count()) == (0, 0, 0)


def test_the_ledger_has_whether_a_delivery_was_scanned(monkeypatch):
    monkeypatch.setenv("AMPARO_SCAN", "off")
    hand_in(pnp(FLOR))

    assert Entry.objects.get(act="delivery.take").detail["scan"] == "off"


def test_a_row_that_no_cell_can_hold_is_said_and_stays_whole():
    long = "ñ" * 40_000
    first = hand_in(pnp(SPOILED | {"OBSERVACIONES": long}, {**SPOILED, "NRO_REGISTRO": "R2026-000004"}))

    page = load_workbook(io.BytesIO(give_back.workbook(actor=CLERK, batch=first.batch, at=NOW))).active

    told, row = page[2][1].value, [cell.value for cell in page[2][2:]]
    assert "«OBSERVACIONES» es más largo de lo que cabe en una celda" in told
    assert "31/02/2026" in told
    assert set(row) == {None}
    assert "31/02/2026" in [cell.value for cell in page[3]]
    again = io.BytesIO()
    page.parent.save(again)
    outcome = hand_in(again.getvalue(), days=1)
    assert outcome.new + outcome.changed == 0
    kept = {number: typed for number, typed, _ in give_back.rows(actor=CLERK, batch=first.batch, at=NOW)}
    assert long in kept[SetAside.objects.filter(batch=first.batch).order_by("number")[0].number].values()
    assert SetAside.objects.filter(batch=first.batch, settled_by=None).exists()
