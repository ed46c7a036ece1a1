"""The officer prints for a person who looked at her, without a user's name and without what is sealed."""

from __future__ import annotations

from tests import worlds
from tests.integration.web.conftest import SignIn, project
from tests.worlds import FLOR, POLICE, PROSECUTOR, RESCUE, UPE


def test_the_report_says_institution_role_purpose_and_article(sign_in: SignIn) -> None:
    worlds.record(FLOR, PROSECUTOR)
    worlds.record(FLOR, POLICE, RESCUE)
    girl = project(worlds.record(FLOR, UPE, RESCUE))
    prosecuted = project(worlds.record(FLOR, PROSECUTOR))
    sign_in("mimp-upe", UPE).get(f"/personas/{girl}/")
    sign_in("mp-fiscal", PROSECUTOR).get(f"/personas/{prosecuted}/")
    officer = sign_in("odp")

    page = officer.get(f"/bitacora/personas/{girl}/informe/").content.decode()
    sealed = officer.get(f"/bitacora/personas/{prosecuted}/informe/").content.decode()

    assert "Leyó su historia" in page
    assert "Equipo de la UPE" in page
    assert "DL 1297" in page
    assert "no verificado" in page
    report = page.split('<article class="sheet-page">')[1].split("</article>")[0]
    assert "Persona de Prueba" not in report
    assert "mimp-upe" not in report
    assert "investigación reservada" in page
    assert "Leyó su historia" not in sealed
    assert "investigación reservada" in sealed


def test_only_who_reports_may_make_it(sign_in: SignIn) -> None:
    girl = project(worlds.record(FLOR, UPE, RESCUE))

    assert sign_in("mimp-upe", UPE).get(f"/bitacora/personas/{girl}/informe/").status_code == 403
