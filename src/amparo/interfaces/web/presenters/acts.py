"""Entries of the ledger in words: what was done, for what, and by what right."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.casework.queries.readings import Line
from amparo.interfaces.web.viewmodels.common import PersonMark
from amparo.interfaces.web.viewmodels.ledger import LedgerLine
from amparo.pack.current import pack

ACTS: dict[str, str | Promise] = {
    "files.sweep": _("Destruyó archivos sellados que no eran de ninguna entrega"),
    "access.denied": _("Pidió algo que no le corresponde"),
    "alert.seen": _("Vio una alerta"),
    "alerts.read": _("Miró las alertas"),
    "consent.recall": _("Pidió borrar los datos de un permiso retirado"),
    "consents.read": _("Miró los consentimientos"),
    "place.ask": _("Pidió leer un lugar reservado"),
    "place.decide": _("Respondió un pedido de lugar reservado"),
    "place.read": _("Leyó un lugar reservado"),
    "place.reason": _("Leyó por qué se pide un lugar reservado"),
    "place.write": _("Selló un lugar"),
    "places.list": _("Miró los pedidos de lugares"),
    "account.password": _("Cambió su contraseña"),
    "under_threat": _("Cambió su contraseña para cuando le obliguen a entrar"),
    "factor.add": _("Agregó un segundo paso para entrar"),
    "factor.remove": _("Quitó un segundo paso para entrar"),
    "changes.read": _("Miró los accesos por dar"),
    "access.attest": _("Confirmó un acceso"),
    "access.ask_end": _("Pidió que un acceso termine"),
    "access.end": _("Terminó un acceso"),
    "access.expire": _("Suspendió un acceso que nadie confirmó"),
    "accesses.read": _("Miró los accesos"),
    "desk.read": _("Miró el despacho"),
    "incident.affected": _("Vio a quiénes afectó un incidente"),
    "incident.closed": _("Cerró un incidente"),
    "incident.notified": _("Avisó de un incidente a la autoridad"),
    "incident.open": _("Anotó un incidente"),
    "incident.told": _("Avisó de un incidente a las personas"),
    "request.answer": _("Respondió la solicitud de una persona"),
    "request.receive": _("Anotó la solicitud de una persona"),
    "recall.answer": _("Respondió a un permiso retirado"),
    "recalls.read": _("Miró los datos por devolver"),
    "delivery.discard": _("Descartó un archivo sin guardarlo"),
    "delivery.give_back": _("Bajó filas apartadas"),
    "delivery.preview": _("Miró qué pasaría con un archivo"),
    "delivery.refuse": _("Entregó un archivo que no se pudo tomar"),
    "delivery.take": _("Entregó un archivo"),
    "erasure.ask": _("Pidió borrar lo sellado de un registro"),
    "erasure.certificate": _("Bajó el certificado de un borrado"),
    "erasure.order": _("Ordenó borrar datos sellados"),
    "erasure.read": _("Leyó el pedido de un borrado"),
    "erasure.refuse": _("No aceptó un borrado"),
    "assignments.read": _("Miró a quién se encargó cada persona"),
    "person.assign": _("Encargó una persona a alguien de su dependencia"),
    "keeping.find": _("Buscó registros para borrar o conservar"),
    "keeping.read": _("Miró lo que se borra y lo que se conserva"),
    "emergency.list": _("Miró los accesos de emergencia"),
    "emergency.open": _("Abrió un hilo en una emergencia"),
    "emergency.read": _("Leyó el motivo de una emergencia"),
    "emergency.review": _("Revisó una emergencia"),
    "emergency.suspend": _("Suspendió un acceso de emergencia"),
    "event.form": _("Abrió el formulario de un hito"),
    "event.read": _("Abrió un hito propio para corregirlo"),
    "event.write": _("Escribió un hito"),
    "exclusion.ask_lift": _("Pidió que alguien deje de estar apartado"),
    "exclusion.lift": _("Dejó que alguien vuelva a un caso"),
    "exclusion.make": _("Apartó a alguien de un caso"),
    "exclusion.read": _("Miró quién está apartado"),
    "figures.read": _("Miró cifras"),
    "grounds.read": _("Miró por qué sus registros son de una persona"),
    "hold.ask_lift": _("Pidió levantar una orden de conservar"),
    "hold.keep": _("Mantuvo una orden de conservar"),
    "hold.lift": _("Levantó una orden de conservar"),
    "hold.place": _("Ordenó conservar un registro"),
    "identity.reveal": _("Vio la identidad"),
    "partner_key.register": _("Registró la llave de la máquina de una institución"),
    "partner_key.revoke": _("Retiró la llave de la máquina de una institución"),
    "intake.ask": _("Preguntó si una persona ya estaba registrada"),
    "backup.drill": _("Ensayó una copia de seguridad"),
    "backup.restore": _("Restauró una copia de seguridad"),
    "backup.thin": _("Borró copias de seguridad que sobraban"),
    "backup.write": _("Escribió una copia de seguridad"),
    "keys.digests": _("Cambió la llave de las huellas"),
    "keys.retire": _("Destruyó llaves anteriores"),
    "ledger.archive": _("Entregó a una institución lo que su gente hizo en un mes"),
    "keys.root": _("Cambió la llave raíz"),
    "keys.split": _("Hizo partes de la llave raíz para guardarlas aparte"),
    "keys.rotate": _("Empezó a cambiar las llaves"),
    "labels.adopt": _("Adoptó lo que enseñan las decisiones"),
    "labels.revert": _("Dejó de usar lo que enseñan las decisiones"),
    "ledger.report": _("Hizo el informe para la persona"),
    "ledger.person": _("Miró quién leyó a una persona"),
    "ledger.read": _("Miró la bitácora"),
    "ledger.verify": _("Comprobó la bitácora"),
    "linkage.run": _("Comparó registros"),
    "list.read": _("Miró su lista"),
    "narrative.reveal": _("Leyó textos sellados"),
    "notice.seen": _("Dijo que vio un aviso"),
    "notices.read": _("Leyó sus avisos"),
    "pair.judge": _("Respondió un par"),
    "pair.read": _("Abrió un par"),
    "pair.resolve": _("Resolvió un desacuerdo"),
    "pair.withdraw": _("Deshizo una respuesta"),
    "pairs.list": _("Miró los pares por decidir"),
    "person.separate": _("Separó registros que estaban juntos"),
    "record.open": _("Abrió un registro propio"),
    "record.read": _("Leyó un registro"),
    "record.reveal": _("Vio lo sellado de un registro"),
    "rows.read": _("Vio filas apartadas"),
    "search": _("Buscó a una persona"),
    "series.take": _("Entregó una cifra oficial"),
    "session.open": _("Entró"),
    "session.refused": _("Quiso entrar y no pudo"),
    "thread.read": _("Leyó el hilo"),
    "user.ask_change": _("Pidió que alguien pueda hacer más"),
    "user.refuse_change": _("No dio lo que se pidió para un acceso"),
    "user.change": _("Cambió lo que alguien puede hacer"),
    "user.create": _("Dio un acceso"),
}
_PURPOSES: dict[str, str | Promise] = {
    "conflict": _("conflicto de interés"),
    "coordination": _("coordinar"),
    "consent": _("el permiso de la persona"),
    "correction": _("corregir"),
    "data_protection": _("proteger los datos"),
    "emergency": _("emergencia"),
    "follow_up": _("seguimiento"),
    "linkage": _("saber si es la misma persona"),
    "oversight": _("vigilar los accesos"),
    "print": _("imprimir"),
    "registration": _("registrar"),
    "security": _("seguridad"),
    "protection": _("protegerla"),
    "report": _("informar a la persona"),
    "statistics": _("comparar cifras"),
}
_BASES: dict[str, str | Promise] = {
    "assigned": _("le fue encargada por su nombre"),
    "law": _("por mandato de la ley"),
    "break_glass": _("por emergencia"),
    "excluded": _("apartada o apartado del caso"),
    "none": _("sin relación"),
    "record": _("su dependencia tiene un registro"),
    "referral": _("le fue derivada"),
    "region": _("es de su región"),
    "relation": _("personas a su cargo"),
    "role": _("por su función"),
}


def line(entry: Line, names: Mapping[str, str], language: str) -> LedgerLine:
    """One entry; the person by her code only, because content is not the officer's to read."""
    role = pack().roles.get(entry.role)
    return LedgerLine(
        number=entry.seq,
        at=entry.at,
        who=names.get(entry.actor, entry.actor),
        role=role.label(language) if role else entry.institution,
        act=act(entry.act),
        purpose=purpose(entry.purpose, language),
        relation=basis(entry.basis),
        person=PersonMark(entry.person.id, entry.person.code, "") if entry.person else None,
        seal=entry.digest[:8],
        denied=entry.act in ("session.refused", "access.denied"),
    )


def act(code: str) -> str:
    """What was done, in words; the code where it has none."""
    return str(ACTS.get(code, code))


def basis(code: str) -> str:
    """What allowed it, in words; the code where it has none."""
    return str(_BASES.get(code, code))


def purpose(code: str, language: str) -> str:
    """What somebody said it was for, in words of the pack or of the house."""
    if code in pack().codes["finalidad_acceso"]:
        return pack().label("finalidad_acceso", code, language)
    return str(_PURPOSES.get(code, code))
