"""The sentence for each way in which the vault says no."""

from __future__ import annotations

from collections.abc import Mapping

# Code: (Spanish, English).
SENTENCES: Mapping[str, tuple[str, str]] = {
    "vault.bad_root_key": (
        "La llave raíz no es válida: deben ser 32 bytes en base 64. Revise AMPARO_ROOT_KEY.",
        "The root key is not valid: it must be 32 bytes in base 64. Check AMPARO_ROOT_KEY.",
    ),
    "vault.legal_hold": (
        "No se borró nada: hay orden de conservar {count} de esos registros, u otro de la misma persona.",
        "Nothing was erased: {count} of those records, or another of the same person, are under a legal hold.",
    ),
    "vault.no_article": (
        "Falta la norma que lo permite o lo exige, en hasta 120 letras, como «Ley 29733, art. 20».",
        "The article of law that allows or demands it is missing, in up to 120 letters, as “Ley 29733, art. 20”.",
    ),
    "vault.not_erased_yet": (
        "Esa supresión está ordenada y todavía no se hizo. «amparo tick» la completa si nada ordena conservar.",
        "That erasure is ordered and not done yet. “amparo tick” completes it unless there is a legal hold.",
    ),
    "vault.keys_unavailable": (
        "El servicio de llaves no responde. No se mostró nada y no se perdió nada. Espere unos minutos y repita.",
        "The key service does not answer. Nothing was shown and nothing was lost. Wait some minutes and try again.",
    ),
    "vault.new_root_is_the_old_one": (
        "Ese archivo es el de la llave raíz actual. Indique otro para la nueva.",
        "That file is the present root key's. Name another one for the new key.",
    ),
    "vault.no_root_key_file": (
        "No se puede leer el archivo de la llave raíz. Revise que exista y que el servicio pueda leerlo.",
        "The root key's file cannot be read. Check that it exists and that the service may read it.",
    ),
    "vault.no_such_provider": (
        "No existe el proveedor de llaves {name}. Revise AMPARO_KEY_PROVIDER.",
        "There is no key provider {name}. Check AMPARO_KEY_PROVIDER.",
    ),
    "vault.root_key_file_not_written": (
        "No se pudo escribir el archivo de la llave raíz; quedó como estaba. Revise los permisos de su carpeta.",
        "The root key's file could not be written; it is as it was. Check the permissions of its folder.",
    ),
    "vault.root_not_in_a_file": (
        "La llave raíz de esta instalación no está en un archivo. Agregue la nueva a AMPARO_ROOT_KEY después de la"
        " actual, o cámbiela en su servicio de llaves; reinicie y repita la orden con --root sin archivo.",
        "This installation's root key is not in a file. Add the new one to AMPARO_ROOT_KEY after the present one, or"
        " exchange it in your key service; start again and repeat the command with --root and no file.",
    ),
    "vault.no_key_of_institution": (
        "No hay llaves de: {institutions}. «amparo keys status» muestra las que hay.",
        "There are no keys of: {institutions}. “amparo keys status” shows those there are.",
    ),
    "vault.no_such_file": ("Ese archivo ya no está guardado.", "That file is no longer kept."),
    "vault.unknown_format": (
        "Un dato sellado tiene un formato que esta versión no conoce. Use la versión que lo selló, o una más nueva.",
        "A sealed value has a format that this version does not know. Use the version that sealed it, or a newer one.",
    ),
    "vault.unreadable": (
        "Un dato sellado no se puede abrir: la llave es otra, o fue alterado. Avise a quien administra el sistema.",
        "A sealed value does not open: the key is another one, or it was altered. Tell whoever runs the system.",
    ),
}
