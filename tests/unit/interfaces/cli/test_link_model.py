"""``amparo link --save-model`` and ``--model``: what was learnt once is applied to other files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from amparo.interfaces.cli import main as cli
from tests.unit.engines.linkage import invented


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "many.csv"
    write(path, range(600))
    return path


def write(path: Path, places: range) -> Path:
    records, _ = invented.world(500, 11)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("record_id", "institucion", "nombres", "ap_paterno", "ap_materno", "tipo_doc", "num_doc"))
        for place in places:
            one = records[place]
            names = (one.given, one.surname1, one.surname2)
            writer.writerow((one.record_id, one.institution, *names, one.doc_type, one.doc_number))
    return path


def link(folder: Path, *more: str) -> int:
    return cli.main(["link", *more, "--out", str(folder / "clusters.csv"), "--pairs", str(folder / "pairs.csv")])


def test_a_saved_model_gives_the_same_files_the_same_answer_and_few_records_its_weights(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model.json"

    assert link(tmp_path, str(file), "--save-model", str(model)) == 0
    learnt = (tmp_path / "clusters.csv").read_bytes(), (tmp_path / "pairs.csv").read_bytes()
    assert link(tmp_path, str(file), "--model", str(model)) == 0
    assert ((tmp_path / "clusters.csv").read_bytes(), (tmp_path / "pairs.csv").read_bytes()) == learnt

    few = write(tmp_path / "few.csv", range(40))
    capsys.readouterr()
    assert link(tmp_path, str(few), "--model", str(model), "--json") == 0
    assert json.loads(capsys.readouterr().out)["trained"] is True


def test_where_nothing_was_learnt_no_model_is_saved_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")
    few = write(tmp_path / "few.csv", range(40))

    assert link(tmp_path, str(few), "--save-model", str(tmp_path / "model.json")) == 1
    assert "No se guardó ningún modelo" in capsys.readouterr().err
    assert not (tmp_path / "model.json").exists()
    assert (tmp_path / "clusters.csv").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', "record_id,x\n1,2\n", "\x00\xff"])
def test_what_is_no_model_is_refused_in_words_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")
    model = tmp_path / "model.json"
    model.write_text(content, encoding="latin-1")
    few = write(tmp_path / "few.csv", range(40))

    assert link(tmp_path, str(few), "--model", str(model)) == 3
    assert "model.json no es un modelo de esta versión" in capsys.readouterr().err
    assert not (tmp_path / "clusters.csv").exists()


def test_a_model_with_a_word_for_a_chance_is_no_model(file: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.json"
    assert link(tmp_path, str(file), "--save-model", str(model)) == 0
    (tmp_path / "clusters.csv").unlink()
    told = json.loads(model.read_text(encoding="utf-8"))
    told["m"]["given"][1] = "much"
    model.write_text(json.dumps(told), encoding="utf-8")

    assert link(tmp_path, str(file), "--model", str(model)) == 3
    assert not (tmp_path / "clusters.csv").exists()


def test_a_model_is_never_overwritten_by_the_answer(tmp_path: Path) -> None:
    few, model = write(tmp_path / "few.csv", range(40)), tmp_path / "model.json"
    model.write_text("{}")

    assert cli.main(["link", str(few), "--out", str(model), "--model", str(model)]) == 2
    assert model.read_text() == "{}"
