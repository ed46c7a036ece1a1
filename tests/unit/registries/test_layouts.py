"""The layouts of Peru: what they refer to exists, and their samples yield what they should."""

import json
from dataclasses import replace

import pytest
import yaml
from pydantic import ValidationError

from amparo.pack import layout_files
from amparo.pack.layouts import Layout
from amparo.pack.source import Folder, checked
from tests.unit.registries import golden
from tests.unit.registries.reading import IMPORTS, PACK, layout, layouts, peru

WITH_GOLDEN = [versions[0] for versions in layouts().values() if versions[0].golden]


def test_every_layout_refers_only_to_what_the_pack_has():
    found = layout_files.read_layouts(Folder(PACK))

    assert layout_files.check_layouts(found, peru(), PACK) == []


@pytest.mark.parametrize("chosen", WITH_GOLDEN, ids=lambda chosen: chosen.source)
def test_a_sample_yields_what_its_golden_file_says(chosen):
    expected = json.loads(golden.path(chosen).read_text(encoding="utf-8"))

    assert json.loads(golden.text(chosen)) == expected


def test_a_layout_nobody_confirmed_is_told_as_unverified():
    told = {item.code for item in layout_files.unverified(layout_files.read_layouts(Folder(PACK)))}

    assert told == {"pnp-reta", "mp", "mimp-cem", "mimp-upe", "calp"}


def written(source: str) -> dict:
    path = next((IMPORTS / source).glob("*.yaml"))
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def test_an_event_from_a_column_that_is_not_there_is_refused():
    document = written("mp")
    document["events"][0]["on"] = "FECHA_INVENTADA"

    with pytest.raises(ValidationError, match="FECHA_INVENTADA"):
        checked(Layout, document)


def test_a_column_that_may_hold_anything_cannot_be_kept_outside_the_vault():
    document = written("mp")
    document["columns"].append({"name": "NOTA", "holds": "case", "convert": "text"})

    with pytest.raises(ValidationError, match="identity or narrative"):
        checked(Layout, document)


def test_an_unknown_code_is_told_with_its_line(tmp_path):
    file = "imports/mp/2019-1.yaml"
    text = (PACK / file).read_text(encoding="utf-8").replace("ACUSACION: ACUSACION", "ACUSACION: INVENTADO")
    (tmp_path / "imports" / "mp").mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    line = 1 + text[: text.index("ACUSACION: INVENTADO")].count("\n")

    problems = layout_files.check_layouts(layout_files.read_layouts(Folder(tmp_path)), peru(), PACK)

    assert [(problem.line, problem.code) for problem in problems] == [(line, "pack.unknown_code")]


def test_words_may_be_borrowed_from_another_column():
    chosen = layout("pnp-reta")
    borrowing = replace(chosen.column("SEXO"), words={}, words_of="NACIONALIDAD")

    assert chosen.words_for(borrowing) == chosen.column("NACIONALIDAD").words
