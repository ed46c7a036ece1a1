"""The sentence for each way in which Amparo says no, in Spanish and in English: what happened and what to do.

Both doors, web and command line, take their sentences from here. The keys are the codes of ``kernel.errors``; the
``{fields}`` are the parameters that go with them. A test looks for every code that the program raises.
"""

from __future__ import annotations

from collections.abc import Mapping

from amparo.access import messages as access
from amparo.casework import messages as casework
from amparo.kernel.errors import AmparoError, Conflict, Denied, Invalid, NotFound
from amparo.registries import messages as registries
from amparo.vault import messages as vault

_IN_GENERAL: tuple[tuple[type[AmparoError], tuple[str, str]], ...] = (
    (Denied, ("Su acceso no permite hacer esto.", "Your access does not allow this.")),
    (NotFound, ("No existe, o su acceso no permite verlo.", "It does not exist, or your access does not show it.")),
    (
        Conflict,
        ("Alguien lo cambió entretanto. Vuelva a abrirlo y revise.", "It changed meanwhile. Open it again and check."),
    ),
    (Invalid, ("Lo entregado no se puede entender.", "What was handed in cannot be understood.")),
)

_OWN: Mapping[str, tuple[str, str]] = {
    "api.busy": (
        "Se está escribiendo algo largo. Vuelva a preguntar en unos segundos.",
        "Something long is being written. Ask again in some seconds.",
    ),
    "api.failed": (
        "Amparo falló; quedó anotado. Vuelva a preguntar más tarde.",
        "Amparo failed, which was noted. Ask again later.",
    ),
    "api.malformed": (
        "El mensaje no es JSON que se pueda leer.",
        "The message is no JSON that can be read.",
    ),
    "api.part_unreadable": ("No tiene la forma que se espera.", "It does not have the form that is expected."),
    "api.too_large": ("El mensaje es demasiado grande.", "The message is too large."),
    "api.unreadable": (
        "Hay partes que no se pueden leer. Revíselas con /api/v1/openapi.json.",
        "Some parts cannot be read. Check them against /api/v1/openapi.json.",
    ),
    "signature.invalid": (
        "La firma no vale: revise la llave, el reloj, lo que cubre la firma y el resumen del contenido.",
        "The signature does not hold: check the key, the clock, what it covers and the digest of the content.",
    ),
    "signature.missing": (
        "El mensaje no está firmado. Se firma como dice la RFC 9421; vea docs/api.md.",
        "The message is not signed. It is signed as RFC 9421 says; see docs/api.md.",
    ),
    "signature.no_nonce": (
        "A la firma le falta «nonce», de 16 a 128 letras, distinto en cada mensaje.",
        "The signature lacks a “nonce” of 16 to 128 letters, another one in each message.",
    ),
    "signature.replayed": (
        "Ese mensaje ya se recibió. Firme uno nuevo.",
        "That message was received already. Sign a new one.",
    ),
    "chain.not_your_region": (
        "Su acceso muestra las cifras de su región, no las de otra.",
        "Your access shows the figures of your region, not of another one.",
    ),
    "delivery.no_such_file": (
        "No se puede abrir el archivo {file}. Revise el nombre y los permisos.",
        "The file {file} cannot be opened. Check its name and permissions.",
    ),
    "delivery.not_waiting": (
        "Este archivo ya no espera confirmación. Vuelva a Entregas para ver qué pasó con él.",
        "This file no longer waits to be confirmed. Go back to Deliveries to see what became of it.",
    ),
    "demo.another_world": (
        "En {folder} ya hay una demostración de {people} personas (semilla {seed}). Para otra, use --data con otra"
        " carpeta; para seguir con esa, no indique --people ni --seed.",
        "There is a demonstration of {people} people (seed {seed}) in {folder} already. For another one, name another"
        " folder with --data; to go on with that one, leave out --people and --seed.",
    ),
    "demo.not_a_demo": (
        "En {folder} hay una instalación que no es una demostración; no se toca. Use --data con otra carpeta.",
        "There is an installation in {folder} that is no demonstration; it is left alone. Name another with --data.",
    ),
    "alert.unknown": ("Ese aviso no existe, o no es para usted.", "There is no such notice, or it is not for you."),
    "emergency.no_reason": ("Elija qué pasa.", "Choose what is happening."),
    "emergency.no_verdict": ("Diga si estuvo justificado.", "Say whether it was justified."),
    "emergency.suspended": (
        "Su acceso de emergencia está suspendido hasta que otra persona revise el anterior.",
        "Your emergency access is suspended until somebody else reviews the last one.",
    ),
    "emergency.too_few_words": (
        "Cuente qué pasa con al menos {letters} letras.",
        "Say what is happening in at least {letters} letters.",
    ),
    "emergency.unknown": (
        "Esa emergencia no existe, o la debe revisar otra persona.",
        "There is no such emergency, or somebody else must review it.",
    ),
    "identity.reserved": (
        "Su identidad está bajo reserva: nadie ve su nombre en Amparo.",
        "Her identity is under reserve: nobody sees her name in Amparo.",
    ),
    "event.corrected_meanwhile": (
        "Alguien corrigió este hito entretanto. Vuelva a abrirlo y revise antes de corregir.",
        "Somebody corrected this event meanwhile. Open it again and check before you correct it.",
    ),
    "event.corrects_nothing": (
        "El hito que se quiere corregir no está en este registro.",
        "The event to be corrected is not in this record.",
    ),
    "event.field_invalid": (
        "El dato «{field}» no tiene un valor permitido. Elija uno de la lista.",
        "The field “{field}” has a value that is not allowed. Choose one from the list.",
    ),
    "event.field_missing": ("Falta el dato «{field}».", "The field “{field}” is missing."),
    "event.in_the_future": (
        "La fecha todavía no llega. Un hito se anota cuando ya ocurrió.",
        "The date is still to come. An event is written down once it has happened.",
    ),
    "event.no_such_record": (
        "Ese registro no existe, o no es de su dependencia.",
        "That record does not exist, or is not your office's.",
    ),
    "event.not_your_unit": (
        "Este tipo de hito lo anota otra dependencia.",
        "This type of event is written by another office.",
    ),
    "event.not_yours": (
        "Ese hito no lo escribió su dependencia, o llegó en una entrega: se corrige donde se escribió.",
        "Your office did not write that event, or it came in a delivery: it is corrected where it was written.",
    ),
    "event.unknown_field": (
        "Este tipo de hito no tiene el dato «{field}».",
        "This type of event has no field “{field}”.",
    ),
    "event.unknown_type": ("El paquete país no tiene ese tipo de hito.", "The country pack has no such type of event."),
    "delivery.keys_are_exchanged": (
        "En este momento se cambian las llaves. Su archivo sigue igual: vuelva a entregarlo en unos minutos.",
        "The keys are being exchanged at this moment. Your file is as it was: hand it in again in a few minutes.",
    ),
    "grants.no_roles": (
        "SQLite no tiene roles: estos derechos solo existen en PostgreSQL.",
        "SQLite has no roles: these rights exist in PostgreSQL only.",
    ),
    "grants.role": (
        "El rol {role} no existe, o es dueño de las tablas o superusuario: dé al servicio un rol aparte.",
        "The role {role} does not exist, or owns the tables or is a superuser: give the service a role of its own.",
    ),
    "grants.places": (
        "El rol {role} debe poder volverse {places} y no heredar sus derechos: ALTER ROLE {role} NOINHERIT;"
        " GRANT {places} TO {role};",
        "The role {role} must be able to become {places} and not inherit its rights: ALTER ROLE {role} NOINHERIT;"
        " GRANT {places} TO {role};",
    ),
    "installation.not_set_up": (
        "En {folder} no hay una instalación al día. «amparo setup» la prepara; «amparo demo» arma una de muestra.",
        "There is no up-to-date installation in {folder}. “amparo setup” prepares it; “amparo demo” makes one to try.",
    ),
    "installation.settings": ("La configuración no está completa: {detail}", "The settings are not complete: {detail}"),
    "judging.already_withdrawn": (
        "Esa respuesta ya fue retirada. Vuelva a abrir el par para ver cómo quedó.",
        "That answer was taken back already. Open the pair again to see how it stands.",
    ),
    "judging.answered_meanwhile": (
        "Ese par ya tenía una respuesta. La suya no se guardó; revise la que está.",
        "That pair had an answer already. Yours was not kept; look at the one that stands.",
    ),
    "judging.long_note": (
        "Sus palabras pasan de {most} letras. Acórtelas.",
        "Your words are longer than {most} letters. Shorten them.",
    ),
    "judging.must_resolve": (
        "Un desacuerdo termina con «la misma persona» o «personas distintas».",
        "A disagreement ends with “same person” or “different people”.",
    ),
    "judging.not_disputed": (
        "Sobre ese par no hay, o ya no hay, un desacuerdo.",
        "There is no disagreement about that pair, or no longer.",
    ),
    "judging.yours_already": (
        "Usted ya respondió este par: ahora le toca a otra persona.",
        "You have answered this pair already: now it is somebody else's turn.",
    ),
    "judging.no_such_judgement": ("Esa respuesta no existe.", "There is no such answer."),
    "judging.no_such_pair": (
        "Ese par no existe, o ya no hace falta decidirlo.",
        "There is no such pair, or it needs no judging any more.",
    ),
    "judging.no_such_record": ("Uno de los dos registros no existe.", "One of the two records does not exist."),
    "judging.unknown_answer": (
        "La respuesta debe ser «la misma persona», «no es la misma» o «no se sabe», y sobre dos registros distintos.",
        "The answer must be “same person”, “not the same” or “unsure”, about two different records.",
    ),
    "labels.changed_meanwhile": (
        "Las decisiones cambiaron entretanto. Mire de nuevo lo que cambiaría.",
        "Decisions changed meanwhile. Look again at what would change.",
    ),
    "labels.none": (
        "Todavía no hay decisiones que enseñen algo a los pesos.",
        "There are no decisions yet that would teach the weights anything.",
    ),
    "labels.reverted_already": ("Eso ya se había revertido.", "That was reverted already."),
    "labels.unknown": ("Eso no existe.", "There is no such thing."),
    "notice.unknown": (
        "Ese aviso no existe, o ya fue visto por alguien de su dependencia.",
        "There is no such notice, or somebody of your office has seen it.",
    ),
    "pack.none": (
        "No se encontró ningún paquete país. Indique su carpeta en {variable}.",
        "No country pack was found. Name its folder in {variable}.",
    ),
    "pack.none_here": (
        "En {folder} no hay un paquete país (falta pack.yaml). Revise {variable}.",
        "There is no country pack in {folder} (pack.yaml is missing). Check {variable}.",
    ),
    "pack.several": (
        "Hay más de un paquete país. Indique la carpeta del que se usa en {variable}.",
        "There is more than one country pack. Name the folder of the one to use in {variable}.",
    ),
    "pack.broken": (
        "El paquete país tiene problemas ({count}); el primero en {file}:{line}. «amparo check-pack» los muestra.",
        "The country pack has problems ({count}); the first in {file}:{line}. “amparo check-pack” shows them.",
    ),
    "person.unknown": (
        "No hay una persona con ese código, o su acceso no permite verla.",
        "There is no person with that code, or your access does not show her.",
    ),
    "record.no_such_code": (
        "No hay un registro con este código: {codes}. Revise que esté completo.",
        "There is no record with this code: {codes}. Check that it is complete.",
    ),
    "record.no_such_version": (
        "El registro no tiene esa versión.",
        "The record has no such version.",
    ),
    "record.no_unit": (
        "Para abrir un registro, su usuario debe pertenecer a una dependencia.",
        "To open a record, your user must belong to an office.",
    ),
    "record.sealed": (
        "Lo que está cerrado en este registro no es para su función.",
        "What is sealed in this record is not for your role.",
    ),
    "record.unknown": (
        "No existe ese registro, o su acceso no permite verlo.",
        "There is no such record, or your access does not show it.",
    ),
    "series.none_here": ("Esa serie todavía no se ha entregado.", "That series has not been handed in yet."),
    "serve.rights": (
        "El servicio entra a PostgreSQL con un rol que puede de más o de menos, o falta AMPARO_PLACES_ROLE. Quien es"
        " dueño de las tablas lo arregla con «amparo grants» (paso 4 de LEEME).",
        "The service's role in PostgreSQL may do too much or too little, or AMPARO_PLACES_ROLE is missing. Whoever owns"
        " the tables mends it with “amparo grants” (step 4 of README).",
    ),
    "serve.demo_stays_here": (
        "Una demostración solo atiende en esta máquina, no en {address}. Para uso real, vea LEEME.",
        "A demonstration serves this machine only, not {address}. For real use, see README.",
    ),
    "ledger.bad_key": (
        "Esa llave pública no es válida: son 32 bytes en base 64, como los muestra «amparo ledger key».",
        "That public key is not valid: it is 32 bytes in base 64, as “amparo ledger key” shows them.",
    ),
    "ledger.checkpoint_is_newer": (
        "Esa constancia cuenta más asientos de los que hay aquí. Si es de esta bitácora, se perdieron asientos:"
        " avise a quien protege los datos y compruebe con «amparo ledger verify --checkpoints».",
        "That checkpoint counts more entries than there are here. If it is of this ledger, entries were lost: tell the"
        " data-protection officer and check with “amparo ledger verify --checkpoints”.",
    ),
    "ledger.no_checkpoint_yet": (
        "Ninguna constancia firmada alcanza todavía ese asiento. Corra «amparo tick» y vuelva a pedirlo.",
        "No signed checkpoint covers that entry yet. Run “amparo tick” and ask again.",
    ),
    "ledger.no_file_of_checkpoints": (
        "No se puede leer ese archivo de constancias.",
        "That file of checkpoints cannot be read.",
    ),
    "ledger.no_month": ("Escriba el mes como 2026-11.", "Write the month as 2026-11."),
    "ledger.no_such_checkpoint": (
        "Eso no es una constancia de esta bitácora.",
        "That is not a checkpoint of this ledger.",
    ),
    "ledger.no_such_entry": ("La bitácora no tiene ese asiento.", "The ledger has no such entry."),
    "ledger.cut_off": (
        "Por ahora no se abre ninguna identidad: hace más de {hours} horas que la bitácora no llega fuera de esta"
        " máquina, y así nadie podría comprobar quién miró. Lo demás sigue abierto. Avise a quien administra Amparo.",
        "No identity opens for now: for more than {hours} hours the ledger has reached nowhere outside this machine,"
        " and nobody could check who looked. Everything else stays open. Tell whoever runs Amparo.",
    ),
    "ledger.unknown_destination": (
        "AMPARO_CHECKPOINTS nombra un destino de tipo «{kind}»; los que hay son file, mailto, https y tsa+https.",
        "AMPARO_CHECKPOINTS names a destination of kind “{kind}”; there are file, mailto, https and tsa+https.",
    ),
    "serve.port_taken": (
        "El puerto {port} está ocupado. Elija otro con --port.",
        "Port {port} is taken. Choose another one with --port.",
    ),
    "retention.unknown_rule": (
        "El paquete país no tiene la regla «{rule}». «amparo retention report» muestra las que hay.",
        "The country pack has no rule “{rule}”. “amparo retention report” shows those there are.",
    ),
}


def every() -> Mapping[str, tuple[str, str]]:
    """Every code with its sentence in Spanish and in English, those that the rooms keep included."""
    return {**vault.SENTENCES, **access.SENTENCES, **registries.SENTENCES, **casework.SENTENCES, **_OWN}


def has(code: str) -> bool:
    """Whether a code has a sentence of its own."""
    return code in every()


def of_error(error: AmparoError, language: str = "es") -> str:
    """The sentence for an error in ``es`` or ``en``; a code without a sentence of its own gets that of its kind."""
    if has(error.code):
        return of_code(error.code, error.params, language)
    general = next(pair for kind, pair in _IN_GENERAL if isinstance(error, kind))
    return f"{_in(general, language)} ({error.code})"


def of_code(code: str, params: Mapping[str, object], language: str = "es") -> str:
    """The sentence for a code that travels as data; lists among its parameters are written with commas."""
    shown = {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value for name, value in params.items()
    }
    return _in(every().get(code, (code, code)), language).format_map(_Blank(shown))


def _in(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language == "en" else pair[0]


class _Blank(dict[str, object]):
    """Parameters of a sentence; one that is missing reads as a question mark instead of failing."""

    def __missing__(self, key: str) -> str:
        return "?"
