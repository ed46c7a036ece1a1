"""Offices by department, as each institution writes their names, and the numbers they put on files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that answer for a department."""

    specialised_police: str
    police_station: str
    fiscal_district: str
    fiscalia: str
    fiscalia_code: str
    second_fiscalia: str
    cem: str
    upe: str


_BY_DEPARTMENT = {
    "Madre de Dios": Offices(
        "DEPDICTPTIM MADRE DE DIOS", "COMISARIA PNP MAZUKO", "MADRE DE DIOS",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE MADRE DE DIOS", "2706014500",
        "FISCALIA PROVINCIAL MIXTA CORPORATIVA DE MAZUKO", "CEM Tambopata", "UPE Madre de Dios",
    ),
    "Loreto": Offices(
        "DEPDICTPTIM LORETO", "COMISARIA PNP IQUITOS", "LORETO",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE LORETO", "2506014500",
        "FISCALIA PROVINCIAL MIXTA DE CABALLOCOCHA", "CEM Iquitos", "UPE Loreto",
    ),
    "Cusco": Offices(
        "DEPDICTPTIM CUSCO", "COMISARIA PNP QUILLABAMBA", "CUSCO",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE CUSCO", "1006014500",
        "FISCALIA PROVINCIAL PENAL CORPORATIVA DE LA CONVENCION", "CEM Cusco", "UPE Cusco",
    ),
    "Puno": Offices(
        "DEPDICTPTIM PUNO", "COMISARIA PNP LA RINCONADA", "PUNO",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE PUNO", "2706024500",
        "FISCALIA PROVINCIAL PENAL DE SAN ROMAN", "CEM Juliaca", "UPE Puno",
    ),
    "Ucayali": Offices(
        "DEPDICTPTIM UCAYALI", "COMISARIA PNP PUCALLPA", "UCAYALI",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE UCAYALI", "3006014500",
        "FISCALIA PROVINCIAL MIXTA DE PADRE ABAD", "CEM Pucallpa", "UPE Ucayali",
    ),
    "Lima": Offices(
        "DIRCTPTIM LIMA", "COMISARIA PNP LA VICTORIA", "LIMA CENTRO",
        "FISCALIA PROVINCIAL ESPECIALIZADA EN TRATA DE PERSONAS DE LIMA", "5060145000",
        "FISCALIA PROVINCIAL PENAL DE LA VICTORIA", "CEM Lima", "UPE Lima",
    ),
}  # fmt: skip


def offices(department: str) -> Offices:
    """The offices that answer for a department; Lima's where the world has none of its own, as for Callao."""
    return _BY_DEPARTMENT.get(department, _BY_DEPARTMENT["Lima"])
