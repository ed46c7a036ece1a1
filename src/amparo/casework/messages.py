"""Sentences about consent, sealed places and what the officer for data protection does; see ``sentences``."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    "bait.count": ("Indique cuántos, de 1 a {most}.", "Say how many, from 1 to {most}."),
    "consent.has_ended": (
        "Ese consentimiento ya había terminado.",
        "That consent had ended already.",
    ),
    "consent.not_in_this_country": (
        "El paquete país no dice cómo se anota un consentimiento.",
        "The country pack does not say how consent is written down.",
    ),
    "consent.not_yours_to_confirm": (
        "Confirmar quién representa a una niña, niño o adolescente toca a la UPE, la fiscalía o el juzgado.",
        "Confirming who represents a child is up to UPE, the prosecutor or the court.",
    ),
    "consent.says_nothing": (
        "Un consentimiento dice a quién y qué partes. Marque al menos una de cada una.",
        "A consent says to whom and which parts. Tick at least one of each.",
    ),
    "consent.unknown": ("Ese consentimiento no es de esta persona.", "That consent is not this person's."),
    "known.birth_impossible": (
        "Ese nacimiento no puede ser: es de después de hoy o de hace más de un siglo.",
        "That birth cannot be: it is later than today or more than a century ago.",
    ),
    "known.birth_unreadable": (
        "No se entiende. Escriba la fecha (12/03/2006), el año (2006) o la edad (17).",
        "It cannot be read. Write the date (12/03/2006), the year (2006) or the age (17).",
    ),
    "known.document_of_no_kind": (
        "Diga qué documento es, porque el mismo número puede ser de varios.",
        "Say which document it is, because one number may be of several.",
    ),
    "known.document_unreadable": (
        "Ese número no identifica a nadie. Revíselo o déjelo en blanco.",
        "That number identifies nobody. Check it or leave it blank.",
    ),
    "known.event_later": ("Ese día todavía no llega.", "That day has not come yet."),
    "known.no_document_kind": (
        "No hay un documento con ese código en la lista.",
        "There is no document of that code in the list.",
    ),
    "known.no_place": ("No hay un distrito con ese código del INEI.", "There is no district with that code of INEI."),
    "known.no_reference": (
        "No se reconoce un número de carpeta, denuncia o ficha. Escríbalo con sus cifras.",
        "No number of a case file is recognised. Write it with its figures.",
    ),
    "known.too_little": (
        "Con eso saldría mucha gente. Agregue el documento, el nacimiento, o más nombres y apellidos.",
        "That would mean many people. Add the document, the birth, or more names and surnames.",
    ),
    "access.too_many": (
        "Se hicieron demasiadas preguntas seguidas desde este acceso. Espere unos minutos; si es su trabajo, llame a la"
        " oficina de datos personales, que ya está avisada.",
        "Too many questions were asked in a row by this account. Wait some minutes; if it is your work, call the office"
        " for data protection, which has been told.",
    ),
    "access.not_yourself": (
        "Su propio acceso lo confirma otra persona.",
        "Your own access is vouched for by somebody else.",
    ),
    "access.unknown_user": ("Ese acceso ya no está vigente.", "That access is not in force any more."),
    "incident.done_already": ("Eso ya estaba anotado.", "That had been noted already."),
    "incident.no_duty": ("Eso no es algo que se anote de un incidente.", "That is nothing to note of an incident."),
    "incident.no_kind": ("Elija qué pasó.", "Choose what happened."),
    "incident.nobody": (
        "Diga de quién era el acceso, o de qué dependencia.",
        "Say whose access it was, or which office's.",
    ),
    "incident.still_owed": (
        "Antes de cerrarlo hay que avisar a la autoridad y a las personas.",
        "Before it is closed, the authority and the people have to be told.",
    ),
    "incident.times": (
        "Revise las horas: no puede terminar antes de empezar, ni saberse en el futuro.",
        "Check the times: it cannot end before it begins, nor become known in the future.",
    ),
    "incident.unknown": ("Ese incidente no existe.", "There is no such incident."),
    "place.enough_for_today": (
        "Hoy ya leyó {most} lugares reservados. Si es urgente, llame a quien protege los datos.",
        "You have read {most} sealed places today. If it is urgent, call the data-protection officer.",
    ),
    "place.no_such_request": (
        "Ese pedido no existe, ya venció o no es para usted.",
        "That request does not exist, has lapsed or is not for you.",
    ),
    "place.not_open": (
        "No se puede leer: falta la autorización, pasaron los 15 minutos o ya se leyó. Pídalo otra vez.",
        "It cannot be read: nobody has agreed, the 15 minutes are over or it was read. Ask again.",
    ),
    "place.too_few_words": (
        "Escríbalo con más palabras: al menos {letters} letras y no más de 2000.",
        "Use more words: at least {letters} letters and no more than 2000.",
    ),
    "place.unknown": (
        "Ese lugar no existe, o no es de su dependencia.",
        "There is no such place, or it is not your office's.",
    ),
    "recall.answered": (
        "Su dependencia ya había respondido. La primera respuesta queda.",
        "Your office had answered already. The first answer stands.",
    ),
    "recall.no_answer": (
        "Diga si ya los borraron o si la ley los obliga a conservarlos.",
        "Say whether they are deleted or the law obliges you to keep them.",
    ),
    "recall.nothing_to_keep_it_by": (
        "Su dependencia trabaja con el permiso de la persona: sin él no puede conservar sus datos.",
        "Your office works by the person's permission: without it, it cannot keep her data.",
    ),
    "request.answered": ("Esa solicitud ya tenía respuesta.", "That request had been answered already."),
    "request.no_answer": ("Elija una respuesta de la lista.", "Choose an answer from the list."),
    "request.no_kind": ("Elija qué pide y quién lo pide.", "Choose what is asked for and who asks."),
    "request.unknown": ("Esa solicitud no existe.", "There is no such request."),
    "recall.unknown": ("Ese pedido no es para su dependencia.", "That request is not for your office."),
    "access.end_has_passed": ("Ese día ya pasó.", "That day has passed."),
    "assignment.not_possible": (
        "No se le puede encargar a esa cuenta. Elija a otra persona de su dependencia.",
        "She cannot be given to that account. Choose somebody else of your office.",
    ),
    "erasure.already": (
        "Uno de esos registros ya se borró, o espera que otra persona confirme su borrado.",
        "One of those records is erased already, or waits for somebody else to confirm its erasure.",
    ),
    "erasure.decided": ("Ese pedido ya tuvo respuesta.", "That request was answered already."),
    "erasure.asker_gone": (
        "Quien pidió este borrado ya no tiene acceso. Rechácelo; si todavía hace falta, que se pida de nuevo.",
        "Whoever asked for this erasure has no access any more. Refuse it, and have it asked for again if needed.",
    ),
    "erasure.needs_another": (
        "Usted pidió este borrado: debe confirmarlo otra persona.",
        "You asked for this erasure: somebody else has to confirm it.",
    ),
    "erasure.no_reason": ("Elija por qué se borra.", "Choose why it is erased."),
    "erasure.no_request": (
        "Diga cuál de sus solicitudes se cumple. Si todavía no está anotada, anótela primero en el despacho.",
        "Say which of her requests is met. If it is not written down yet, do that first at the desk.",
    ),
    "erasure.nothing_chosen": ("Elija al menos un registro.", "Choose at least one record."),
    "hold.needs_another": (
        "Usted ya pidió levantarla: debe hacerlo otra persona.",
        "You have asked to lift it already: somebody else has to do it.",
    ),
    "hold.none": (
        "Sobre ninguno de esos registros hay una orden de conservar.",
        "None of those records is under a legal hold.",
    ),
    "hold.unknown_reason": ("Elija uno de estos motivos: {reasons}.", "Choose one of these reasons: {reasons}."),
    "erasure.unknown": ("Su entidad no tiene ese pedido.", "Your institution has no such request."),
}
