"""What this installation is made of, as a bill of materials in the format CycloneDX 1.6 (ECMA-424).

Only what Amparo can reach is named: the packages that it asks for and theirs in turn, the files that it brings for the
browser, and the pack. What else lies in the same environment does not run with it. The same installation always gives
the same bill, to the byte, so that two of them can be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import amparo
from amparo.pack.current import pack

Component = dict[str, Any]

_ROOT = "amparo"
_LICENCE: Component = {"licenses": [{"expression": "MPL-2.0"}]}
# What only some install: PostgreSQL, and learning on Spark. Named where it is there.
_OPTIONAL = ("psycopg[binary]", "pyspark")


def bill() -> dict[str, Any]:
    """The bill: JSON values that follow the schema of CycloneDX 1.6."""
    packages = _reachable([*_asked_for(), *filter(_is_there, map(Requirement, _OPTIONAL))])
    components = [*map(_package, sorted(packages)), *_browser_files(), _pack()]
    content = {
        "metadata": {"component": _component("application", _ROOT, amparo.__version__) | _LICENCE},
        "components": components,
        "dependencies": [
            {"ref": _reference(name), "dependsOn": sorted(map(_reference, needed))}
            for name, needed in sorted(packages.items())
        ],
    }
    # The number of the bill comes from its content, not from chance: the standard asks that no two bills share one.
    serial = uuid5(NAMESPACE_URL, hashlib.sha256(repr(content).encode()).hexdigest())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    } | content


def _asked_for() -> list[Requirement]:
    """What Amparo itself asks for: as its wheel says, or in a source tree the file from which the wheel has it."""
    try:
        lines = metadata.requires(_ROOT) or []
    except metadata.PackageNotFoundError:
        lines = (Path(amparo.__file__).parents[2] / "requirements" / "runtime.in").read_text("utf-8").splitlines()
    asked = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return [each for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]


def _reachable(asked: Iterable[Requirement]) -> dict[str, set[str]]:
    """Every package that is needed for these, itself included, with those it needs directly."""
    waiting, seen = list(asked), set[tuple[str, frozenset[str]]]()
    needed: dict[str, set[str]] = {}
    while waiting:
        each = waiting.pop()
        name, extras = canonicalize_name(each.name), frozenset(each.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        direct = [Requirement(line) for line in metadata.requires(name) or ()]
        held = [one for one in direct if _is_meant(one, extras) and _is_there(one)]
        needed.setdefault(name, set()).update(canonicalize_name(one.name) for one in held)
        waiting += held
    return needed


def _is_meant(requirement: Requirement, extras: frozenset[str]) -> bool:
    """Whether a package needs this on this machine, with those of its extras that somebody asked for."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def _is_there(requirement: Requirement) -> bool:
    try:
        metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _package(name: str) -> Component:
    component = _component("library", name, metadata.version(name)) | _licences(name)
    return component | {"bom-ref": _reference(name), "purl": _reference(name)}


def _licences(name: str) -> Component:
    """What a package says of its licence: the expression of SPDX, else the words of its classifiers."""
    told = metadata.metadata(name)
    if "License-Expression" in told:
        return {"licenses": [{"expression": told["License-Expression"]}]}
    words = [line.rsplit(" :: ", 1)[-1] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    return {"licenses": [{"license": {"name": each}} for each in words]} if words else {}


def _reference(name: str) -> str:
    return f"pkg:pypi/{name}@{metadata.version(name)}"


def _browser_files() -> Iterator[Component]:
    """The libraries that are shipped for the browser; a file's name carries its version."""
    vendor = Path(amparo.__file__).parent / "interfaces" / "web" / "static" / "web" / "vendor"
    for file in sorted(vendor.glob("*.js")):
        name, _, version = file.name.removesuffix(".min.js").rpartition("-")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        yield _component("library", name, version) | {
            "bom-ref": f"browser/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }


def _pack() -> Component:
    found = pack().manifest
    return _component("data", f"pack-{found.code}", found.version) | {"bom-ref": f"pack/{found.code}@{found.version}"}


def _component(kind: str, name: str, version: str) -> Component:
    return {"type": kind, "bom-ref": f"{name}@{version}", "name": name, "version": version}
