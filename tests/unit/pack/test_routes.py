from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amparo.engines.route.model import Applies, Basis, EventMatch, FactCondition, Term
from amparo.pack import loader, location
from amparo.pack.routes import load_routes
from amparo.pack.source import Folder
from tests.unit.pack.broken import copy_of_pack, found, plant

ADULT = "route/2023-adult.yaml"
STEPS = "route/steps.yaml"
INDEX = "route/index.yaml"


def test_the_shipped_routes_are_two_versions_for_children_and_two_for_adults() -> None:
    book = loader.load(location.default({})).routes

    assert [(r.code, r.applies) for r in book.routes] == [
        ("2016-adult", Applies.ADULT),
        ("2016-child", Applies.CHILD),
        ("2023-adult", Applies.ADULT),
        ("2023-child", Applies.CHILD),
    ]
    assert book.adult_at == 18
    assert str(book.timezone) == "America/Lima"


def test_every_shipped_step_says_in_two_languages_what_it_is_and_what_to_do() -> None:
    for route in loader.load(location.default({})).routes.routes:
        for step in route.steps:
            assert step.label("es") != step.label("en")
            assert step.todo("es").endswith(".")
            assert step.todo("en").endswith(".")
            assert step.verified or (step.note("es") and step.note("en"))


def test_every_shipped_verified_step_names_the_source_in_which_it_was_read() -> None:
    routes = loader.load(location.default({})).routes.routes

    assert [step.code for route in routes for step in route.steps if step.verified and not step.source] == []


def test_a_version_overrides_what_the_catalogue_says_and_keeps_the_rest() -> None:
    book = loader.load(location.default({})).routes

    old, new = book.step("2016-adult", "avisar_mimp"), book.step("2023-adult", "avisar_mimp")

    assert old is not None
    assert new is not None
    assert (old.verified, new.verified) == (True, False)
    assert old.due == new.due == Term(Basis.AT_ONCE)
    assert old.label_es == new.label_es


def test_matches_terms_and_conditions_are_read_as_written() -> None:
    book = loader.load(location.default({})).routes

    papers, notice = book.step("2016-adult", "pedir_documento"), book.step("2016-adult", "recibir_aviso")
    accreditation = book.step("2016-adult", "acreditar_vulnerabilidad")

    assert papers is not None
    assert papers.applies_if == (FactCondition("documented", frozenset({"no"})),)
    assert notice is not None
    assert notice.due == Term(Basis.WORKING_DAYS, 2)
    assert EventMatch("derivacion_aceptada", (), frozenset({"cem"})) in notice.fulfilled_by
    assert accreditation is not None
    assert accreditation.valid_from == date(2018, 7, 18)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (STEPS, "starts_when: [denuncia, rescate]", "starts_when: [denuncias, rescate]", "pack.unknown_event"),
        (STEPS, "{nivel: [MODERADO, SEVERO]}", "{nivel: [MODERADO, ENORME]}", "pack.unknown_code"),
        (STEPS, "{nivel: [MODERADO, SEVERO]}", "{altura: [MODERADO]}", "route.unknown_field"),
        (STEPS, "responsible: registro_civil", "responsible: registro_militar", "pack.unknown_unit"),
        (STEPS, "{event: derivacion_aceptada, by: [cem]}", "{event: rechazo_udavit, by: [cem]}", "route.may_not_write"),
        (STEPS, "    label_en: Take the report\n", "", "pack.missing_label"),
        (STEPS, "due: {hours: 24}", "due: {hours: 24, working_days: 1}", "pack.invalid_value"),
        (STEPS, "due: {hours: 24}", "due: {weeks: 1}", "pack.unknown_key"),
        (STEPS, "{fact: age, is: [presumed]}", "{fact: age}", "pack.invalid_value"),
        (STEPS, "    note_en: Neither the article nor the term was read.\n", "", "route.unexplained"),
        (STEPS, "  - code: cerrar", "  - code: cerrar_del_todo", "route.unknown_step"),
        (ADULT, "  - step: comunicar_fiscal\n", "  - step: comunicar\n", "route.unknown_step"),
        (ADULT, "  - step: comunicar_fiscal\n", "  - step: recibir_denuncia\n", "route.repeated_step"),
        (ADULT, "valid_from: 2023-09-17", "valid_from: 2023-09-20", "route.versions_do_not_meet"),
        (ADULT, "valid_from: 2023-09-17", "valid_from: 17/09/2023", "pack.bad_date"),
        (ADULT, "  - unit: cem\n", "", "route.no_last_lead"),
        (INDEX, "reopens: [reapertura]", "reopens: [reaperturas]", "pack.unknown_event"),
        (INDEX, "[FALLECIMIENTO, NO_ERA_VICTIMA]", "[MUERTE]", "pack.unknown_code"),
        (INDEX, "code: left_shelter", "code: lost_shelter", "pack.invalid_value"),
    ],
)
def test_a_broken_route_is_told_by_kind_and_file(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    folder = copy_of_pack(tmp_path)
    plant(folder, file, old, new)

    assert found(folder, code)
    assert {problem.sentence("es") for problem in found(folder, code)}


def test_a_wrong_event_is_told_at_its_line(tmp_path: Path) -> None:
    folder = copy_of_pack(tmp_path)
    line = plant(folder, STEPS, "starts_when: [oferta_udavit]", "starts_when: [oferta]")

    (problem,) = found(folder, "pack.unknown_event")

    assert (problem.file, problem.line) == (STEPS, line)


def test_a_step_that_no_version_uses_is_told(tmp_path: Path) -> None:
    folder = copy_of_pack(tmp_path)
    for file in ("2016-adult", "2016-child", "2023-adult", "2023-child"):
        plant(folder, f"route/{file}.yaml", "  - step: registrar_reta\n", "")

    assert [problem.params["code"] for problem in found(folder, "route.unused_step")] == ["registrar_reta"]


def test_routes_without_an_index_are_not_loaded(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    assert load_routes(folder, timezone="America/Lima", adult_at=18) is None
    assert {problem.code for problem in folder.problems} == {"pack.missing_file"}
