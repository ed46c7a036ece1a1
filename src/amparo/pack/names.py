"""Names of a country: how they are written, how frequent they are and what they are shortened to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.engines.linkage.fold import words
from amparo.engines.linkage.names import NameTables
from amparo.pack.source import CsvRow, Folder

SURNAMES = "names/surnames.csv"
GIVEN = "names/given.csv"
REGIONAL = "names/surnames_by_region.csv"
NICKNAMES = "names/nicknames.csv"
ABBREVIATIONS = "names/abbreviations.csv"
PARTICLES = "names/particles.csv"


@dataclass(frozen=True, slots=True)
class Name:
    """A name, the share (0 to 1) of the country that bears it, its sex (``M``, ``F`` or none) and its people."""

    text: str
    share: float
    sex: str = ""
    people: str = ""
    verified: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class RegionalName:
    """A surname with the share (0 to 1) of one department's people that bears it; what is left over is national."""

    department: str
    text: str
    share: float
    people: str = ""
    verified: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Nickname:
    """A short form and one full name that it may stand for."""

    short: str
    name: str
    sex: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class NameLists:
    """Every list of names of a pack, as written with their accents."""

    surnames: tuple[Name, ...] = ()
    given: tuple[Name, ...] = ()
    regional: tuple[RegionalName, ...] = ()
    nicknames: tuple[Nickname, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    particles: tuple[str, ...] = ()

    def tables(self) -> NameTables:
        """The lists in the form that linkage takes: keys in capitals without accents."""
        nicknames: dict[str, list[str]] = {}
        for item in self.nicknames:
            nicknames.setdefault(_key(item.short), []).append(_key(item.name))
        return NameTables(
            nicknames=nicknames,
            abbreviations={_key(written): _key(meant) for written, meant in self.abbreviations},
            particles=frozenset(map(_key, self.particles)),
            surname_frequency=_shares(self.surnames),
            given_frequency=_shares(self.given),
        )


def read_names(folder: Folder) -> NameLists:
    """Read the six lists of the folder ``names``; what is wrong in them is reported in ``folder.problems``."""
    return NameLists(
        surnames=tuple(_name(folder, row) for row in folder.csv(SURNAMES, ("name", "share", "verified"))),
        given=tuple(_name(folder, row) for row in folder.csv(GIVEN, ("name", "sex", "share", "verified"))),
        regional=tuple(_regional(folder, row) for row in folder.csv(REGIONAL, ("department", "name", "share"))),
        nicknames=tuple(
            Nickname(row["short"], row["name"], row["sex"], row.line)
            for row in folder.csv(NICKNAMES, ("short", "name", "sex"))
        ),
        abbreviations=tuple((row["written"], row["means"]) for row in folder.csv(ABBREVIATIONS, ("written", "means"))),
        particles=tuple(row["particle"] for row in folder.csv(PARTICLES, ("particle",))),
    )


def _name(folder: Folder, row: CsvRow) -> Name:
    share = _number(folder, row, "share")
    return Name(row["name"], share, row["sex"], row["people"], row["verified"] != "false", row.line)


def _regional(folder: Folder, row: CsvRow) -> RegionalName:
    share = _number(folder, row, "share")
    verified = row["verified"] != "false"
    return RegionalName(row["department"], row["name"], share, row["people"], verified, row.line)


def _number(folder: Folder, row: CsvRow, column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        folder.report(row.file, row.line, "pack.bad_number", value=row[column])
        return 0.0


def _key(text: str) -> str:
    return " ".join(words(text))


def _shares(names: Iterable[Name]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for name in names:
        # The same given name may stand once for each sex.
        shares[_key(name.text)] = shares.get(_key(name.text), 0.0) + name.share
    return shares
