"""What goes in and out, by the names that institutions know from their own files. ``Error`` is the same everywhere."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Field, Schema

_LONGEST = 120


class Asked(Schema):
    """What is known of the person who is asked about. Everything but the purpose may be left out."""

    model_config = {"extra": "forbid"}

    finalidad: str = Field(max_length=40, description="Code of the pack's list finalidad_acceso, such as ATENCION.")
    nombres: str = Field("", max_length=_LONGEST)
    apellidos: str = Field("", max_length=_LONGEST, description="One surname or both, as one writes them.")
    alias: str = Field("", max_length=_LONGEST)
    sexo: Literal["", "F", "M"] = ""
    nacimiento: str = Field("", max_length=40, description="A day (2006-03-12), a year (2006) or an age (17).")
    tipo_doc: str = Field("", max_length=10, description="Code of the pack's list documento, such as DNI.")
    num_doc: str = Field("", max_length=40)
    referencia: str = Field("", max_length=60, description="The number of a case file, with its kind where known.")
    ubigeo_origen: str = Field("", max_length=20, description="INEI's code of a district.")
    fecha_hecho: date | None = None
    ubigeo_hecho: str = Field("", max_length=20, description="INEI's code of a district.")


class Contact(Schema):
    """Whom to call about her: an institution, and its office where it is known."""

    institucion: str
    nombre: str
    dependencia: str


class Known(Schema):
    """Whether anybody holds a record that is probably hers, and whom to call. Not known is no proof of anything."""

    conocida: bool
    llamar: list[Contact]


class Part(Schema):
    """What is wrong with one part of what was sent; never what stands in it."""

    parte: str
    mensaje: str


class Error(Schema):
    """Why not, in the language that was asked for, and what to do."""

    codigo: str
    mensaje: str
    partes: list[Part] = []
