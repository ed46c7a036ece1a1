"""Free text as clerks really write it: mostly harmless, sometimes the way she was brought, sometimes a name or a
telephone that must be sealed."""

from __future__ import annotations

from random import Random

from amparo.world import misspell
from amparo.world.draw import Deck
from amparo.world.persons import Person

_PLAIN = Deck((
    ("", 62), ("SE ENCONTRABA SIN DOCUMENTOS", 5), ("MENOR DE EDAD SEGUN MANIFIESTA", 4), ("REQUIERE INTERPRETE", 2),
    ("REFIERE DOLOR ABDOMINAL, SE SOLICITA RML", 2), ("MANIFESTO QUE LE RETUVIERON EL DNI", 4), ("EN TRAMITE", 3),
    ("NO DESEA BRINDAR MAS DATOS", 3),
))  # fmt: skip
_TELLING = (
    "FAMILIAR REFIERE QUE SU NOMBRE ES {full}",
    "MADRE {guardian} SE COMUNICO AL CEL {phone}",
    "LA AGRAVIADA {given} INDICA CELULAR {phone}",
    "CONOCIDA COMO {alias}, SE PRESENTO COMO {full}",
    "LLAMAR AL {phone} (TIA)",
)

_BROUGHT_BY = {
    "Madre de Dios": ("URCOS - OCONGATE - QUINCEMIL", "JULIACA - SAN GABAN - MAZUKO", "BUS DESDE CUSCO TERMINAL"),
    "Loreto": ("LANCHA PUERTO MASUSA", "NAUTA POR CARRETERA", "DESLIZADOR DESDE SANTA ROSA"),
    "Ucayali": ("TINGO MARIA - AGUAYTIA", "CONTAMANA POR RIO"),
    "Puno": ("JULIACA - PUTINA", "PASO NO AUTORIZADO DESAGUADERO"),
    "Lima": ("BUS PUCALLPA - LIMA", "BUS HUANCAYO - LIMA", "VUELO IQUITOS - LIMA CON DNI AJENO"),
    "Cusco": ("SICUANI - CUSCO", "COMBI A QUILLABAMBA", "SANTA TERESA - HUAYOPATA"),
}
"""How people are brought to the places of each department, along the routes that field studies describe."""


def remark(rng: Random, person: Person, department: str) -> str:
    """What the clerk added; now and then it tells who she is or how to reach her, or by which way she was brought."""
    roll = rng.random()
    if roll < 0.06:
        return _telling(rng, person)
    if roll < 0.12:
        return f"REFIERE TRASLADO: {rng.choice(_BROUGHT_BY.get(department, _BROUGHT_BY['Lima']))}"
    return _PLAIN.draw(rng)


def _telling(rng: Random, person: Person) -> str:
    said = rng.choice(_TELLING).format(
        full=" ".join((*person.given, person.surname1, person.surname2)).strip(),
        given=person.given[0],
        guardian=person.guardian.name if person.guardian else "NO PRECISA",
        phone=person.phone or f"9{rng.randrange(10**7, 10**8)}",
        alias=person.alias or "LA FLACA",
    )
    return misspell.without_accents(said).upper()
