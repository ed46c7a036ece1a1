"""Taking a table that somebody publishes: kept as published, apart from records of people, with its own contradictions.

A series counts denuncias, not persons. It never meets a record; it is only shown beside them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import rows
from amparo.pack.current import pack
from amparo.pack.layouts import Layout, SeriesShape
from amparo.registries import arithmetic
from amparo.registries.arithmetic import Cell, Fault
from amparo.registries.converters import as_number, clean
from amparo.registries.delivering.outcome import Delivered, RowSetAside
from amparo.registries.models import Batch, SeriesCell, SeriesProblem
from amparo.registries.readers import parent, scanning, worker
from amparo.registries.readers.answers import PLAIN, PlainRow
from amparo.registries.readers.limits import Limits
from amparo.registries.reasons import Reason
from amparo.vault import files

_CELL = ("batch", "row", "year", "month", "department", "province", "district", "station", "category", "item", "value")
_PROBLEM = ("batch", "kind", "where", "expected", "found", "rows")
_MOST_CELLS = 500_000


def is_series(source: str) -> bool:
    """Whether the source is a published table and not a register of people."""
    return any(layout.kind == "series" for layout in pack().imports.get(source, ()))


def deliver_series(*, actor: Actor, source: str, content: BinaryIO, at: datetime, dry_run: bool = False) -> Delivered:
    """Take a published table, or say what taking it would do. The same file twice adds nothing, not even a delivery.

    Raises ``Denied``, ``NotFound`` for an unknown source and ``Invalid`` where the file cannot be that table.
    """
    layout, shape = _layout(actor, source)
    with parent.held(content) as (file, size):
        scanning.scan(file)
        cells, read_as, notes, aside = _read(file, size, layout, shape, at)
        sha256 = hashlib.file_digest(parent.again(file), "sha256").hexdigest()
        before = Batch.objects.filter(source=source, kind="series").order_by("-received_at").first()
        new, changed, unchanged = _compared(before, cells)
        faults = arithmetic.faults(cells, shape)
        batch: UUID | None = None
        if not dry_run and before is not None and before.sha256 == sha256:
            batch = before.id
        elif not dry_run:
            numbers = {"new": new, "changed": changed, "unchanged": unchanged, "set_aside": len(aside)}
            facts = {"sha256": sha256, "size": size, "read_as": read_as, "notes": notes, **numbers}
            batch = _write(actor, layout, file, facts, cells, faults, at)
    return Delivered(
        batch=batch,
        source=source,
        institution=layout.institution,
        layout=layout.version,
        sha256=sha256,
        size=size,
        read_as=read_as,
        notes=notes,
        new=new,
        changed=changed,
        unchanged=unchanged,
        set_aside=len(aside),
        rows_set_aside=tuple(aside),
        faults=dict(Counter(fault.kind for fault in faults)),
    )


def _layout(actor: Actor, source: str) -> tuple[Layout, SeriesShape]:
    """A published table holds nobody's data: whoever reads series may hand one in."""
    if "*" not in actor.capabilities and not (actor.can("series_read") or actor.can("delivery_write")):
        raise Denied("access.role", capability="series_read")
    found = pack().imports.get(source, ())
    if not found or found[0].series is None:
        raise NotFound("delivery.unknown_source", source=source)
    return found[0], found[0].series


def _read(
    file: BinaryIO, size: int, layout: Layout, shape: SeriesShape, at: datetime
) -> tuple[list[Cell], dict[str, str], list[dict[str, Any]], list[RowSetAside]]:
    """All cells, how the file was read, what was noticed, and the rows that could not be understood."""
    others = [versions[0] for code, versions in pack().imports.items() if code != layout.source]
    task = worker.raw_task_of(layout, others, Limits(), timezone.localdate(at))
    cells: list[Cell] = []
    aside: list[RowSetAside] = []
    with parent.opened(file, size, task, PLAIN) as (opened, chunks):
        for row in chain.from_iterable(chunks):
            cell = _cell(row, shape)
            if cell is None:
                aside.append(RowSetAside(row.n, _reasons(row, shape)))
            else:
                cells.append(cell)
            if len(cells) > _MOST_CELLS:
                raise Invalid("file.too_many_rows", limit=_MOST_CELLS)
        return cells, opened.read_as, opened.notes, aside


def _cell(row: PlainRow, shape: SeriesShape) -> Cell | None:
    """One row as a cell; None where year, month or number are not numbers or the row is barred."""
    typed = {name: clean(value) for name, value in row.values.items() if isinstance(value, str)}
    year, month, value = (as_number(typed.get(name, "")) for name in (shape.year, shape.month, shape.value))
    if row.reasons or value.reason or not (year.value and month.value):
        return None
    places = (typed.get(name, "") for name in (shape.department, shape.province, shape.district, shape.station))
    department, province, district, station = places
    place = (int(year.value), int(month.value), department, province, district, station)
    number = int(value.value) if value.value else None
    return Cell(row.n, place, typed.get(shape.category, ""), typed.get(shape.item, ""), number)


def _reasons(row: PlainRow, shape: SeriesShape) -> tuple[Reason, ...]:
    """Why a row is no cell; nothing in a published table is secret."""
    found = [Reason(code) for code in row.reasons]
    for name in (shape.year, shape.month, shape.value):
        typed = str(row.values.get(name, ""))
        if as_number(typed).reason or (name != shape.value and not as_number(typed).value):
            found.append(Reason("number.unreadable", name, typed))
    return tuple(found)


def _compared(before: Batch | None, cells: Sequence[Cell]) -> tuple[int, int, int]:
    """Cells that are new, changed and the same against the delivery before; repetitions count each for itself."""
    if before is None:
        return len(cells), 0, 0
    columns = ("year", "month", "department", "province", "district", "station", "item", "value")
    old: dict[tuple[Any, ...], list[int | None]] = {}
    for *name, value in SeriesCell.objects.filter(batch=before).order_by("row").values_list(*columns):
        old.setdefault(tuple(name), []).append(value)
    new = changed = 0
    for cell in cells:
        values = old.get((*cell.place, cell.item))
        if not values:
            new += 1
        elif values.pop(0) != cell.value:
            changed += 1
    return new, changed, len(cells) - new - changed


def _write(
    actor: Actor,
    layout: Layout,
    file: BinaryIO,
    facts: Mapping[str, Any],
    cells: Sequence[Cell],
    faults: Sequence[Fault],
    at: datetime,
) -> UUID:
    """The table, its contradictions and the file as it came, in one transaction."""
    sealed: UUID | None = None
    try:
        with transaction.atomic(), transaction.atomic(using="vault"):
            sealed = files.store(cast(BinaryIO, parent.again(file)), institution=layout.institution).id
            batch = Batch.objects.create(
                source=layout.source, kind="series", institution=layout.institution, layout=layout.version,
                received_at=at, received_by=actor.name, file=sealed, **facts,
            )  # fmt: skip
            rows.insert_many(
                SeriesCell,
                _CELL,
                ((batch.id, cell.row, *cell.place, cell.category, cell.item, cell.value) for cell in cells),
            )
            rows.insert_many(SeriesProblem, _PROBLEM, (_problem(batch.id, fault) for fault in faults))
            ledger.record(
                author=actor.author,
                act="series.take",
                at=at,
                purpose="statistics",
                basis="role",
                detail={
                    "source": layout.source,
                    "batch": str(batch.id),
                    "sha256": facts["sha256"],
                    "cells": len(cells),
                    "faults": len(faults),
                },
            )
    except BaseException:
        if sealed is not None:
            files.discard(sealed)
        raise
    return batch.id


def _problem(batch: UUID, fault: Fault) -> tuple[Any, ...]:
    year, month, department, province, district, station = fault.place
    where = {
        "year": year, "month": month, "department": department, "province": province, "district": district,
        "station": station, "item": fault.item,
    }  # fmt: skip
    return batch, fault.kind, where, fault.expected, fault.found, list(fault.rows)
