"""Small files as institutions export them, made by hand: what the tests of deliveries and series hand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amparo.pack.current import pack

_PNP = {
    "FEC_REGISTRO": "02/09/2024",
    "UNIDAD_PNP": "DEPINCRI TRATA MADRE DE DIOS",
    "AP_PATERNO": "Zupayauri",
    "AP_MATERNO": "Quillatupa",
    "NOMBRES": "Flor Lucero",
    "SEXO": "FEMENINO",
    "FEC_NAC": "14/05/2001",
    "TIPO_DOC": "DNI",
    "NRO_DOC": "83412765",
    "NACIONALIDAD": "PERUANA",
    "FEC_HECHO": "01/09/2024",
    "FINALIDAD": "EXPLOTACION SEXUAL",
    "OBSERVACIONES": "La acompaña su tía",
}
_SERIES_START = "ANIO;MES;CCDD;DEPARTAMENTO;PROVINCIA;DISTRITO;COMISARIA;categoria;Denuncias por comision;Valor"
# What identifies the woman of the rows, in the forms in which it might get out.
MARKS = ("zupayauri", "quillatupa", "83412765")


def pnp(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The police's export; each row says only what is not as usual, and gets a number of its own."""
    names = [column.name for column in pack().imports["pnp-reta"][0].columns]
    lines = [";".join(names)]
    for number, row in enumerate(rows, 1):
        told = {"NRO_REGISTRO": f"R2024-{number:06}", "NRO_DENUNCIA": f"3000{number:04}", **_PNP, **row}
        lines.append(";".join(told.get(name, "") for name in names))
    return "\r\n".join(lines).encode("cp1252")


def series(cells: Sequence[tuple[int, str, str, int]], department: str = "MADRE DE DIOS") -> bytes:
    """The published table, of year, station, item and number."""
    lines = [_SERIES_START]
    lines += [f"{year};3;17;{department};TAMBOPATA;INAMBARI;{place};X;{item};{n}" for year, place, item, n in cells]
    return "\n".join(lines).encode("utf-8-sig")
