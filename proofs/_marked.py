"""People whose every name, document, alias and phone is a word that occurs nowhere else, as exports hold them."""

from __future__ import annotations

import re

COLUMNS = (
    "NRO_REGISTRO;NRO_DENUNCIA;FEC_REGISTRO;UNIDAD_PNP;AP_PATERNO;AP_MATERNO;NOMBRES;ALIAS;SEXO;FEC_NAC;EDAD;TIPO_DOC;"
    "NRO_DOC;NACIONALIDAD;UBIGEO_NAC;UBIGEO_CAPTACION;FEC_HECHO;UBIGEO_HECHO;LUGAR_HECHO;MODALIDAD_CAPTACION;FINALIDAD;"
    "FEC_COMUNIC_FISCAL;DERIVADO_A;FEC_DERIVACION;NRO_CARPETA;OBSERVACIONES"
)


def word(number: int, kind: str) -> str:
    """A made-up word for a person's part: letters only, found in no dictionary and no code of the project."""
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))
    return f"Zupa{kind}{letters}tox"


def document(number: int) -> str:
    """A number as that of a DNI, which nobody else of the marked has."""
    return f"{83_000_000 + number * 7}"


def marks(number: int) -> list[str]:
    """Everything of a marked person that must stay sealed."""
    return [word(number, kind) for kind in ("pat", "mat", "nom", "liz", "obs")] + [document(number)]


def export(people: int) -> bytes:
    """The police's export with so many marked people in it, in its own encoding."""
    rows = []
    for number in range(people):
        names = f"{word(number, 'pat')};{word(number, 'mat')};{word(number, 'nom')};{word(number, 'liz')}"
        told = f"Su madre {word(number, 'obs')} pide noticias al 9{document(number)}"
        rows.append(
            f"R2026-{number:06};20{number:06};02/09/2026;DIVINCRI TRATA IQUITOS;{names};FEMENINO;"
            f"{number % 28 + 1:02}/05/2010;16;DNI;"
            f"{document(number)};PERUANA;150101;150101;01/09/2026;160102;LA PAMPA;OFERTA DE TRABAJO;"
            f"EXPLOTACION SEXUAL;02/09/2026;UPE;02/09/2026;;{told}"
        )
    return "\r\n".join([COLUMNS, *rows]).encode("cp1252")


def sheets(people: int) -> bytes:
    """Some of them again at UPE, so that there is something to join."""
    header = (
        "EXPEDIENTE,UPE,FECHA_APERTURA,RESOLUCION,TIPO_PROCEDIMIENTO,NOMBRES_NNA,APELLIDOS_NNA,SEXO,FECHA_NACIMIENTO,"
        "EDAD_ESTIMADA,TIPO_DOC,NUM_DOC,NACIONALIDAD,UBIGEO_ORIGEN,FECHA_RESCATE,UBIGEO_RESCATE,MEDIDA,CAR_CODIGO,"
        "FECHA_INGRESO_CAR,FECHA_EGRESO,MOTIVO_EGRESO,FECHA_OPINION,FECHA_PTI,FECHA_PRI,FECHA_SEGUIMIENTO,"
        "ADULTO_ACOMPANANTE,DNI_ADULTO"
    )
    rows = []
    for number in range(0, people, 20):
        names = f"{word(number, 'nom')},{word(number, 'pat')} {word(number, 'mat')}"
        rows.append(
            f"EXP-MADRE-DE-DIOS-2026-{number:04},UPE Madre de Dios,2026-09-03,,DESPROTECCION,{names},F,"
            f"2010-05-{number % 28 + 1:02},,DNI,"
            f"{document(number)},Peruana,160101,2026-09-01,170102,,,,,,,,,,{word(number, 'obs')},{document(number)}"
        )
    return "\r\n".join([header, *rows]).encode("utf-8-sig")


def marks_in(text: str, people: int) -> list[str]:
    """Marks in a text, as they were typed or as linkage folds them."""
    words = re.findall(r"[zs]upa(?:pat|mat|nom|li[zs]|obs)\w*", text, re.IGNORECASE)
    numbers = set(re.findall(r"83\d{6}", text)) & {document(number) for number in range(people)}
    return [found.lower() for found in words] + sorted(numbers)
