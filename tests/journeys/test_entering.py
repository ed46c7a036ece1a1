"""Coming in with a passkey, and what somebody keeps of her own account."""

from __future__ import annotations

from tests.journeys.conftest import Comes
from tests.journeys.visitor import Visitor

OWN_PAGES = (
    "/cuenta/", "/cuenta/segundo-paso/", "/cuenta/segundo-paso/aplicacion/", "/cuenta/segundo-paso/llaves/nueva/",
    "/cuenta/sesiones/", "/cuenta/contrasena/", "/cuenta/confirmar/", "/cuenta/si-le-obligan/",
)  # fmt: skip

FORCED = "una clave para ese momento"
NOTHING_DUE = "Hoy no se debe nada"


def with_a_telephone(visitor: Visitor) -> Visitor:
    """Give the browser an authenticator that says yes; passkeys work under a name, not under a number."""
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return visitor


def test_somebody_adds_a_passkey_and_comes_in_with_it(somebody: Comes) -> None:
    visitor = with_a_telephone(somebody()).signs_in("analisis").opens("/cuenta/segundo-paso/llaves/nueva/")
    visitor.page.locator("[name=name]").fill("Mi teléfono")
    visitor.page.locator("[name=passwordless]").check()
    visitor.page.locator("#mfa_webauthn_add").click()
    visitor.page.wait_for_url("**/codigos/")
    visitor.opens("/salir/").opens("/entrar/").presses("Entrar con una llave de acceso")
    visitor.page.wait_for_url(f"{visitor.address}/")

    assert visitor.heading().startswith("Hola")
    visitor.opens("/cuenta/segundo-paso/llaves/").presses("Eliminar", role="link").presses("Eliminar")


def test_every_page_of_one_s_own_account_can_be_used_by_anybody(user: Comes) -> None:
    visitor = user("analisis", viewport={"width": 320, "height": 640})
    for path in OWN_PAGES:
        visitor.opens(path).can_use_the_page_whoever_she_is()
        assert (path, visitor.overflow()) == (path, 0)


def test_somebody_who_is_forced_to_come_in_shows_an_empty_day_and_is_told_of(somebody: Comes, user: Comes) -> None:
    worker = user("fiscalia").opens("/cuenta/").presses("Si le obligan a entrar", role="link")
    for name in ("password", "again"):
        worker.page.locator(f"[name={name}]").fill(FORCED)
    worker.presses("Guardar").sees("Guardada")
    worker.opens("/lista/?de=todos").does_not_see(NOTHING_DUE)

    forced = somebody().opens("/entrar/")
    forced.page.locator("[name=username]").fill("fiscalia")
    forced.page.locator("[name=password]").fill(FORCED)
    forced.presses("Entrar")

    forced.opens("/lista/?de=todos").sees(NOTHING_DUE).can_use_the_page_whoever_she_is()
    user("datos").opens("/alertas/").sees("puede estar en peligro")
