"""What both doors know of a demonstration: who its invented users are and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "amparo-demo-2026"  # noqa: S105 - shown on the sign-in page; demonstrations hold invented people only
"""The password of every user of a demonstration."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One user of the demonstration: the name to sign in with, the role of the pack, and the unit of the office."""

    username: str
    display_name: str
    role: str
    institution: str
    unit: str = ""
    department: str = ""


# One for each kind of person who uses Amparo; the offices are the first of their unit in the department.
PERSONAS = (
    Persona("calp", "Rosa Huamán", "calp-equipo", "chs", "calp"),
    Persona("policia", "Julio Paredes", "pnp-registrador", "pnp", "pnp", "17"),
    Persona("fiscalia", "Carmen Arce", "mp-fiscal", "mp", "fiscalia", "17"),
    Persona("udavit", "Nelly Tapia", "mp-udavit", "mp", "udavit", "17"),
    Persona("cem", "Luz Condori", "mimp-cem", "mimp", "cem", "17"),
    Persona("upe", "Edith Ramos", "mimp-upe", "mimp", "upe", "17"),
    Persona("acogida", "Marta Vela", "car-equipo", "inabif", "car", "17"),
    Persona("revision", "Ana Bellido", "revisor", "mimp"),
    Persona("coordinacion", "Víctor Salas", "coordinador-regional", "mininter", "comision", "17"),
    Persona("analisis", "Inés Duarte", "analista", "mininter", "estadistica"),
    Persona("datos", "Pedro Lozano", "odp", "minjusdh", "datos_personales"),
)
