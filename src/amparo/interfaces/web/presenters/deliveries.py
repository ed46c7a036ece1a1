"""Deliveries in words: how a file was read, what was noticed, which rows were set aside and what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.casework.queries.delivered import Brought
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Fact, Notice, Tone
from amparo.interfaces.web.viewmodels.delivery import (
    Counts,
    DeliveryLine,
    DeliveryPage,
    DeliveryState,
    Linked,
    Refusal,
    SetAsideRow,
)
from amparo.pack.layouts import Column, Layout
from amparo.registries import messages
from amparo.registries.delivering.outcome import RowSetAside
from amparo.registries.queries.deliveries import Delivery, layout_of
from amparo.registries.queries.uploads import Waiting
from amparo.registries.reasons import Reason

_SEALED = ("identity", "narrative")
_DAYS_AND_AGES = ("date", "birth", "age", "year", "number")
_DATE_LIKE = re.compile(r"\d{1,4}([/.\- ]\d{1,4}){0,2}([ T]\d{1,2}:\d{2}(:\d{2})?)?")
_KINDS: Mapping[str, str | Promise] = {
    "csv": gettext_lazy("texto separado (CSV)"),
    "xlsx": gettext_lazy("libro de Excel (.xlsx)"),
    "json": gettext_lazy("JSON"),
}
_SEPARATORS: Mapping[str, str | Promise] = {
    ";": gettext_lazy("punto y coma"),
    ",": gettext_lazy("coma"),
    "|": gettext_lazy("barra vertical"),
    "tab": gettext_lazy("tabulador"),
}
_ENCODINGS = {"cp1252": "Windows-1252", "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "latin-1": "ISO 8859-1"}
_MACHINES = ("amparo", "terminal:")


def line_of_delivery(found: Delivery, names: Mapping[str, str], language: str) -> DeliveryLine:
    """A delivery that was taken, in the list."""
    return DeliveryLine(
        id=found.id,
        source=title(found.source, found.layout, language),
        institution=marks.institution(found.institution, language),
        by=by(found.received_by, names),
        at=found.received_at,
        state=DeliveryState.TAKEN,
        counts=Counts(found.new, found.changed, found.unchanged, found.set_aside),
    )


def line_of_upload(found: Waiting, names: Mapping[str, str], language: str) -> DeliveryLine:
    """A file that waits, in the list."""
    return DeliveryLine(
        id=found.id,
        source=title(found.source, found.layout, language),
        institution=marks.institution(found.institution, language),
        by=by(found.by, names),
        at=found.at,
        state=DeliveryState(found.state),
        counts=_counts(found.counts),
    )


def page_of_upload(found: Waiting, names: Mapping[str, str], language: str, *, may_confirm: bool) -> DeliveryPage:
    """A file that waits, was refused or was thrown away."""
    state, told = DeliveryState(found.state), found.found
    layout = layout_of(found.source, found.layout)
    noticed = [{"code": code, "column": column, "rows": rows} for code, column, rows in told.noticed]
    return DeliveryPage(
        id=found.id,
        source=title(found.source, found.layout, language),
        institution=marks.institution(found.institution, language),
        state=state,
        reading=reading(told.read_as, layout) if told.read_as else (),
        by=by(found.by, names),
        at=found.at,
        counts=_counts(found.counts) if state is DeliveryState.PREVIEW else None,
        notices=(*_faults(found.faults), *notices([*told.notes, *noticed], language)),
        rows=rows(told.rows, layout, language),
        rows_hidden=max(0, found.counts.get("set_aside", 0) - len(told.rows)),
        refusal=refusal(found.refusal, told.refused, language) if found.refusal else None,
        may_confirm=may_confirm and state is DeliveryState.PREVIEW,
    )


def page_of_delivery(
    found: Delivery,
    names: Mapping[str, str],
    language: str,
    *,
    shown: Sequence[RowSetAside],
    waiting: int,
    brought: Brought | None,
    may_download: bool,
) -> DeliveryPage:
    """A delivery that was taken, with the first of its rows that still wait."""
    layout = layout_of(found.source, found.layout)
    settled = found.set_aside - waiting if found.kind == "records" else 0
    return DeliveryPage(
        id=found.id,
        source=title(found.source, found.layout, language),
        institution=marks.institution(found.institution, language),
        state=DeliveryState.TAKEN,
        reading=reading(found.read_as, layout),
        by=by(found.received_by, names),
        at=found.received_at,
        counts=Counts(found.new, found.changed, found.unchanged, found.set_aside),
        notices=(*_settled(settled, waiting), *notices(found.notes, language)),
        rows=rows(shown, layout, language),
        linked=Linked(brought.joined, brought.new_people, brought.to_judge) if brought else None,
        rows_hidden=max(0, waiting - len(shown)),
        may_download=may_download and waiting > 0,
        series=found.source if found.kind == "series" else "",
    )


def title(source: str, version: str, language: str) -> str:
    """What a source is called; its code where the pack no longer has it."""
    layout = layout_of(source, version)
    return str(getattr(layout.title, language, layout.title.es)) if layout else source


def by(name: str, names: Mapping[str, str]) -> str:
    """Who handed it in: her name, or what stands for the machine and for whoever sat at its terminal."""
    if name.startswith(_MACHINES):
        return _("Amparo, desde la instalación")
    return names.get(name, name)


def reading(read_as: Mapping[str, str], layout: Layout | None) -> tuple[Fact, ...]:
    """How the file was read, and by which layout."""
    found = [
        Fact(_("Tipo de archivo"), str(_KINDS.get(read_as.get("format", ""), read_as.get("format", "—")))),
        Fact(_("Letras"), _ENCODINGS.get(read_as.get("encoding", ""), read_as.get("encoding", ""))),
        Fact(_("Separador"), str(_SEPARATORS.get(read_as.get("separator", ""), read_as.get("separator", "")))),
        Fact(_("Hoja"), read_as.get("sheet", "")),
        Fact(_("Fila de encabezado"), str(read_as.get("header_row", ""))),
    ]
    if layout:
        known = _("comprobado con la institución") if layout.verified else _("sin comprobar todavía con la institución")
        found.append(Fact(_("Formato"), layout.version, known))
    return tuple(fact for fact in found if fact.value)


def notices(notes: Iterable[Mapping[str, Any]], language: str) -> tuple[Notice, ...]:
    """What was noticed, as sentences; that of rows says in how many."""
    return tuple(Notice(Tone.PLAIN, _noted(note, language)) for note in notes)


def _noted(note: Mapping[str, Any], language: str) -> str:
    named = {name: _ENCODINGS.get(str(value), value) for name, value in note.items()}
    text = messages.sentence(str(note["code"]), named, language)
    count = note.get("rows")
    if not isinstance(count, int):
        return text
    return f"{text} {ngettext('(%(n)s fila)', '(%(n)s filas)', count) % {'n': count}}"


def rows(found: Iterable[RowSetAside], layout: Layout | None, language: str) -> tuple[SetAsideRow, ...]:
    """Rows set aside, one line for each reason."""
    return tuple(_row(row.number, reason, layout, language) for row in found for reason in row.reasons)


def _row(number: int, reason: Reason, layout: Layout | None, language: str) -> SetAsideRow:
    value = shown_value(reason, layout)
    told = {**reason.params, "column": reason.column, "value": value or "…"}
    what, remedy = messages.in_two(reason.code, told, language)
    return SetAsideRow(number, reason.column, value, what, remedy or _("Corrija la fila y entréguela otra vez."))


def shown_value(reason: Reason, layout: Layout | None) -> str:
    """The value complained of: as typed where it can name nobody, else its first and last letter."""
    value = reason.value.strip()
    if not value or layout is None:
        return ""
    column = next((column for column in layout.columns if column.name == reason.column), None)
    if column is not None and (column.holds not in _SEALED or _is_plain_number(value, column)):
        return value
    return masked(value)


def _is_plain_number(value: str, column: Column) -> bool:
    """Whether it is a day or an age in a column for such: what a clerk must see to correct it, and no document."""
    digits = sum(map(str.isdigit, value))
    return (
        column.convert in _DAYS_AND_AGES and bool(_DATE_LIKE.fullmatch(value)) and (digits <= 4 or digits < len(value))
    )


def masked(value: str) -> str:
    """First and last letter with dots between; of a short value only its first."""
    text = value.strip()
    return f"{text[:1]}•••{text[-1:]}" if len(text) > 3 else f"{text[:1]}••"


def refusal(code: str, params: Mapping[str, Any], language: str) -> Refusal:
    """Why a whole file was refused, and the way out of it."""
    named = {name: title(str(value), "", language) for name, value in params.items() if name in ("source", "expected")}
    known = {name: text for name, text in named.items() if code == "file.other_institution"}
    what, remedy = messages.in_two(code, {**params, **known}, language)
    return Refusal(
        title=what,
        text=_("No se guardó nada de este archivo. Lo que ya estaba sigue igual."),
        remedy=remedy or _("Vuelva a exportarlo de su sistema y pruebe otra vez."),
    )


def _counts(counts: Mapping[str, int]) -> Counts | None:
    if not counts:
        return None
    return Counts(counts["new"], counts["changed"], counts["unchanged"], counts["set_aside"])


def _settled(settled: int, waiting: int) -> tuple[Notice, ...]:
    """That rows set aside have been handed in again since."""
    if settled <= 0:
        return ()
    told = ngettext(
        "%(n)s fila apartada ya se corrigió y se entregó después.",
        "%(n)s filas apartadas ya se corrigieron y se entregaron después.",
        settled,
    ) % {"n": settled}
    left = ngettext("Queda %(n)s.", "Quedan %(n)s.", waiting) % {"n": waiting}
    return (Notice(Tone.DONE, f"{told} {left}" if waiting else told),)


def _faults(faults: Mapping[str, int]) -> tuple[Notice, ...]:
    """That an official series contradicts itself; it is taken as published all the same."""
    count = sum(faults.values())
    if not count:
        return ()
    told = ngettext(
        "La tabla se contradice en %(n)s lugar. Se guarda como se publicó y se muestra dónde.",
        "La tabla se contradice en %(n)s lugares. Se guarda como se publicó y se muestra dónde.",
        count,
    )
    return (Notice(Tone.DUE, told % {"n": count}),)
