"""Offices by department, by the names under which each institution's files know them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from amparo.world.draw import table


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that answer for a department; the police's own in the ways in which they are written."""

    police: tuple[str, ...]
    fiscal_district: str
    fiscalia: str
    fiscalia_code: str
    second_fiscalia: str
    shelters: tuple[str, ...]


@cache
def _by_department() -> dict[str, Offices]:
    return {row["department"]: _offices(row) for row in table("offices")}


def _offices(row: dict[str, str]) -> Offices:
    return Offices(
        police=tuple(row["police"].split("|")),
        fiscal_district=row["fiscal_district"],
        fiscalia=row["fiscalia"],
        fiscalia_code=row["fiscalia_code"],
        second_fiscalia=row["second_fiscalia"],
        shelters=tuple(row["shelters"].split("|")),
    )


def offices(department: str) -> Offices:
    """The offices of a department in which people are found. Raises KeyError for any other department."""
    return _by_department()[department]


def station_names(station: str) -> tuple[str, str]:
    """The two ways in which the police write the name of one of their stations."""
    return f"COMISARIA {station}", f"CPNP {station}"
