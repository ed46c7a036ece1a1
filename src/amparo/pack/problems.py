"""What is wrong with a pack, and what in it nobody has verified: always with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.kernel.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a pack. ``file`` is relative to the pack's folder, ``line`` counts from 1, ``code`` is dotted."""

    file: str
    line: int
    code: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def message_code(self) -> str:
        """The same code under the name that the catalogue of messages uses."""
        return self.code

    def sentence(self, language: str = "es") -> str:
        """The fault in words, ``file:line: sentence``, in ``es`` or ``en``."""
        template = SENTENCES.get(self.code, (self.code, self.code))[0 if language == "es" else 1]
        return f"{self.file}:{self.line}: {template.format_map(_Blank(self.params))}"


@dataclass(frozen=True, slots=True, order=True)
class Unverified:
    """Something that the pack states and nobody has checked against its source. ``kind`` is such as ``code``."""

    file: str
    line: int
    kind: str
    code: str
    note: str = ""


class BrokenPack(Invalid):
    """A pack that cannot be loaded; ``problems`` says where it is broken."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__("pack.broken", file=first.file, line=first.line, problem=first.code, count=len(problems))
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(problem.sentence("en") for problem in self.problems[:20])


class _Blank(dict[str, str]):
    """Parameters of a sentence; one that is missing reads as a question mark instead of failing."""

    def __init__(self, params: Mapping[str, str]) -> None:
        super().__init__(params)

    def __missing__(self, key: str) -> str:
        return "?"


# Code of the fault: the sentence in Spanish, the sentence in English.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "pack.missing_file": ("falta el archivo", "the file is missing"),
    "pack.not_utf8": ("el archivo no está en UTF-8", "the file is not UTF-8"),
    "pack.syntax": ("no se puede leer: {detail}", "cannot be read: {detail}"),
    "pack.duplicate_key": ("la clave «{key}» está repetida", "the key “{key}” is repeated"),
    "pack.invalid_value": ("{where}: {detail}", "{where}: {detail}"),
    "pack.missing_value": ("falta «{where}»", "“{where}” is missing"),
    "pack.unknown_key": ("«{where}» no es una clave conocida", "“{where}” is not a known key"),
    "pack.missing_column": ("falta la columna «{column}»", "the column “{column}” is missing"),
    "pack.cells": ("la fila tiene {found} celdas y se esperaban {expected}", "{found} cells; {expected} expected"),
    "pack.duplicate_code": (
        "el código «{code}» está repetido (línea {first})",
        "the code “{code}” is repeated (line {first})",
    ),
    "pack.retention_twice": (
        "«{code}» ya dice cuánto se conserva esa clase de dato de esa fuente",
        "“{code}” says already how long that kind of data of that source is kept",
    ),
    "pack.missing_label": ("a «{code}» le falta el texto en «{language}»", "“{code}” has no label in “{language}”"),
    "pack.bad_date": ("«{value}» no es una fecha AAAA-MM-DD", "“{value}” is not a date YYYY-MM-DD"),
    "pack.bad_number": ("«{value}» no es un número", "“{value}” is not a number"),
    "pack.reversed_validity": ("«{code}» termina antes de empezar", "“{code}” ends before it begins"),
    "pack.unknown_institution": ("no existe la institución «{code}»", "there is no institution “{code}”"),
    "pack.unknown_unit": ("no existe la unidad «{code}»", "there is no unit “{code}”"),
    "pack.unknown_office": ("no existe la dependencia «{code}»", "there is no office “{code}”"),
    "pack.unit_not_of_institution": (
        "la unidad «{unit}» no es de la institución «{institution}»",
        "the unit “{unit}” does not belong to the institution “{institution}”",
    ),
    "pack.unknown_code_list": ("no existe la lista de códigos «{code}»", "there is no code list “{code}”"),
    "pack.unknown_code": ("la lista «{list}» no tiene el código «{code}»", "the list “{list}” has no code “{code}”"),
    "pack.unlisted_code_list": (
        "la lista «{code}» no está descrita en codes/lists.yaml",
        "the list “{code}” is not described in codes/lists.yaml",
    ),
    "pack.no_answer_codes": (
        "a la lista «{list}» le falta «{code}»: no informado y no aplica van aparte",
        "the list “{list}” lacks “{code}”: not informed and not applicable are kept apart",
    ),
    "pack.unknown_event": ("no existe el tipo de hito «{code}»", "there is no type of event “{code}”"),
    "pack.unknown_event_field": (
        "ese tipo de hito no tiene el dato «{code}»",
        "that type of event has no field “{code}”",
    ),
    "pack.unknown_role": ("no existe el rol «{code}»", "there is no role “{code}”"),
    "pack.unknown_compartment": ("no existe la parte «{code}»", "there is no compartment “{code}”"),
    "pack.term_uncounted": (
        "el plazo «{code}» debe contarse en días hábiles o en horas, y de una sola manera",
        "the term “{code}” must be counted in working days or in hours, and in one way only",
    ),
    "pack.unknown_source": ("no existe la fuente «{code}»", "there is no source “{code}”"),
    "pack.unknown_sharing": ("no existe el reparto «{code}»", "there is no sharing rule “{code}”"),
    "pack.unknown_district": ("no existe el distrito «{code}»", "there is no district “{code}”"),
    "pack.unknown_department": ("no existe el departamento «{code}»", "there is no department “{code}”"),
    "pack.place_is_district": (
        "«{code}» es también código de un distrito",
        "“{code}” is also the code of a district",
    ),
    "pack.shelter_with_place": (
        "la casa «{code}» no puede decir su distrito: dónde está no se guarda aquí",
        "the shelter “{code}” may not state its district: where it is is not kept here",
    ),
    "pack.cycle": ("«{code}» termina siendo parte de sí mismo", "“{code}” ends up being part of itself"),
    "pack.unknown_htcds": ("«{value}» no es un valor de {field}", "“{value}” is not a value of {field}"),
    "pack.unknown_htcds_field": ("«{field}» no es un campo de HTCDS", "“{field}” is not a field of HTCDS"),
    "pack.code_list_missing": (
        "el campo «{field}» es de tipo código y no dice de qué lista",
        "the field “{field}” is a code and names no list",
    ),
    "pack.bad_holiday": ("el feriado «{code}» no dice cuándo es", "the holiday “{code}” does not say when it is"),
    "pack.bad_share": ("las proporciones suman más de uno", "the shares add up to more than one"),
    "route.unknown_step": ("no existe el paso «{code}»", "there is no step “{code}”"),
    "route.repeated_step": ("el paso «{code}» está repetido", "the step “{code}” is repeated"),
    "route.unused_step": ("ninguna versión usa el paso «{code}»", "no version uses the step “{code}”"),
    "route.step_without": ("al paso «{code}» le falta «{where}»", "the step “{code}” lacks “{where}”"),
    "route.unexplained": (
        "el paso «{code}» está sin verificar y no dice qué falta",
        "the step “{code}” is unverified and does not say what is missing",
    ),
    "route.unknown_field": (
        "el hito «{code}» no tiene el campo «{field}»",
        "the event “{code}” has no field “{field}”",
    ),
    "route.may_not_write": (
        "la unidad «{unit}» no puede escribir «{code}»",
        "the unit “{unit}” may not write “{code}”",
    ),
    "route.no_last_lead": (
        "la ruta «{code}» puede quedar sin quien la conduzca",
        "the route “{code}” may be left without a lead body",
    ),
    "route.versions_do_not_meet": (
        "una versión termina el {ends} y la siguiente empieza el {begins}",
        "one version ends on {ends} and the next begins on {begins}",
    ),
    "layout.may_not_write": (
        "la unidad «{unit}» no puede escribir «{code}»",
        "the unit “{unit}” may not write “{code}”",
    ),
    "layout.no_sample": ("falta el archivo de ejemplo «{file}»", "the sample file “{file}” is missing"),
    "layout.wrong_folder": (
        "la fuente «{source}» no coincide con su carpeta",
        "the source “{source}” is not the name of its folder",
    ),
    "layout.unknown_field": ("el hito no tiene el campo «{field}»", "the event has no field “{field}”"),
    "layout.field_needed": ("falta el campo obligatorio «{field}»", "the required field “{field}” is missing"),
    "layout.other_list": (
        "la columna «{column}» no es de la lista «{list}»",
        "the column “{column}” is not of the list “{list}”",
    ),
}
