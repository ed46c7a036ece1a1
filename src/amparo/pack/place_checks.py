"""Checks the places of a pack: smaller places lie in districts that exist and cannot be mistaken for one."""

from __future__ import annotations

from amparo.pack.model import Pack
from amparo.pack.place_files import DISTRICTS, SUB_PLACES
from amparo.pack.source import Folder

_KINDS = "tipo_lugar"


def check_places(folder: Folder, pack: Pack) -> None:
    """Report what is wrong with districts and smaller places."""
    _sub_places(folder, pack)
    for district in pack.places.districts.values():
        if district.valid_from and district.valid_to and district.valid_to < district.valid_from:
            folder.report(DISTRICTS, district.line, "pack.reversed_validity", code=district.code)
        if not (district.name and district.province and district.department):
            folder.report(DISTRICTS, district.line, "pack.missing_value", where="name")


def _sub_places(folder: Folder, pack: Pack) -> None:
    kinds = pack.codes.get(_KINDS, ())
    for place in pack.places.sub_places.values():
        for code in (place.district, *place.also_in):
            if code not in pack.places.districts:
                folder.report(SUB_PLACES, place.line, "pack.unknown_district", code=code)
        if pack.places.meanings(place.code):
            folder.report(SUB_PLACES, place.line, "pack.place_is_district", code=place.code)
        if kinds and place.kind not in kinds:
            folder.report(SUB_PLACES, place.line, "pack.unknown_code", list=_KINDS, code=place.kind)
