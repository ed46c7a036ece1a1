"""Who erases and holds: two people, and a folder of their own for files and certificates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amparo.access.actors import Actor
from tests import worlds


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def officer() -> Actor:
    return worlds.actor("odp", worlds.Office("", "mimp", "datos_personales", "mimp-odp", ""))


@pytest.fixture
def holder() -> Actor:
    return worlds.actor("titular-banco")
