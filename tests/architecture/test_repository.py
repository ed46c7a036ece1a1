"""What the repository holds, and what it must not hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, named, texts

REGISTRIES = re.compile(
    r"(pypi|pythonhosted|npmjs|debian)\.(org|com|net)|(^|\s)(--index-url|--extra-index-url|--find-links)"
)
# A folder of somebody's machine; written in two parts so that this line does not find itself.
MACHINES = re.compile(r"(?<![A-Za-z0-9_.~-])/(wo" + r"rk|ho" + r"me|ro" + r"ot|Us" + r"ers|far" + r"m)/[A-Za-z0-9]")
REQUIREMENTS = ("runtime", "postgres", "dev", "spark")


def test_no_file_names_a_registry_of_packages_or_a_folder_of_somebodys_machine() -> None:
    found = [
        f"{named(path)}:{number}"
        for path, text in texts()
        if path != Path(__file__)
        for number, line in enumerate(text.splitlines(), 1)
        if REGISTRIES.search(line) or MACHINES.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_has_one_version_and_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))

    loose = [
        block.split()[0]
        for block in blocks
        if block.strip() and not re.search(r"==[^\s]+.*--hash=sha256:", block, re.S)
    ]

    assert loose == []


def test_the_sets_of_requirements_agree_on_versions() -> None:
    chosen: dict[str, set[str]] = {}
    for name in REQUIREMENTS:
        for package, version in re.findall(
            r"(?m)^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / f"requirements/{name}.txt").read_text()
        ):
            chosen.setdefault(package.lower(), set()).add(version)

    assert {package: versions for package, versions in chosen.items() if len(versions) > 1} == {}


def test_every_package_that_amparo_runs_on_has_its_reason_written_down() -> None:
    lines = (ROOT / "requirements" / "runtime.in").read_text().splitlines()
    packages = [re.split(r"[\[<>=~; ]", line)[0].lower() for line in lines if line and line[0] not in "#-"]
    decisions = "\n".join(path.read_text() for path in (ROOT / "docs" / "decisions").glob("*.md")).lower()

    assert [package for package in packages if f"`{package}`" not in decisions] == []


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    assert (ROOT / "LICENSE").read_text().startswith("Mozilla Public License Version 2.0")
    assert 'license = "MPL-2.0"' in (ROOT / "pyproject.toml").read_text()


def test_an_old_python_can_read_the_launcher_far_enough_to_say_that_it_is_old() -> None:
    tree = ast.parse((ROOT / "amparo").read_text(), feature_version=(3, 6))

    assert [node for node in ast.walk(tree) if isinstance(node, (ast.AnnAssign, ast.NamedExpr))] == []
    assert not any(
        node.returns or any(arg.annotation for arg in node.args.args)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )


def test_the_launcher_needs_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "amparo").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    # The script that it writes imports amparo, but that is text here.
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_wheel_holds_pages_pack_and_weights(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for part in ("src", "packs", "requirements"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for part in ("pyproject.toml", "setup.py", "LICENSE", "README.md"):
        shutil.copy(ROOT / part, source / part)
    build = [sys.executable, "-c", "from setuptools.build_meta import build_wheel; build_wheel('out')"]

    subprocess.run(build, cwd=source, check=True, capture_output=True)

    [wheel] = (source / "out").glob("*.whl")
    inside = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("amparo/packs/") and name.endswith("pack.yaml") for name in inside)
    assert any(name.startswith("amparo/interfaces/web/templates/") for name in inside)
    assert any(name.startswith("amparo/interfaces/web/static/") for name in inside)
    assert "amparo/interfaces/cli/main.py" in inside
    assert not [name for name in inside if name.endswith(".pyc")]
