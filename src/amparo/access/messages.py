"""The sentence for each way in which access says no."""

from __future__ import annotations

from collections.abc import Mapping

# Code: (Spanish, English).
SENTENCES: Mapping[str, tuple[str, str]] = {
    "access.guarding_role": (
        "Los accesos que vigilan a otros, borran o conservan los da y los quita quien administra la máquina.",
        "Accesses that watch over others, erase or hold are given and taken by whoever runs the machine.",
    ),
    "access.guarding_end": (
        "El fin de un acceso que vigila a otros, borra o conserva lo ponen dos: pídalo en «Revisar accesos».",
        "The end of an access that watches over others, erases or holds takes two: ask for it in “Review accesses”.",
    ),
    "access.end_needs_another": (
        "Usted ya pidió que termine: debe hacerlo otra persona que proteja los datos.",
        "You have asked for it to end already: another officer for data protection has to do it.",
    ),
    "access.change_needs_another": (
        "Usted lo pidió: debe darlo otra persona.",
        "You asked for it: somebody else has to give it.",
    ),
    "access.change_gone": (
        "Ese pedido ya no está en pie: se respondió, se reemplazó o el acceso cambió.",
        "That request does not stand any more: it was answered or replaced, or the access changed.",
    ),
    "access.emergency_reads_only": (
        "En una emergencia solo se lee en pantalla: no se imprime, ni se descarga, ni se escribe.",
        "In an emergency one reads on the screen only: nothing is printed, downloaded or written.",
    ),
    "emergency.another_part": (
        "En esta emergencia no pidió ver quién es. Si hace falta, pídalo: quedará anotado aparte.",
        "In this emergency you did not ask to see who she is. If it is needed, ask for it: it is noted on its own.",
    ),
    "emergency.no_part": ("Marque qué necesita ver.", "Tick what you need to see."),
    "alert.no_address": (
        "AMPARO_ALERT_MAIL no tiene una dirección de correo donde debería estar la de {place}.",
        "AMPARO_ALERT_MAIL has no mail address where that of {place} should be.",
    ),
    "alert.unknown_office": (
        "AMPARO_ALERT_MAIL nombra una dependencia que el paquete país no tiene: {office}.",
        "AMPARO_ALERT_MAIL names an office that the country pack does not have: {office}.",
    ),
    "threat.same_password": (
        "Esa es la que usa para entrar. Elija otra, que no se le confunda.",
        "That is the one you sign in with. Choose another one that you will not mix up.",
    ),
    "access.enough_today": (
        "Hoy ya abrió muchas personas con este acceso, y esta sería una más. Mañana podrá seguir. Si es de su trabajo,"
        " pida que se la encarguen por su nombre; si esperar le haría daño, use el acceso de emergencia.",
        "You have opened many people with this access today, and this would be one more. You can go on tomorrow. If"
        " this is your work, ask for her to be given to you by name; if waiting would harm her, use the emergency"
        " access.",
    ),
    "access.purpose": ("Diga para qué lo necesita.", "Say what you need it for."),
    "access.role": (
        "Su acceso no permite hacer esto. Si lo necesita para su trabajo, pídalo a quien administra los accesos.",
        "Your access does not allow this. If your work needs it, ask whoever administers access.",
    ),
    "access.office_of_another_role": (
        "Esa dependencia no es de esa institución o no es de las de ese rol.",
        "That office is not of that institution, or not of the kind of that role.",
    ),
    "access.role_of_another_institution": (
        "Ese rol es de otra institución.",
        "That role is another institution's.",
    ),
    "access.unknown_institution": (
        "El paquete país no tiene esa institución.",
        "The country pack has no such institution.",
    ),
    "access.unknown_office": ("El paquete país no tiene esa dependencia.", "The country pack has no such office."),
    "access.unknown_role": (
        "El paquete país no tiene ese rol. «amparo users roles» muestra los que hay.",
        "The country pack has no such role. “amparo users roles” lists those there are.",
    ),
    "partner.key_known": (
        "Esa llave ya está registrada. «amparo partner-key list» muestra las que hay.",
        "That key is registered already. “amparo partner-key list” lists those there are.",
    ),
    "partner.key_of_another_kind": (
        "Esa llave no es Ed25519. Hágala con: openssl genpkey -algorithm ed25519",
        "That key is not Ed25519. Make one with: openssl genpkey -algorithm ed25519",
    ),
    "partner.key_unreadable": (
        "El archivo no es una llave pública en PEM. Se hace con: openssl pkey -pubout",
        "The file is no public key in PEM. It is made with: openssl pkey -pubout",
    ),
    "partner.name_taken": (
        "Ese nombre ya es de una persona, o de una máquina con otro rol o dependencia. Elija otro.",
        "That name is a person's already, or that of a machine of another role or office. Choose another one.",
    ),
    "partner.no_such_key": (
        "No hay una llave vigente con ese código. «amparo partner-key list» muestra las que hay.",
        "No key in force has that id. “amparo partner-key list” lists those there are.",
    ),
    "partner.no_file": ("No se puede leer el archivo {file}.", "The file {file} cannot be read."),
    "exclusion.needs_another": (
        "Usted ya pidió levantarlo: otra persona debe confirmarlo.",
        "You have asked for it already: somebody else must confirm it.",
    ),
    "exclusion.no_reason": ("Diga por qué se aparta.", "Say why they are kept away."),
    "exclusion.no_such_user": ("No hay un usuario con ese nombre.", "There is no user of that name."),
    "exclusion.nobody": ("Diga a quién se aparta.", "Say who is to be kept away."),
    "exclusion.unknown": (
        "Eso no está vigente, o no le corresponde levantarlo.",
        "That is not in force, or is not yours to lift.",
    ),
    "account.no_password": (
        "Esta cuenta no entra con contraseña, así que no hay ninguna que cambiar.",
        "This account does not sign in with a password, so there is none to change.",
    ),
    "users.weak_password": (
        "Esa contraseña es fácil de adivinar. Use 12 letras o más que no sean una palabra ni el nombre.",
        "That password is easy to guess. Use 12 letters or more that are not one word nor the name.",
    ),
}
