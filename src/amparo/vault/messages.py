"""The sentence for each way in which the vault says no."""

from __future__ import annotations

from collections.abc import Mapping

# Code: (Spanish, English).
SENTENCES: Mapping[str, tuple[str, str]] = {
    "backup.another_database": (
        "Esa copia es de una base {kind} y esta instalación usa otra. Configure la misma clase de base y repita.",
        "That backup is of a {kind} database and this installation uses another kind. Set the same kind and try again.",
    ),
    "backup.another_key": (
        "Esa copia se selló para otra llave. Use el archivo de la llave privada que se creó junto con la pública.",
        "That backup was sealed to another key. Use the private key's file that was made together with the public one.",
    ),
    "backup.another_ledger_key": (
        "En el destino está la llave de otra bitácora. Retírela: la de esa copia viene con ella.",
        "The key of another ledger is in that place. Take it away: the backup brings its own.",
    ),
    "backup.bad_private_key": (
        "Ese archivo no contiene una llave privada de copias. Es el que «amparo backup new-key» llama .private.",
        "That file does not hold a private key of backups. It is the one that “amparo backup new-key” calls .private.",
    ),
    "backup.bad_public_key": (
        "Ese archivo no contiene una llave pública de copias. Es el que «amparo backup new-key» llama .public.",
        "That file does not hold a public key of backups. It is the one that “amparo backup new-key” calls .public.",
    ),
    "backup.damaged": (
        "Esa copia está dañada, cortada o alterada, y no se usó nada de ella. Use otra copia.",
        "That backup is damaged, cut or altered, and nothing of it was used. Use another one.",
    ),
    "backup.erasures_not_genuine": (
        "Esa lista de borrados está dañada o no la firmó la instalación de la copia. No se restauró nada.",
        "That list of erasures is damaged, or the backup's installation did not sign it. Nothing was restored.",
    ),
    "backup.erasures_too_old": (
        "Esa lista de borrados es anterior a la copia: no dice qué se borró después. Use la más nueva que haya.",
        "That list of erasures is older than the backup: it does not say what was erased since. Use the newest there"
        " is.",
    ),
    "backup.key_exists": (
        "En esa carpeta ya hay una llave de copias y no se toca: sin ella, sus copias no se abren. Elija otra carpeta.",
        "There is a key of backups in that folder already and it is left alone: without it its backups do not open."
        " Choose another folder.",
    ),
    "backup.key_not_written": (
        "No se pudo escribir la llave. Revise que la carpeta exista y tenga espacio y permisos.",
        "The key could not be written. Check that the folder exists and has space and permissions.",
    ),
    "backup.name_taken": (
        "Ya hay una copia de este mismo segundo en esa carpeta. Espere un momento y repita.",
        "There is a backup of this very second in that folder. Wait a moment and try again.",
    ),
    "backup.newer": (
        "Esa copia es de una versión más nueva de Amparo. Instale esa versión y repita.",
        "That backup is of a newer version of Amparo. Install that version and try again.",
    ),
    "backup.no_erasures_file": (
        "No se puede leer la lista de borrados. Revise el nombre y los permisos.",
        "The list of erasures cannot be read. Check its name and permissions.",
    ),
    "backup.no_file": (
        "No se puede leer esa copia. Revise el nombre y los permisos.",
        "That backup cannot be read. Check its name and permissions.",
    ),
    "backup.no_key_file": (
        "No se puede leer el archivo de la llave. Revise el nombre y los permisos.",
        "The key's file cannot be read. Check its name and permissions.",
    ),
    "backup.no_program": (
        "Falta el programa {program}, que viene con PostgreSQL. Instálelo en esta máquina y repita.",
        "The program {program}, which comes with PostgreSQL, is missing. Install it on this machine and try again.",
    ),
    "backup.no_room_to_drill": (
        "Para ensayar hacen falta dos bases de paso, y la cuenta de la base no puede crearlas: dele CREATEDB y repita.",
        "A drill needs two databases for a while, and the database's account cannot make them: give it CREATEDB and try"
        " again.",
    ),
    "backup.not_a_backup": (
        "Ese archivo no es una copia hecha por Amparo.",
        "That file is not a backup made by Amparo.",
    ),
    "backup.not_empty": (
        "El destino no está vacío y no se tocó. Una copia se restaura solo donde no hay nada (a lo más, «keys»).",
        "That place is not empty and was left alone. A backup is restored only where there is nothing (but “keys”).",
    ),
    "backup.not_written": (
        "No se pudo escribir la copia: {why}. No quedó nada a medias.",
        "The backup could not be written: {why}. Nothing was left half done.",
    ),
    "backup.program_failed": (
        "{program} no pudo terminar. Revise que sea de la versión del servidor y que la cuenta tenga permisos.",
        "{program} could not finish. Check that it is of the server's version and that the account has the rights.",
    ),
    "backup.unknown_version": (
        "Esa copia tiene un formato que esta versión no conoce. Use la versión que la hizo, o una más nueva.",
        "That backup has a format that this version does not know. Use the version that made it, or a newer one.",
    ),
    "shares.damaged": (
        "Esa parte tiene una letra equivocada, de más o de menos. Compárela con el papel, línea por línea.",
        "That share has a wrong letter, or one too many or too few. Compare it with the paper, line by line.",
    ),
    "shares.numbers": (
        "Eso no se puede repartir así: entre 2 y {most} partes, y no más necesarias que las que hay.",
        "It cannot be split like that: between 2 and {most} shares, and no more needed than there are.",
    ),
    "shares.of_another_key": (
        "Esas partes no son todas de la misma llave, o de la misma vez que se repartió. No se hizo nada.",
        "Those shares are not all of one key, or not of the same time it was split. Nothing was done.",
    ),
    "shares.too_few": (
        "Hay {found} partes distintas y hacen falta {needed}.",
        "There are {found} different shares and {needed} are needed.",
    ),
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
    "vault.root_key_file_exists": (
        "Ese archivo ya existe y no se tocó. Elija otro nombre.",
        "That file exists already and was left alone. Choose another name.",
    ),
    "vault.root_not_here": (
        "La llave raíz la guarda un servicio de llaves, que es quien puede dar copias de ella.",
        "The root key is kept by a key service; only that can give copies of it.",
    ),
    "vault.several_roots": (
        "La llave raíz se está cambiando. Termine con «amparo keys rotate --root» y repita la orden.",
        "The root key is being exchanged. Finish with “amparo keys rotate --root” and repeat the command.",
    ),
    "vault.root_key_gone": (
        "La llave raíz no está, o es de otra instalación: lo sellado no se abre con ella. No se hizo otra. Ponga en su"
        " lugar la copia que guardó (keys/root.key, o AMPARO_ROOT_KEY_FILE) y repita la orden.",
        "The root key is gone, or another installation's: what is sealed does not open with it. No other was made. Put"
        " the copy that you keep in its place (keys/root.key, or AMPARO_ROOT_KEY_FILE) and repeat the command.",
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
