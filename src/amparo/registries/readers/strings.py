"""The texts that the cells of a workbook hold and share."""

from __future__ import annotations

import re
import zipfile
from xml.etree.ElementTree import Element

from amparo.registries.readers.limits import Limits
from amparo.registries.readers.parts import children, local
from amparo.registries.readers.text import whole

# Characters that XML cannot hold are written as _x000D_ (ECMA-376, part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """A text of a cell with its ``_x000D_`` escapes undone."""
    return whole(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)) if "_x" in text else text


def text_of(item: Element) -> str:
    """The text of a cell, or that of all its runs; phonetic guides are left out."""
    found = ""
    for part in item:
        name = local(part.tag)
        if name == "t":
            found += part.text or ""
        elif name == "r":
            found += text_of(part)
    return found


def shared_strings(package: zipfile.ZipFile, name: str, limits: Limits) -> list[str]:
    """The package's shared texts in order; an empty list where the workbook has none."""
    if name not in package.namelist():
        return []
    return [unescape(text_of(item))[: limits.cell] for item in children(package, name, ("sst",))]
