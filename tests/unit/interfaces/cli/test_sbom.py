"""``amparo sbom`` names exactly what Amparo runs with, the same way each time."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from amparo.interfaces.cli import main as cli

ROOT = Path(__file__).parents[4]


@pytest.fixture(autouse=True)
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")


def bill(capsys: pytest.CaptureFixture[str]) -> dict:
    assert cli.main(["sbom"]) == 0
    return json.loads(capsys.readouterr().out)


def pinned(name: str) -> dict[str, str]:
    """What a hashed file of requirements pins on every machine, and so on this one."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r"([\w.-]+)==([\w.]+)( ; implementation_name .*)? \\", line) for line in lines)
    return {each[1]: each[2] for each in found if each}


def test_it_names_what_is_pinned_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    told = {each["name"]: each["version"] for each in bill(capsys)["components"] if "purl" in each}

    expected = pinned("runtime")
    optional = {"psycopg", "psycopg-binary", "pyspark", "py4j"}
    assert {name: version for name, version in told.items() if name not in optional} == expected
    assert all(metadata.version(name) == version for name, version in told.items())


def test_every_reference_leads_to_one_component(capsys: pytest.CaptureFixture[str]) -> None:
    found = bill(capsys)

    named = [each["bom-ref"] for each in found["components"]]
    assert len(set(named)) == len(named)
    leading = {ref for each in found["dependencies"] for ref in (each["ref"], *each["dependsOn"])}
    assert leading <= set(named)
    needs = {each["ref"]: each["dependsOn"] for each in found["dependencies"]}
    django = next(ref for ref in named if ref.startswith("pkg:pypi/django@"))
    assert [ref.partition("@")[0] for ref in needs[django]] == ["pkg:pypi/asgiref", "pkg:pypi/sqlparse"]


def test_what_the_browser_loads_is_in_it_with_its_digest(capsys: pytest.CaptureFixture[str]) -> None:
    htmx = next(each for each in bill(capsys)["components"] if each["name"] == "htmx")

    assert re.fullmatch(r"\d+\.\d+\.\d+", htmx["version"])
    assert re.fullmatch(r"[0-9a-f]{64}", htmx["hashes"][0]["content"])


def test_one_installation_gives_one_bill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sbom", "--out", str(tmp_path / "bill.json")]) == 0
    capsys.readouterr()

    assert json.loads((tmp_path / "bill.json").read_text("utf-8")) == bill(capsys)


@pytest.mark.parametrize("place", ["nowhere/bill.json", "folder", "file/bill.json"])
def test_where_it_cannot_be_written_a_sentence_says_so(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="utf-8")

    assert cli.main(["sbom", "--out", str(tmp_path / place)]) == 3

    said = capsys.readouterr()
    assert "No se pudo escribir" in said.err
    assert not said.out
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["file", "folder"]
