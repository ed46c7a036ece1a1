"""Why two records look alike or not, as sentences. Codes come from the linkage engine; it says nothing in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.web.viewmodels.pairs import EvidenceBar

Words = str | Promise

FIELDS: dict[str, Words] = {
    "given": _("Nombres"),
    "surnames": _("Apellidos"),
    "birth": _("Nacimiento"),
    "document": _("Documento"),
    "sex": _("Sexo"),
    "nationality": _("Nacionalidad"),
    "origin": _("Lugar de origen"),
    "event": _("Hecho"),
    "reference": _("Número propio"),
    "alias": _("Apodo"),
    "native": _("Nombre originario"),
    "given_rarity": _("Qué tan común es el nombre"),
    "surname_rarity": _("Qué tan común es el apellido"),
}

SENTENCES: dict[tuple[str, str], Words] = {
    ("given", "different"): _("Ningún nombre coincide."),
    ("given", "some"): _("Un nombre coincide, y cada registro tiene otro que al otro le falta."),
    ("given", "initials"): _("Solo se conocen iniciales, y coinciden."),
    ("given", "near"): _("Los nombres coinciden, salvo por un error de escritura."),
    ("given", "part"): _("Un registro tiene un nombre más; los demás coinciden."),
    ("given", "reordered"): _("Los mismos nombres en otro orden."),
    ("given", "same"): _("El mismo nombre."),
    ("given", "same_several"): _("Todos los nombres coinciden."),
    ("surnames", "different"): _("Ningún apellido coincide."),
    ("surnames", "one_and_conflict"): _("Un apellido coincide y el otro es distinto."),
    ("surnames", "initials"): _("Solo se conocen iniciales de los apellidos, y coinciden."),
    ("surnames", "one_near"): _("Un apellido se parece; el otro falta en uno de los registros."),
    ("surnames", "one"): _("Un apellido coincide; el otro falta en uno de los registros."),
    ("surnames", "crossed"): _("Las mismas palabras, unas escritas como nombre y otras como apellido."),
    ("surnames", "both_near"): _("Los dos apellidos coinciden, salvo por un error de escritura."),
    ("surnames", "both_swapped"): _("Los dos apellidos coinciden, en orden cambiado."),
    ("surnames", "both"): _("Los dos apellidos coinciden."),
    ("birth", "far"): _("Los nacimientos están a más de cinco años."),
    ("birth", "apart"): _("Los nacimientos están a más de dos años."),
    ("birth", "days_differ"): _("Las dos fechas de nacimiento son exactas y distintas."),
    ("birth", "close"): _("Las edades están cerca, pero no coinciden."),
    ("birth", "ages_agree"): _("Las edades coinciden; el día no se conoce en ninguno."),
    ("birth", "age_and_day_agree"): _("La fecha de uno cae en la edad del otro."),
    ("birth", "typo"): _("Las fechas de nacimiento difieren en una cifra o en un día."),
    ("birth", "swapped"): _("La misma fecha con día y mes cambiados."),
    ("birth", "same"): _("La misma fecha de nacimiento."),
    ("document", "different"): _("Los números de documento son distintos."),
    ("document", "near"): _("Los números de documento difieren en una cifra."),
    ("document", "same"): _("El mismo número de documento."),
    ("sex", "different"): _("El sexo anotado es distinto."),
    ("sex", "same"): _("El mismo sexo anotado."),
    ("nationality", "different"): _("La nacionalidad anotada es distinta."),
    ("nationality", "same"): _("La misma nacionalidad anotada."),
    ("origin", "different"): _("Vienen de departamentos distintos."),
    ("origin", "department"): _("Vienen del mismo departamento."),
    ("origin", "province"): _("Vienen de la misma provincia."),
    ("origin", "district"): _("Vienen del mismo distrito."),
    ("event", "different"): _("El hecho fue en otra fecha y otro lugar."),
    ("event", "place"): _("El hecho fue en el mismo lugar, en otra fecha."),
    ("event", "near"): _("El hecho fue en el mismo departamento, con menos de un mes de diferencia."),
    ("event", "near_and_place"): _("El hecho fue en el mismo distrito, con menos de una semana de diferencia."),
    ("event", "day"): _("El hecho fue el mismo día."),
    ("event", "day_and_place"): _("El hecho fue el mismo día en el mismo lugar."),
    ("event", "case"): _("Los dos llevan el mismo número de carpeta o denuncia."),
    ("reference", "shared"): _("Los dos llevan un número que se da a una sola persona."),
    ("alias", "different"): _("Los apodos son distintos."),
    ("alias", "given"): _("El apodo de uno es nombre en el otro."),
    ("alias", "same"): _("El mismo apodo."),
    ("native", "different"): _("Los nombres originarios son distintos."),
    ("native", "part"): _("Parte del nombre originario coincide."),
    ("native", "same"): _("El mismo nombre originario."),
    ("given_rarity", "rare"): _("El nombre es poco común: coincidir dice más."),
    ("given_rarity", "common"): _("El nombre es muy común: coincidir dice menos."),
    ("surname_rarity", "rare"): _("El apellido es poco común: coincidir dice más."),
    ("surname_rarity", "common"): _("El apellido es muy común: coincidir dice menos."),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """What keeps the machine from joining two records alone: a word or two for a list, and a sentence."""

    short: Words
    sentence: Words


WARNINGS: dict[str, Warned] = {
    "no_identity": Warned(
        _("sin nombre"), _("Uno de los registros no tiene nombre, o solo iniciales, y nada más lo suple.")
    ),
    "different_documents": Warned(
        _("documentos distintos"), _("Los dos tienen un documento válido del mismo tipo, con números distintos.")
    ),
    "guardian_document": Warned(
        _("documento de acompañante"), _("El documento de uno es el de quien acompaña al otro.")
    ),
    "shared_document": Warned(
        _("un documento, dos personas"),
        _("El documento es el mismo, pero el nombre, el sexo o el nacimiento son de dos personas."),
    ),
    "siblings": Warned(
        _("¿hermanas o hermanos?"), _("Comparten apellidos y no nombres: pueden ser hermanas o hermanos.")
    ),
    "births_differ": Warned(
        _("nacimientos distintos"), _("Las dos fechas de nacimiento se conocen con el día, y no son la misma.")
    ),
    "twins": Warned(
        _("¿mellizas o mellizos?"),
        _("Los documentos son casi seguidos y los nombres no coinciden: pueden ser mellizos."),
    ),
    "different_surnames": Warned(_("apellidos distintos"), _("Ningún apellido coincide, y tampoco un documento.")),
    "different_given_names": Warned(
        _("nombres distintos"), _("Ningún nombre coincide, y tampoco un apodo ni el nombre originario.")
    ),
    "mother_and_daughter": Warned(
        _("¿madre e hija?"),
        _("Comparten un apellido y hay una generación entre los nacimientos: pueden ser madre e hija."),
    ),
    "birth_far_apart": Warned(_("nacimientos lejanos"), _("Los nacimientos están a más de cinco años.")),
    "sex_and_birth": Warned(_("sexo y nacimiento"), _("El sexo anotado es distinto y los nacimientos no coinciden.")),
    "nothing_else": Warned(
        _("solo el nombre"), _("Solo coinciden los nombres: ni documento, ni fecha, ni lugar lo confirman.")
    ),
    "maybe_siblings": Warned(
        _("¿hermanas o hermanos?"),
        _("Los nombres no coinciden del todo y los nacimientos tampoco: pueden ser hermanas o hermanos."),
    ),
    "maybe_twins": Warned(
        _("¿mellizas o mellizos?"), _("Nacieron el mismo día y los nombres no coinciden del todo: pueden ser mellizos.")
    ),
    "maybe_homonyms": Warned(
        _("¿mismo nombre, otra persona?"), _("Los nombres coinciden, y ni el nacimiento ni el hecho lo confirman.")
    ),
}


def bars(evidence: Iterable[tuple[str, str, float]]) -> tuple[EvidenceBar, ...]:
    """Each piece of evidence with its weight, in the order of the engine: the weightiest first."""
    made: list[EvidenceBar] = []
    reached = 0.0
    for field, level, weight in evidence:
        sentence = str(SENTENCES.get((field, level), ""))
        made.append(EvidenceBar(str(FIELDS.get(field, field)), weight, sentence, reached))
        reached += weight
    return tuple(made)


RISKS: dict[str, Words] = {
    "child": _("Puede ser de una niña, niño o adolescente."),
    "reserved": _("Una autoridad ordenó reservar la identidad."),
    "kin": _("Podrían ser dos personas de una misma familia."),
    "contradiction": _("Hay datos que se contradicen."),
    "two_threads": _("Uniría dos hilos que ya tienen varios registros."),
    "crosses": _("Alguien dijo antes que registros de una y de otra son de personas distintas."),
}


def risks(codes: Iterable[str]) -> tuple[str, ...]:
    """Why a yes takes two people, as sentences."""
    return tuple(str(RISKS.get(code, code)) for code in codes)


def warnings(codes: Iterable[str]) -> tuple[str, ...]:
    """What to look at before deciding, as sentences."""
    return tuple(str(WARNINGS[code].sentence) if code in WARNINGS else code for code in codes)


def short_warnings(codes: Iterable[str]) -> tuple[str, ...]:
    """The same in a word or two, for a list."""
    return tuple(dict.fromkeys(str(WARNINGS[code].short) if code in WARNINGS else code for code in codes))
