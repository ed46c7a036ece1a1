"""Giving the rows that were set aside back to who handed them in, as a workbook to correct and hand in again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction

from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries import messages
from amparo.registries.delivering.rows import ROW, barred_from
from amparo.registries.models import Batch, SetAside
from amparo.registries.readers.tables import GIVEN_BACK, harmless
from amparo.registries.reasons import Reason
from amparo.registries.rules import handing
from amparo.vault import queries as vault

_WIDTH, _WIDE = 18, 60
_LONGEST_SHEET_NAME = 31
# What a cell of a workbook holds at most (ECMA-376; Excel and LibreOffice cut off or refuse more).
_LONGEST_CELL = 32_767


def workbook(
    *, actor: Actor, batch: UUID, at: datetime, waiting_only: bool = True, withheld: Collection[UUID] = ()
) -> bytes:
    """The rows of a delivery that were set aside, as an .xlsx, with the reasons in a column of their own.

    The columns are those of the file. The two that Amparo adds are ignored when the workbook comes back. A row with a
    value that no cell can hold comes with that said and nothing else, to be corrected in the clerk's own file. Rows
    settled by a later delivery are left out where ``waiting_only``, and those in ``withheld`` always. Raises
    ``Denied`` and ``NotFound``.
    """
    found = rows(actor=actor, batch=batch, at=at, waiting_only=waiting_only, withheld=withheld)
    delivery = Batch.objects.get(id=batch)
    layouts = [layout for layout in pack().imports[delivery.source] if layout.version == delivery.layout]
    layout = layouts[0] if layouts else pack().imports[delivery.source][0]
    names = list(dict.fromkeys(_tabular(column.name) for column in layout.columns))
    others = sorted({name for _, typed, _ in found for name in typed} - set(names))
    return _written(layout.file.sheet or "Filas", [*names, *others], found, actor.language)


def rows(
    *, actor: Actor, batch: UUID, at: datetime, waiting_only: bool = False, withheld: Collection[UUID] = ()
) -> list[tuple[int, Mapping[str, Any], Sequence[Reason]]]:
    """Number, cells as typed and reasons of each row set aside; the ledger has it before they are returned (law 4)."""
    if "*" not in actor.capabilities:
        actor.require("delivery_read")
    delivery = Batch.objects.filter(id=batch).first()
    if delivery is None or not handing.is_own_source(actor, delivery.source, pack().imports):
        raise NotFound("delivery.none_here")
    chosen = SetAside.objects.filter(batch=batch).exclude(id__in=list(withheld)).order_by("number")
    if waiting_only:
        chosen = chosen.filter(settled_by=None)
    numbers = dict(chosen.values_list("id", "number"))
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="delivery.give_back",
            at=at,
            purpose="correction",
            basis="role",
            detail={"batch": str(batch), "rows": len(numbers)},
        )
    opened = vault.open_many(list(numbers), ROW)
    return [(number, *barred_from(opened[row])) for row, number in numbers.items() if row in opened]


def _tabular(name: str) -> str:
    """A repeated list comes in one cell, under the name of the list."""
    head, mark, _ = name.partition("[]")
    return head + mark


def _written(
    sheet: str, names: Sequence[str], found: Sequence[tuple[int, Mapping[str, Any], Sequence[Reason]]], language: str
) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet[:_LONGEST_SHEET_NAME])
    heading = book.add_format({"bold": True, "bg_color": "#EDE7DB", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 2)
    page.set_column(0, len(names) + 1, _WIDTH)
    page.set_column(1, 1, _WIDE)
    for place, name in enumerate((*GIVEN_BACK, *names)):
        page.write_string(0, place, name, heading)
    for line, (number, typed, reasons) in enumerate(found, start=1):
        page.write_number(line, 0, number)
        cells = {name: harmless(_cell(typed.get(name, ""))) for name in names}
        too_long = [Reason("cell.too_long_for_a_sheet", name) for name in names if len(cells[name]) > _LONGEST_CELL]
        told = "\n".join(messages.of_reason(reason, language) for reason in (*too_long, *reasons))
        page.write_string(line, 1, told[:_LONGEST_CELL], wrapped)
        # Without its long value the row would come back as another one: it stays empty, and waits here as it was.
        for place, name in enumerate([] if too_long else names, start=2):
            page.write_string(line, place, cells[name])
    book.close()
    return buffer.getvalue()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
