"""Checks the lists of names: no name twice, shares that can be shares, and surnames that the country has."""

from __future__ import annotations

from collections import defaultdict

from amparo.pack.model import Pack
from amparo.pack.names import GIVEN, NICKNAMES, REGIONAL, SURNAMES, Name
from amparo.pack.source import Folder

_SEXES = ("F", "M", "")


def check_names(folder: Folder, pack: Pack) -> None:
    """Report what is wrong with the names of a pack."""
    lists = pack.name_lists
    _repeated(folder, SURNAMES, lists.surnames)
    _repeated(folder, GIVEN, lists.given)
    _shares(folder, SURNAMES, sum(name.share for name in lists.surnames))
    _regions(folder, pack)
    for nickname in lists.nicknames:
        if nickname.sex not in _SEXES:
            folder.report(NICKNAMES, nickname.line, "pack.unknown_code", list="sexo", code=nickname.sex)
        if not (nickname.short and nickname.name):
            folder.report(NICKNAMES, nickname.line, "pack.missing_value", where="name")


def _repeated(folder: Folder, file: str, names: tuple[Name, ...]) -> None:
    first: dict[tuple[str, str], int] = {}
    for name in names:
        line = first.setdefault((name.text.upper(), name.sex), name.line)
        if line != name.line:
            folder.report(file, name.line, "pack.duplicate_code", code=name.text, first=line)
        if name.sex not in _SEXES:
            folder.report(file, name.line, "pack.unknown_code", list="sexo", code=name.sex)
        if not 0 < name.share < 1:
            folder.report(file, name.line, "pack.bad_number", value=name.share)


def _regions(folder: Folder, pack: Pack) -> None:
    departments = pack.places.departments()
    sums: dict[str, float] = defaultdict(float)
    for name in pack.name_lists.regional:
        sums[name.department] += name.share
        if name.department not in departments:
            folder.report(REGIONAL, name.line, "pack.unknown_department", code=name.department)
    for total in sums.values():
        _shares(folder, REGIONAL, total)


def _shares(folder: Folder, file: str, total: float) -> None:
    if total > 1:
        folder.report(file, 1, "pack.bad_share")
