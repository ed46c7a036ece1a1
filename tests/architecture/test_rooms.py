"""The walls between the rooms: imports, and what imports cannot show."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from importlinter import cli

from tests.architecture.tree import ROOMS, ROOT, SRC, files, named, parsed

CLASSES = {"public", "internal", "personal", "identity", "sealed"}


def own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("amparo."):
            yield model


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_no_room_imports_a_room_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert cli.lint_imports(cache_dir=None, no_cache=True) == 0


def test_every_room_with_tables_keeps_them_to_itself() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    guarded = {name for contract in contracts for name in contract.get("protected_modules", ())}

    assert {f"amparo.{room(model)}.models" for model in own_models()} <= guarded


def test_foreign_keys_point_only_to_the_same_room_or_one_below() -> None:
    wrong = []
    for model in own_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            ours = isinstance(target, type) and target.__module__.startswith("amparo.")
            if ours and ROOMS.index(room(target)) < ROOMS.index(room(model)):
                wrong.append(f"{model.__name__}.{field.name} -> {target.__name__}")

    assert wrong == []


def test_no_foreign_key_crosses_between_the_vault_and_the_cases() -> None:
    crossing = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and isinstance(field.related_model, type)
        if "vault" in {room(model), field.related_model.__module__.split(".")[1]}
        if room(model) != field.related_model.__module__.split(".")[1]
    ]

    assert crossing == []


def test_every_field_is_classified() -> None:
    wrong = []
    for model in own_models():
        declared = getattr(model, "classification", {})
        fields = {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
        fields -= {field.name for field in model._meta.get_fields() if field.name == "id" and "id" not in declared}
        wrong += [f"{model.__name__}.{name}: not classified" for name in sorted(fields - set(declared))]
        wrong += [f"{model.__name__}.{name}: no such field" for name in sorted(set(declared) - fields - {"id"})]
        wrong += [f"{model.__name__}.{name}: {kind}?" for name, kind in declared.items() if kind not in CLASSES]

    assert wrong == []


def test_identity_is_kept_in_the_vault_and_only_sealed() -> None:
    in_the_clear = [
        f"{model.__name__}.{name}"
        for model in own_models()
        for name, kind in getattr(model, "classification", {}).items()
        if kind == "identity"
    ]
    readable = [
        f"{model.__name__}.{name}"
        for model in own_models()
        for name, kind in getattr(model, "classification", {}).items()
        if kind == "sealed" and isinstance(model._meta.get_field(name), (models.TextField, models.JSONField))
    ]

    assert (in_the_clear, readable) == ([], [])


def test_engines_kernel_and_pack_are_usable_without_django() -> None:
    free = [SRC / "engines", SRC / "kernel", SRC / "pack"]
    wrong = [
        named(path)
        for path in files()
        if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in free)
        if "django" in path.read_text(encoding="utf-8")
    ]

    assert wrong == []


def test_no_module_outside_the_pack_knows_the_country() -> None:
    """Law 6: the country is data. The invented world is Peru's, pages speak of it, settings choose its formats."""
    general = [SRC / name for name in ("engines", "kernel", *ROOMS) if name not in ("world", "interfaces", "config")]
    wrong = [
        named(path)
        for path in files()
        if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in general)
        if any(word in path.read_text(encoding="utf-8") for word in ("Perú", "Peru", "peru"))
    ]

    assert wrong == []


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in files()
        if path.name == "__init__.py" and path.is_relative_to(SRC) and "migrations" not in path.parts
        if not ast.get_docstring(parsed(path))
    ]

    assert silent == []
