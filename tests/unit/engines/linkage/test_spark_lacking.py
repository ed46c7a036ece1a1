"""What Spark lacks on a machine is found out without starting it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from amparo.engines.linkage.em import spark


@pytest.fixture(autouse=True)
def with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())


def java(folder: Path, says: str) -> Path:
    """A home of Java whose program says so of itself."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("says", "lacking"),
    [
        ("echo 'openjdk version \"17.0.15\" 2025-04-15' >&2", None),
        ("echo 'openjdk version \"21\" 2023-09-19' >&2", None),
        ("echo 'openjdk version \"25-ea\" 2025-09-16' >&2", None),
        ("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2", "java"),
        ("echo 'java version \"1.8.0_392\"' >&2", "java"),
        ("echo 'No Java runtime present, requesting install.' >&2; exit 1", "java"),
    ],
)
def test_a_java_that_is_too_old_or_only_pretends_to_be_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, lacking: str | None
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, says)))

    assert spark.lacking() == lacking


def test_without_any_java_it_is_java_that_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert spark.lacking() == "java"


def test_a_home_of_java_that_is_gone_is_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))

    assert spark.lacking() == "java"


def test_without_the_extra_it_is_the_extra_that_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    assert spark.lacking() == "pyspark"
