"""Nothing that the engine or the ledger says in codes reaches a page as a code."""

from __future__ import annotations

import re
from pathlib import Path

import amparo
from amparo.casework.queries import readings
from amparo.engines.linkage.gate import RULES
from amparo.engines.linkage.levels import COMPARISONS
from amparo.interfaces.web.presenters import acts, evidence
from amparo.pack.current import pack

SOURCE = Path(amparo.__file__).parent
ACT = re.compile(r'\bact="([a-z_.]+)"')


def test_every_piece_of_evidence_has_a_sentence() -> None:
    said = {(each.code, level.name.lower()) for each in COMPARISONS for level in each.levels if level}
    said |= {(f"{names}_rarity", kind) for names in ("given", "surname") for kind in ("rare", "common")}

    assert said - set(evidence.SENTENCES) == set()
    assert set(evidence.SENTENCES) - said == set()


def test_every_field_of_evidence_has_a_label() -> None:
    assert {field for field, _ in evidence.SENTENCES} - set(evidence.FIELDS) == set()


def test_every_contradiction_has_a_warning() -> None:
    assert set(RULES) == set(evidence.WARNINGS)


def test_every_act_that_is_written_down_has_its_words() -> None:
    written = {act for path in SOURCE.rglob("*.py") for act in ACT.findall(path.read_text(encoding="utf-8"))}

    assert written | {readings.VERIFY} <= set(acts.ACTS)


def test_a_purpose_of_the_pack_reads_as_the_pack_says() -> None:
    code = next(iter(pack().codes["finalidad_acceso"]))

    assert acts.purpose(code, "es") == pack().label("finalidad_acceso", code, "es")
