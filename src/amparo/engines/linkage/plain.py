"""Rows of plain files as :class:`Fields`: the columns that ``amparo link`` takes, and how their values may be written.

A value that cannot be read is left out and named, never guessed: linkage takes silence as no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from amparo.engines.linkage import fold, names
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables
from amparo.kernel.dates import Approx, Precision

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "record_id": (),
    "institucion": ("institution",),
    "fecha_registro": ("registered_on",),
    "nombres": ("prenombres", "given_names"),
    "ap_paterno": ("apellido_paterno", "surname1"),
    "ap_materno": ("apellido_materno", "surname2"),
    "alias": (),
    "sexo": ("sex",),
    "fecha_nac": ("fecha_nacimiento", "birth_date"),
    "edad": ("age",),
    "tipo_doc": ("tipo_documento", "doc_type"),
    "num_doc": ("numero_documento", "doc_number"),
    "nacionalidad": ("nationality",),
    "ubigeo_origen": ("ubigeo_nac", "origin"),
    "fecha_hecho": ("event_date",),
    "ubigeo_hecho": ("event_place",),
}
"""Each column with the other names it may go by; only the first is required."""

_SEXES = {
    **dict.fromkeys(("F", "FEMENINO", "FEMENINA", "MUJER", "FEMALE"), "F"),
    **dict.fromkeys(("M", "MASCULINO", "MASCULINA", "HOMBRE", "H", "MALE", "VARON"), "M"),
}
_NO_DOCUMENT = frozenset({"", "SD", "NONE", "NINGUNO", "SIN DOCUMENTO", "NO TIENE"})
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_AGE = re.compile(r"^(\d{1,3})(?:\.0+)?(?:\s*(?:-|a|to)\s*(\d{1,3}))?\s*(?:a[nñ]os?|years?)?$", re.IGNORECASE)
_OLDEST = 115
# Fewer words without a surname beside them are given names or what somebody is called.
_WORDS_OF_A_WHOLE_NAME = 3
# An age may be that of the day of the facts or of the day of the file; further apart, that of the facts is meant.
_LONGEST_BETWEEN = 400
# The same names, districts and days come in many rows: what they mean is worked out once, and they are kept once.
_CELLS_KEPT = 1 << 17
_OWN = ("record_id", "num_doc")
_SHARED = tuple(name for name in COLUMNS if name not in _OWN)


def read(row: Mapping[str, str], tables: NameTables | None = None) -> tuple[Fields, tuple[str, ...]]:
    """One row, and the columns whose values could not be read. Missing columns are as good as empty ones.

    With ``tables``, a whole name in the one column of given names is parted into given names and surnames.
    """
    told = {name: _tidy(row.get(name, "")) for name in _SHARED}
    told.update((name, " ".join(row.get(name, "").split())) for name in _OWN)
    unread: list[str] = []
    registered = _day(told, "fecha_registro", unread)
    event = _day(told, "fecha_hecho", unread)
    kind = told["tipo_doc"].upper()
    given, first, second = _name(told, tables)
    fields = Fields(
        record_id=told["record_id"],
        institution=told["institucion"],
        registered_on=registered,
        given=given,
        surname1=first,
        surname2=second,
        alias=told["alias"],
        sex=_sex(told, unread),
        birth=_birth(told, registered, event, unread),
        doc_type="" if kind in _NO_DOCUMENT else kind,
        doc_number=told["num_doc"],
        nationality=_nationality(told["nacionalidad"]),
        origin=_district(told["ubigeo_origen"]),
        event_on=event,
        event_place=_district(told["ubigeo_hecho"]),
    )
    return fields, tuple(unread)


def _name(told: Mapping[str, str], tables: NameTables | None) -> tuple[str, str, str]:
    given, first, second = told["nombres"], told["ap_paterno"], told["ap_materno"]
    if tables is None or first or second or len(names.units(given, tables)) < _WORDS_OF_A_WHOLE_NAME:
        return given, first, second
    return names.split_full_name(given, tables)


@lru_cache(maxsize=_CELLS_KEPT)
def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _sex(told: Mapping[str, str], unread: list[str]) -> str:
    typed = told["sexo"]
    sex = _SEXES.get(typed.upper().strip(". "), "")
    if typed and not sex:
        unread.append("sexo")
    return sex


@lru_cache(maxsize=1 << 10)
def _nationality(typed: str) -> str:
    return " ".join(fold.words(typed))


@lru_cache(maxsize=1 << 14)
def _district(code: str) -> str:
    """A district's code; spreadsheets drop the zero that five digits lack."""
    text = code.removesuffix(".0")
    return text.zfill(6) if text.isdigit() and len(text) == 5 else text


def _day(told: Mapping[str, str], column: str, unread: list[str]) -> date | None:
    day = _read_day(told[column])
    if told[column] and day is None:
        unread.append(column)
    return day


@lru_cache(maxsize=_CELLS_KEPT)
def _read_day(text: str) -> date | None:
    """A day written year first or day first; a time of day after it is ignored."""
    text = re.split(r"[ T]", text, maxsplit=1)[0]
    if found := _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth(told: Mapping[str, str], registered: date | None, event: date | None, unread: list[str]) -> Approx | None:
    """The birth by its day or its year, else by the age."""
    typed = told["fecha_nac"]
    born = _born(typed, registered or event)
    if born is not None:
        return born
    if typed:
        unread.append("fecha_nac")
    if not told["edad"]:
        return None
    age = _by_age(told["edad"], registered, event)
    if age is None:
        unread.append("edad")
    return age


def _born(typed: str, known_on: date | None) -> Approx | None:
    """None where nothing readable is written, or a birth after the record, or one that is too long ago."""
    day = _read_day(typed)
    if day is None:
        is_year = re.fullmatch(r"(19|20)\d{2}", typed)
        return Approx.in_year(int(typed)) if is_year else None
    if known_on and (day > known_on or known_on.year - day.year > _OLDEST):
        return None
    return Approx.exact(day)


def _by_age(typed: str, registered: date | None, event: date | None) -> Approx | None:
    found = _AGE.match(typed)
    days = sorted(day for day in (registered, event) if day)
    if not found or not days:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    if not 0 <= low <= high <= _OLDEST:
        return None
    if event and (days[-1] - days[0]).days > _LONGEST_BETWEEN:
        days = [event]
    earliest = Approx.born_at_age(high, days[0]).earliest
    latest = Approx.born_at_age(low, days[-1]).latest
    return Approx(earliest, latest, Precision.DECLARED_AGE if low == high else Precision.ESTIMATED_AGE)
