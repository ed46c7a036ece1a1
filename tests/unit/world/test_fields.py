"""The world's rows as linkage sees them, and as plain files."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from amparo.world import csv_for_link, fields, truth
from amparo.world.build import build
from amparo.world.seeds import DEVELOPMENT_SEED

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def drawn():
    return fields.linkage_fields(600, DEVELOPMENT_SEED, TODAY)


def test_every_record_has_its_own_number_and_a_true_person(drawn):
    assert len({record.record_id for record, _ in drawn}) == len(drawn)
    assert all(1 <= person <= 600 for _, person in drawn)


def test_records_are_those_of_the_built_files_without_the_spoiled_ones(drawn, tmp_path):
    summary = build(tmp_path, people=600, seed=DEVELOPMENT_SEED, today=TODAY)
    told = {f"{source}:{key}": person for (source, key), person in truth.read_truth(tmp_path / "truth.csv").items()}

    assert len(drawn) == sum(summary.rows["2"].values()) - sum(summary.spoiled["2"].values())
    assert all(told[record.record_id] == person for record, person in drawn)


def test_references_join_records_of_one_case_across_institutions(drawn):
    by_reference = {}
    for record, _ in drawn:
        for reference in record.references:
            by_reference.setdefault(reference, set()).add(record.institution)

    assert any({"pnp", "mp"} <= institutions for institutions in by_reference.values())
    assert any({"mp", "chs"} <= institutions for institutions in by_reference.values())
    kinds = {reference.partition(":")[0] for reference in by_reference}
    assert kinds == {"carpeta", "denuncia", "ficha_cem"}


def test_places_are_districts_of_inei_whatever_the_institution_writes(drawn):
    assert "170102" in {record.event_place for record, _ in drawn if record.institution == "pnp"}
    assert "160102" not in {record.event_place for record, _ in drawn}


def test_plain_files_have_the_common_columns_and_the_truth_beside(drawn, tmp_path):
    counts = csv_for_link.write(tmp_path, people=600, seed=DEVELOPMENT_SEED, today=TODAY)

    rows = []
    for source, count in counts.items():
        with (tmp_path / f"{source}.csv").open(encoding="utf-8", newline="") as handle:
            read = list(csv.DictReader(handle))
        assert len(read) == count
        assert tuple(read[0]) == csv_for_link.COLUMNS
        rows += read
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as handle:
        told = {row["record_id"]: int(row["person"]) for row in csv.DictReader(handle)}
    assert told == {record.record_id: person for record, person in drawn}
    assert {row["record_id"] for row in rows} == set(told)
