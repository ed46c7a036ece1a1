"""The demo's users: one per kind of person the system is for. Their names are invented.

Roles, institutions and offices are codes of the country pack; a test holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One invented user. ``department`` is INEI's code; empty for somebody who works for the whole country."""

    username: str
    display_name: str
    role: str
    institution: str
    office: str
    department: str


LORETO, MADRE_DE_DIOS = "16", "17"

DEMO_USERS: tuple[DemoUser, ...] = (
    DemoUser("calp", "Rosario Tuesta Vílchez", "calp-equipo", "chs", "chs-calp-iquitos", LORETO),
    DemoUser("pnp", "Wilmer Ccasa Paredes", "pnp-registrador", "pnp", "pnp-deptrata-madre-de-dios", MADRE_DE_DIOS),
    DemoUser("fiscalia", "Carla Ugarte Montes", "mp-fiscal", "mp", "mp-fistrap-madre-de-dios", MADRE_DE_DIOS),
    DemoUser("udavit", "Nilda Quenaya Soto", "mp-udavit", "mp", "mp-udavit-madre-de-dios", MADRE_DE_DIOS),
    DemoUser("cem", "Maritza Lozano Inga", "mimp-cem", "mimp", "mimp-cem-tambopata", MADRE_DE_DIOS),
    DemoUser("upe", "Julio Pezo Reátegui", "mimp-upe", "mimp", "mimp-upe-madre-de-dios", MADRE_DE_DIOS),
    DemoUser("acogida", "Inés Callata Rengifo", "car-equipo", "inabif", "car-m1", MADRE_DE_DIOS),
    DemoUser("revision", "Teófilo Arce Bendezú", "revisor", "mimp", "", ""),
    DemoUser("revision2", "Delia Panduro Quicaño", "revisor", "mp", "", ""),
    DemoUser("revision-jefa", "Amelia Sinti Cárdenas", "revisor-responsable", "mimp", "", ""),
    DemoUser(
        "coordinacion", "Violeta Shapiama Ruiz", "coordinador-regional", "gore", "gore-comision-madre-de-dios",
        MADRE_DE_DIOS,
    ),
    DemoUser("analisis", "Andrea Lescano Prieto", "analista", "mininter", "mininter-estadistica", ""),
    DemoUser("datos", "Hugo Marca Villena", "odp", "mimp", "mimp-odp", ""),
    DemoUser("titular", "Consuelo Ñahui Prado", "titular-banco", "mimp", "", ""),
)  # fmt: skip
"""Everybody who can sign in to the demo."""

PASSWORD = "amparo-demo-2026"  # noqa: S105 - shown on the sign-in page; demonstrations hold invented people only
"""The password of each of them."""

PROTECTION, SHELTER = "upe", "acogida"
"""Who refers children to a house, and who works in one."""
