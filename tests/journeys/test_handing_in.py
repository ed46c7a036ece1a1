"""Handing in the export of an institution, with rows that must be corrected and handed in again."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.installation import Installation
from tests.journeys.visitor import Visitor

_ROWS = 3


class Registrar:
    """Wilmer hands in what his unit registered this week."""

    def __init__(self, visitor: Visitor, folder: Path) -> None:
        self.visitor, self.page, self.folder = visitor, visitor.page, folder

    def has_an_export_in_which_one_day_does_not_exist(self, installation: Installation) -> Path:
        rows = [dict(row) for row in installation.police_rows() if row["FEC_HECHO"]][:_ROWS]
        for number, row in enumerate(rows):
            row["NRO_REGISTRO"] = f"R2026-99{number:04}"
        self._right_day = rows[0]["FEC_HECHO"]
        rows[0]["FEC_HECHO"] = "31/02/2026"
        path = self.folder / "reta.csv"
        with path.open("w", encoding="cp1252", newline="") as file:
            writer = csv.DictWriter(file, rows[0], delimiter=";", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def chooses(self, path: Path) -> None:
        self.visitor.opens("/entregas/").presses("Entregar un archivo", role="link")
        source = self.page.locator("select[name=source]")
        if source.count():
            source.select_option("pnp-reta")
        self.page.locator("input[type=file]").set_input_files(path)
        self.visitor.presses("Ver qué pasaría")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Entregar un archivo")

    def sees_what_would_happen(self, *, new: int, set_aside: int) -> None:
        self.visitor.sees("Esto es lo que pasaría")
        assert self.counts() == (new, set_aside)

    def counts(self) -> tuple[int, int]:
        """Rows that are new, and rows that were set aside."""
        told = self.page.locator(".outcome .tile").evaluate_all(
            "all => all.map(each => [each.querySelector('dt').innerText, each.querySelector('dd').innerText])"
        )
        figures = {label: int(figure) for label, figure in told}
        return figures["nuevas"], figures["apartadas"]

    def confirms(self) -> None:
        self.visitor.presses("Confirmar y guardar").sees("Entrega guardada")

    def corrects_the_row_in_the_workbook_that_he_takes(self) -> Path:
        with self.page.expect_download() as taking:
            self.visitor.presses("Bajarlas para corregir", role="link")
        path = self.folder / "corregidas.xlsx"
        taking.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "31/02/2026")
        cell.value = self._right_day
        book.save(path)
        return path


def test_a_police_registrar_hands_in_an_export_and_corrects_the_row_that_was_set_aside(
    user: Comes, installation: Installation, tmp_path: Path
) -> None:
    registrar = Registrar(user("pnp"), tmp_path)
    export = registrar.has_an_export_in_which_one_day_does_not_exist(installation)

    registrar.chooses(export)
    registrar.sees_what_would_happen(new=_ROWS - 1, set_aside=1)
    registrar.visitor.can_use_the_page_whoever_she_is()
    registrar.confirms()
    registrar.visitor.can_use_the_page_whoever_she_is()
    corrected = registrar.corrects_the_row_in_the_workbook_that_he_takes()

    registrar.chooses(corrected)
    registrar.sees_what_would_happen(new=1, set_aside=0)
    registrar.confirms()
    registrar.visitor.opens("/entregas/").can_use_the_page_whoever_she_is()


def test_a_file_of_another_institution_gets_an_answer_that_says_what_to_do(
    user: Comes, installation: Installation, tmp_path: Path
) -> None:
    registrar = Registrar(user("pnp"), tmp_path)

    registrar.chooses(installation.exports / "mimp-upe.csv")

    registrar.visitor.sees("No pudimos aceptar este archivo").sees("Qué hacer:")
    registrar.visitor.can_use_the_page_whoever_she_is()
