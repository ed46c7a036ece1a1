"""An official series as published, with its contradictions, beside what the registers of people say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amparo.casework.models import Person
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Batch, Record, SeriesCell
from tests import worlds
from tests.integration.web import exports
from tests.integration.web.conftest import SignIn, acts, project
from tests.worlds import FLOR, POLICE, PROSECUTOR, UPE, Happening

ADDRESS = "/series/mininter-trata/"
PARTS = ("F1_EXPLOTACION SEXUAL", "F1_EXPLOTACION LABORAL")


def station(year: int, name: str, sexual: int, labour: int, total: int) -> list[tuple[int, str, str, int]]:
    """A station's month: two purposes and the total that its publisher prints."""
    return [
        (year, name, "F1_TOTAL", total),
        (year, name, PARTS[0], sexual),
        (year, name, PARTS[1], labour),
    ]


SOUND = [*station(2023, "UNO", 3, 1, 4), *station(2024, "UNO", 5, 2, 7)]
WRONG = station(2024, "DOS", 2, 1, 9)


def publish(client: Client, content: bytes) -> str:
    """Hand a series in as any other file and say yes; returns the page of the delivery."""
    file = SimpleUploadedFile("serie.csv", content)
    preview = client.post("/entregas/nueva/", {"source": "mininter-trata", "file": file})["Location"]
    return client.post(f"{preview}confirmar/", follow=True).content.decode()


def table(page: str) -> list[list[str]]:
    """The rows of the comparison: year, published, and the columns beside it, without marks."""
    body = page.partition("</thead><tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


@pytest.fixture
def analyst(sign_in: SignIn) -> Client:
    """Somebody of the institution that publishes the series."""
    user = worlds.user("analista")
    user.institution = "mininter"
    user.save()
    return sign_in("analista")


def known(count: int, year: int, office: worlds.Office, event: str) -> None:
    """So many people of a register, each with an event of a type in a year, each a person of her own."""
    for number in range(count):
        who = replace(FLOR, doc_number=f"{70_000_000 + number * 11}", surname1=f"Prueba{number}")
        project(worlds.record(who, office, Happening(event, date(year, 4, 1 + number)), linked=True))


def test_a_series_is_handed_in_like_any_file_and_touches_no_record(analyst: Client) -> None:
    page = publish(analyst, exports.series([*SOUND, *WRONG]))

    assert "Entrega guardada" in page
    assert f'href="{ADDRESS}"' in page
    assert (SeriesCell.objects.count(), Record.objects.count(), Person.objects.count()) == (9, 0, 0)
    assert "series.take" in acts()


def test_the_same_series_again_is_no_second_delivery(analyst: Client, settings: Any) -> None:
    publish(analyst, exports.series(SOUND))
    publish(analyst, exports.series(SOUND))

    assert Batch.objects.count() == 1
    assert len(list((settings.DATA / "files").rglob("*.sealed"))) == 1


def test_the_list_says_how_many_sums_do_not_agree(analyst: Client) -> None:
    assert "Todavía no hay series oficiales" in analyst.get("/series/").content.decode()

    publish(analyst, exports.series([*SOUND, *WRONG]))
    page = analyst.get("/series/").content.decode()

    assert f'href="{ADDRESS}"' in page
    assert "2023 a 2024" in page
    assert "1 suma no cuadra" in page


def test_a_total_that_is_not_the_sum_of_its_parts_is_shown_where_it_stands(analyst: Client) -> None:
    publish(analyst, exports.series([*SOUND, *WRONG]))

    page = analyst.get(ADDRESS).content.decode()

    assert "1 de 3 sumas no cuadra" in page
    assert "DOS (INAMBARI), marzo 2024" in page
    assert "El total Finalidad (F1_TOTAL) dice 9 y sus partes suman 3." in page


def test_sums_can_be_looked_at_year_by_year(analyst: Client) -> None:
    publish(analyst, exports.series([*SOUND, *WRONG]))

    assert "La única suma comprobada cuadra." in analyst.get(f"{ADDRESS}?anio=2023").content.decode()
    assert "1 de 2 sumas no cuadra" in analyst.get(f"{ADDRESS}?anio=2024").content.decode()


def test_what_is_printed_twice_counts_once_and_is_said(analyst: Client) -> None:
    publish(analyst, exports.series([*SOUND, *SOUND]))

    page = analyst.get(ADDRESS).content.decode()

    assert [row[:2] for row in table(page)] == [["2023", "4"], ["2024", "7"]]
    assert "2 de 2 comisarías y meses viene impresa más de una vez" in page


def test_published_figures_stand_beside_those_of_the_registers_and_are_not_added(analyst: Client) -> None:
    known(6, 2023, POLICE, "denuncia")
    known(5, 2024, PROSECUTOR, "diligencias_preliminares")
    publish(analyst, exports.series(SOUND))

    page = analyst.get(ADDRESS).content.decode()

    assert table(page) == [["2023", "4", "6", "0", "6"], ["2024", "7", "0", "5", "5"]]
    for told in ("Unidad:", "Base:", "Fuente:", "Extraído:", "no se suman"):
        assert told in page
    assert "figures.read" in acts()


def test_a_count_that_points_to_somebody_is_not_shown(analyst: Client) -> None:
    known(4, 2023, POLICE, "denuncia")
    publish(analyst, exports.series(SOUND))

    assert table(analyst.get(ADDRESS).content.decode())[0] == ["2023", "4", "—", "0", "—"]


def test_a_person_with_records_in_several_offices_counts_once(analyst: Client) -> None:
    for number in range(5):
        who = replace(FLOR, doc_number=f"{70_000_000 + number * 11}")
        happening = Happening("denuncia", date(2023, 4, 1))
        police, upe = worlds.record(who, POLICE, happening, linked=True), worlds.record(who, UPE, linked=True)
        _join(police, upe)
        project(police, upe)
    publish(analyst, exports.series(SOUND))

    assert Person.objects.count() == 5
    assert table(analyst.get(ADDRESS).content.decode())[0] == ["2023", "4", "5", "0", "5"]


def _join(left: Any, right: Any) -> None:
    judging.judge(actor=worlds.actor("revisor"), answer=Answer(left, right, "same", "records"), at=worlds.NOW)


def test_registers_of_another_region_are_not_counted_for_whoever_has_only_hers(
    analyst: Client, sign_in: SignIn
) -> None:
    known(6, 2023, POLICE, "denuncia")
    publish(analyst, exports.series(SOUND, department="LORETO"))

    page = sign_in("mp-fiscal", PROSECUTOR).get(ADDRESS).content.decode()

    assert "Su acceso muestra los registros de su región" in page
    assert table(page)[0] == ["2023", "4", "—", "—", "—"]


def test_a_place_that_the_country_does_not_have_is_compared_with_nothing(analyst: Client) -> None:
    publish(analyst, exports.series(SOUND, department="DEPARTAMENTO INVENTADO"))

    page = analyst.get(ADDRESS).content.decode()

    assert "no hay con qué compararla" in page
    assert table(page)[0] == ["2023", "4", "—", "—", "—"]


def test_the_parts_are_shown_with_the_total_as_published(analyst: Client) -> None:
    publish(analyst, exports.series([*SOUND, *WRONG]))

    page = analyst.get(ADDRESS).content.decode().partition("Finalidad</h2>")[2]

    assert "Explotación sexual" in page
    assert "Total publicado" in page
    assert [row[1:] for row in table(page) if row[0] == "Total publicado"] == [["4", "16"]]


def test_the_page_is_whole_in_english(analyst: Client) -> None:
    publish(analyst, exports.series([*SOUND, *WRONG]))
    analyst.cookies["django_language"] = "en"

    page = analyst.get(ADDRESS).content.decode()

    assert "What was published, beside the registers" in page
    assert "The total Purpose (F1_TOTAL) says 9 and its parts add up to 3." in page
    assert "March 2024" in page


def test_the_sample_of_the_layout_says_all_that_is_wrong_with_it(analyst: Client) -> None:
    page = publish(analyst, Path("packs/peru/imports/mininter-trata/sample.csv").read_bytes())

    assert "Entrega guardada" in page
    assert "no cuadra" in analyst.get(ADDRESS).content.decode()


def test_a_series_that_nobody_handed_in_is_not_there(analyst: Client) -> None:
    assert analyst.get(ADDRESS).status_code == 404
    assert analyst.get("/series/otra/").status_code == 404


def test_who_may_not_read_series_is_not_let_in(sign_in: SignIn) -> None:
    assert sign_in("mimp-upe", UPE).get("/series/").status_code == 403
