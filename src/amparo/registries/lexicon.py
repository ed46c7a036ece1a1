"""What interpreting rows needs of the country pack, small enough to hand to the process that reads files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from amparo.engines.linkage.names import NameTables
from amparo.pack.layouts import Layout
from amparo.registries.converters import fold

if TYPE_CHECKING:
    # The process that reads files starts faster without all that reads a pack.
    from amparo.pack.model import Pack


@dataclass(frozen=True, slots=True)
class OfficeFound:
    """An office as far as a record needs it: its code, its unit and the department it stands in (two digits)."""

    code: str
    unit: str
    department: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Districts of the institution's system, its offices by folded name, smaller places, and tables of names."""

    districts: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, OfficeFound] = field(default_factory=dict)
    # (folded name, code, departments it reaches), the longest name first.
    places: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    names: NameTables = field(default_factory=NameTables)

    def place_in(self, text: str, department: str) -> str:
        """Code of the smaller place that a text mentions, in a department where one is known; empty for none."""
        padded = f" {text} "
        for name, code, departments in self.places:
            if f" {name} " in padded and (not department or department in departments):
                return code
        return ""

    def to_json(self) -> dict[str, Any]:
        """A form that JSON can hold and :meth:`from_json` reads back."""
        return {
            "districts": dict(self.districts),
            "offices": {name: asdict(office) for name, office in self.offices.items()},
            "places": [list(place) for place in self.places],
            "names": asdict(self.names) | {"particles": sorted(self.names.particles)},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Lexicon:
        """Read what :meth:`to_json` wrote."""
        names = dict(value["names"])
        return cls(
            districts=value["districts"],
            offices={name: OfficeFound(**office) for name, office in value["offices"].items()},
            places=tuple((name, code, tuple(departments)) for name, code, departments in value["places"]),
            names=NameTables(**(names | {"particles": frozenset(names["particles"])})),
        )


def lexicon_for(pack: Pack, layout: Layout) -> Lexicon:
    """The part of a pack that a layout's rows are read with."""
    system = layout.file.districts
    return Lexicon(
        districts={
            district.codes[system]: district.code
            for district in pack.places.districts.values()
            if system in district.codes
        },
        offices=_offices(pack, layout),
        places=_places(pack),
        names=pack.names,
    )


def _offices(pack: Pack, layout: Layout) -> dict[str, OfficeFound]:
    found: dict[str, OfficeFound] = {}
    for office in pack.offices.values():
        if office.institution != layout.institution:
            continue
        department = (office.district or "")[:2] or (office.departments[0] if len(office.departments) == 1 else "")
        for name in (office.code, office.name, *office.also):
            found.setdefault(fold(name), OfficeFound(office.code, office.unit, department))
    return found


def _places(pack: Pack) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    named = [
        (fold(name), place.code, tuple(sorted({code[:2] for code in (place.district, *place.also_in)})))
        for place in pack.places.sub_places.values()
        for name in (place.name, *place.also)
    ]
    return tuple(sorted(named, key=lambda place: (-len(place[0]), place)))
