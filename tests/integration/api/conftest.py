"""A folder of its own for each test, and a girl whom the machines ask about."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amparo.casework.actions import rebuild
from tests import worlds
from tests.worlds import FLOR, NOW, RESCUE, UPE


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]
