"""The shipped pack loads, and everything that the rest of the system asks it for is there."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from amparo.engines.linkage.names import NameTables
from amparo.kernel.errors import NotFound
from amparo.pack import loader, location
from amparo.pack.model import Pack
from amparo.pack.problems import BrokenPack
from tests.unit.pack.broken import copy_of_pack, plant

EVENTS = (
    "denuncia registro_reta comunicacion_fiscal diligencias_preliminares plan_operativo rescate "
    "informacion_derechos presuncion_minoridad derivacion derivacion_aceptada derivacion_rechazada "
    "apertura_upe opinion_nna pti oferta_udavit ingreso_udavit rechazo_udavit aviso_mimp monitoreo_psicosocial "
    "acogida_ingreso acogida_egreso atencion_salud examen_medico_legal camara_gesell entrega_tercero "
    "acreditacion_vulnerabilidad medida_proteccion tramite_identidad documento_entregado evaluacion_retorno "
    "retorno evaluacion_riesgo pri atencion_servicio seguimiento calidad_migratoria repatriacion estado_penal "
    "reparacion_civil apertura_cem apertura_calp consentimiento traspaso_mayoria contacto_fallido cierre "
    "reapertura practica_institucional captacion traslado explotacion "
)
ROLES = (
    "calp-equipo pnp-registrador mp-fiscal mp-udavit mimp-cem mimp-upe car-equipo revisor revisor-responsable "
    "coordinador-regional "
    "analista odp "
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return loader.load(location.default({}))


def test_every_event_of_the_route_is_a_type_of_the_pack(pack: Pack) -> None:
    assert set(EVENTS.split()) <= set(pack.events)


def test_every_persona_of_the_demo_has_a_role(pack: Pack) -> None:
    assert set(ROLES.split()) <= set(pack.roles)


def test_only_the_review_judges_pairs_and_only_the_data_officer_reads_the_ledger(pack: Pack) -> None:
    reviewers = ["revisor", "revisor-responsable"]
    assert [role.code for role in pack.roles.values() if role.may("pair_judge")] == reviewers
    assert [role.code for role in pack.roles.values() if role.may("pair_resolve")] == reviewers[1:]
    assert [role.code for role in pack.roles.values() if role.may("labels_adopt")] == reviewers[1:]
    assert [role.code for role in pack.roles.values() if role.may("ledger_read")] == ["odp"]


@pytest.mark.parametrize("role", ["coordinador-regional", "analista", "odp"])
def test_who_works_with_figures_or_logs_reads_no_compartment_of_a_person(pack: Pack, role: str) -> None:
    assert pack.roles[role].compartments == ()
    assert not pack.roles[role].may("identity_reveal")
    assert not pack.roles[role].may("thread_read")


def test_no_shelter_says_where_it_is(pack: Pack) -> None:
    shelters = [office for office in pack.offices.values() if pack.units[office.unit].shelter]

    assert shelters
    assert all(office.district is None and not office.also for office in shelters)


def test_not_informed_and_not_applicable_are_kept_apart(pack: Pack) -> None:
    asked = [codes for codes in pack.codes.values() if codes.info.answers]

    assert len(asked) > 50
    assert all({"NI", "NA"} <= set(codes) for codes in asked)


def test_a_number_like_a_code_stays_text(pack: Pack) -> None:
    assert pack.codes["condicion_cem"]["1"].label() == "Nuevo"
    assert pack.codes["sino"]["NO"].label("en") == "No"
    assert pack.offices["mimp-upe-cusco"].departments == ("08",)


def test_the_police_learn_nothing_of_a_plan_and_everything_of_a_rescue(pack: Pack) -> None:
    assert pack.share("pri", "pnp") == "none"
    assert pack.share("rescate", "pnp") == "fields"
    assert pack.share("derivacion", "pnp") == "fact"


def test_an_unknown_event_is_shared_with_nobody(pack: Pack) -> None:
    assert pack.share("no_such_event", "calp") == "none"
    assert not pack.may_write("no_such_event", "calp")


def test_what_a_centre_notes_of_other_institutions_stays_with_it(pack: Pack) -> None:
    assert pack.may_write("practica_institucional", "calp")
    assert all(pack.share("practica_institucional", unit) == "none" for unit in pack.units)


def test_the_interview_in_the_gesell_chamber_shows_its_fields_to_prosecutor_and_judge_only(pack: Pack) -> None:
    assert {unit for unit in pack.units if pack.share("camara_gesell", unit) == "fields"} == {"fiscalia", "juzgado"}


def test_an_office_is_found_however_its_name_is_spelled(pack: Pack) -> None:
    office = pack.office_named("centro emergencia mujer IQUITOS", institution="mimp")

    assert office is not None
    assert office.code == "mimp-cem-iquitos"
    assert pack.office_named("comisaria de ninguna parte") is None


def test_a_crime_is_offered_under_the_number_of_its_day(pack: Pack) -> None:
    crimes = pack.codes["delito"]

    assert "129-A" not in {code.code for code in crimes.valid_on(date(2018, 5, 1))}
    assert "153" in {code.code for code in crimes.valid_on(date(2018, 5, 1))}
    assert "153" not in {code.code for code in crimes.valid_on(date(2024, 5, 1))}


def test_a_detailed_purpose_rolls_up_to_the_one_of_the_law(pack: Pack) -> None:
    assert pack.codes["finalidad"].top("ES.BALSA") == "ES"
    assert pack.codes["finalidad"].top("MEN") == "MEN"
    assert pack.codes["finalidad"].top("unknown") == "unknown"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 3, 28), False),  # Maundy Thursday
        (date(2024, 3, 29), False),  # Good Friday
        (date(2024, 6, 7), False),
        (date(2021, 6, 7), True),  # a Monday before the law that made it a holiday
        (date(2021, 8, 6), True),
        (date(2022, 12, 9), False),
        (date(2024, 7, 23), False),
        (date(2024, 7, 24), True),
    ],
)
def test_holidays_hold_from_the_year_of_their_law(pack: Pack, day: date, works: bool) -> None:
    assert pack.holidays.is_working_day(day) is works


def test_the_most_frequent_surname_weighs_least(pack: Pack) -> None:
    assert isinstance(pack.names, NameTables)
    shares = pack.names.surname_frequency

    assert max(shares, key=lambda name: shares[name]) == "QUISPE"
    assert shares["QUISPE"] / shares["AHUANARI"] > 100


def test_there_are_names_enough_to_invent_people(pack: Pack) -> None:
    lists = pack.name_lists

    assert len(lists.surnames) >= 250
    assert sum(name.sex == "F" for name in lists.given) >= 100
    assert sum(name.sex == "M" for name in lists.given) >= 100
    assert {"16", "17", "08", "15"} <= {name.department for name in lists.regional}


def test_lucho_may_be_luis_and_luz_is_not_a_man(pack: Pack) -> None:
    assert "LUIS" in pack.names.nicknames["LUCHO"]
    assert {item.sex for item in pack.name_lists.nicknames if item.short == "Lucho"} == {"M"}


def test_a_field_that_holds_a_note_is_narrative(pack: Pack) -> None:
    texts = [field for event in pack.events.values() for field in event.fields if field.kind == "text"]

    assert all(field.compartment in {"narrative", "justice"} or field.code == "resolucion" for field in texts)


def test_loading_takes_less_than_three_tenths_of_a_second_of_work(pack: Pack) -> None:
    path = location.default({})
    times = []
    for _ in range(3):
        started = time.process_time()
        loader.load(path)
        times.append(time.process_time() - started)

    assert min(times) < 0.3


def test_a_pack_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    folder = copy_of_pack(tmp_path)
    line = plant(folder, "roles.yaml", "scope: own_region", "scope: everywhere")

    with pytest.raises(BrokenPack) as raised:
        loader.load(folder)

    assert raised.value.problems[0].file == "roles.yaml"
    assert raised.value.problems[0].line == line
    assert "roles.yaml" in str(raised.value)


def test_the_environment_names_another_pack(tmp_path: Path) -> None:
    folder = copy_of_pack(tmp_path)

    assert location.default({"AMPARO_PACK": str(folder)}) == folder
    with pytest.raises(NotFound):
        location.default({"AMPARO_PACK": str(tmp_path)})
