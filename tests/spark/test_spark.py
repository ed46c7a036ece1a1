"""Linking with Spark: the same answer as with DuckDB, and nothing left behind. Runs where Spark and Java are."""

from __future__ import annotations

import csv
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest

from amparo.interfaces.cli import main as cli
from amparo.world.fields import linkage_fields

PEOPLE, DEVELOPMENT_SEED = 250, 31
COLUMNS = ("record_id", "institucion", "fecha_registro", "nombres", "ap_paterno", "ap_materno", "alias", "sexo")
COLUMNS += ("fecha_nac", "tipo_doc", "num_doc", "nacionalidad", "ubigeo_origen", "fecha_hecho", "ubigeo_hecho")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for fields, _ in linkage_fields(PEOPLE, DEVELOPMENT_SEED, date(2025, 6, 1)):
            born = fields.birth
            exact = born is not None and born.earliest == born.latest
            names = (fields.given, fields.surname1, fields.surname2, fields.alias, fields.sex)
            document = (fields.doc_type, fields.doc_number, fields.nationality, fields.origin)
            head = (fields.record_id, fields.institution, fields.registered_on)
            birth = born.earliest if born and exact else ""
            writer.writerow((*head, *names, birth, *document, fields.event_on, fields.event_place))
    return path


def linked(file: Path, folder: Path, engine: str) -> tuple[str, dict[tuple[str, str], tuple[float, str]]]:
    """The clusters as they were written, and the score and verdict of each pair."""
    clusters, pairs = folder / f"{engine}.clusters.csv", folder / f"{engine}.pairs.csv"
    assert (
        cli.main(["link", str(file), "--out", str(clusters), "--pairs", str(pairs), "--engine", engine, "--json"]) == 0
    )
    with pairs.open(encoding="utf-8", newline="") as lines:
        found = {
            (row["record_id_l"], row["record_id_r"]): (float(row["score"]), row["verdict"])
            for row in csv.DictReader(lines)
        }
    return clusters.read_text(encoding="utf-8"), found


def test_spark_and_duckdb_give_the_same_people_verdicts_and_scores_and_spark_leaves_nothing_behind(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    # What belongs to some other Spark on this machine must not reach ours.
    monkeypatch.setenv("SPARK_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--master spark://nowhere:7077 pyspark-shell")

    clusters, pairs = linked(file, tmp_path, "spark")
    said = capfd.readouterr()
    told = json.loads(said.out)
    expected_clusters, expected_pairs = linked(file, tmp_path, "duckdb")

    assert (told["engine"], told["trained"], told["joined"] > 100) == ("spark", True, True)
    assert clusters == expected_clusters
    assert {pair: verdict for pair, (_, verdict) in pairs.items()} == {
        pair: verdict for pair, (_, verdict) in expected_pairs.items()
    }
    assert {pair: score for pair, (score, _) in pairs.items()} == pytest.approx(
        {pair: score for pair, (score, _) in expected_pairs.items()}, abs=1e-6
    )
    assert said.err == ""
    assert list(scratch.iterdir()) == []


def test_a_spark_that_does_not_start_is_said_and_nothing_is_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text('#!/bin/sh\necho \'openjdk version "17.0.1"\' >&2; [ "$1" = -version ]\n')
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("AMPARO_LANG", "es")

    assert cli.main(["link", str(file), "--out", str(tmp_path / "clusters.csv"), "--engine", "spark"]) == 3
    said = capfd.readouterr().err
    assert "Spark no pudo terminar y no se escribió nada" in said
    assert "Traceback" not in said
    assert not (tmp_path / "clusters.csv").exists()
