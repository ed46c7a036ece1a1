"""Where the country pack of this installation lies."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import amparo
from amparo.kernel.errors import NotFound

VARIABLE = "AMPARO_PACK"


def default(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that ``AMPARO_PACK`` names; else the pack beside the source tree; else the one in the wheel.

    Raises :class:`NotFound` with the folder that was named, or where there is no pack or more than one to choose from.
    """
    named = (os.environ if environment is None else environment).get(VARIABLE, "")
    if named:
        return _existing(Path(named))
    package = Path(amparo.__file__).resolve().parent
    for shelf in (package.parents[1] / "packs", package / "packs"):
        found = sorted(path.parent for path in shelf.glob("*/pack.yaml"))
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound("pack.several", variable=VARIABLE)
    raise NotFound("pack.none", variable=VARIABLE)


def _existing(folder: Path) -> Path:
    if not (folder / "pack.yaml").is_file():
        raise NotFound("pack.none_here", folder=str(folder), variable=VARIABLE)
    return folder
