"""A record's columns as its institution names them, with what changed since the version before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.casework.queries.opened_record import IDENTITY, NARRATIVE, OpenedRecord, Sealed
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.presenters import words as said
from amparo.interfaces.web.presenters.paging import query
from amparo.interfaces.web.viewmodels.common import Segment
from amparo.interfaces.web.viewmodels.marks import differing
from amparo.interfaces.web.viewmodels.record import Change, FieldGroup, FieldLine, RecordPage, VersionLink
from amparo.kernel.errors import NotFound
from amparo.pack.current import pack
from amparo.pack.layouts import Column, Layout
from amparo.registries.queries.records import Version

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see: a version (the latest where none is named), and only what changed or all."""

    version: int | None
    only_changes: bool
    form: BaseForm | None
    deliveries: bool
    threads: bool
    language: str


def page(opened: OpenedRecord, sealed: Sealed, asked: Asked) -> RecordPage:
    """One version of a record. Raises ``NotFound`` where it has no version of that number."""
    versions = {version.number: version for version in opened.versions}
    number = asked.version or max(versions, default=0)
    if number not in versions:
        raise NotFound("record.no_such_version")
    shown, before = versions[number], versions.get(number - 1)
    layout = _layout(opened.record.source)
    groups = _groups(layout, opened, sealed, shown, before)
    changed = asked.only_changes and before is not None
    person = opened.person if asked.threads else None
    return RecordPage(
        id=opened.record.id,
        institution=marks.institution(opened.record.institution, asked.language),
        kind=marks.unit(opened.record.unit, asked.language),
        key=_key(layout, _told(sealed, IDENTITY, shown), _typed(shown)),
        versions=_links(opened.versions, number),
        groups=tuple(filter(None, (_narrowed(group, changed) for group in groups))),
        handed_at=shown.written_at,
        delivery_id=shown.batch if asked.deliveries else None,
        row=shown.row,
        layout=_title(layout, asked.language),
        person=marks.person(person, "") if person else None,
        is_joined=person is not None and person.record_count > 1,
        only_changes=changed,
        toggle=_toggle(number, changed) if before else "",
        form=asked.form,
    )


def _layout(source: str) -> Layout | None:
    """The newest layout of a source; none for records that were opened in Amparo."""
    known = pack().imports.get(source, ())
    return known[0] if known else None


def _title(layout: Layout | None, language: str) -> str:
    if layout is None:
        return _("registro abierto en Amparo")
    return layout.title.en if language == "en" else layout.title.es


def _key(layout: Layout | None, sealed: Typed, typed: Typed) -> str:
    """The institution's own number, where what it is made of is open."""
    parts = [sealed.get(name) or typed.get(name, "") for name in (layout.key if layout else ())]
    return " · ".join(parts) if parts and all(parts) else ""


def _groups(
    layout: Layout | None, opened: OpenedRecord, sealed: Sealed, shown: Version, before: Version | None
) -> list[FieldGroup]:
    columns = layout.columns if layout else ()
    open_lines = _lines(columns, _typed(shown), _typed(before), _values(shown))
    parts = [FieldGroup(_("Datos del caso"), open_lines)]
    for compartment, title in ((IDENTITY, _("Identidad")), (NARRATIVE, _("Relatos y observaciones"))):
        if compartment not in shown.sealed:
            continue
        if compartment in sealed.columns:
            told, older = _told(sealed, compartment, shown), _told(sealed, compartment, before)
            parts.append(FieldGroup(title, _lines(columns, told, older, {})))
        else:
            parts.append(FieldGroup(title, _masked(columns, compartment)))
    return [group for group in parts if group.fields]


def _typed(version: Version | None) -> Typed:
    return dict(version.content.get("typed", {})) if version else {}


def _values(version: Version) -> Typed:
    return dict(version.content.get("values", {}))


def _told(sealed: Sealed, compartment: str, version: Version | None) -> Typed:
    return sealed.columns.get(compartment, {}).get(version.number, {}) if version else {}


def _lines(columns: Iterable[Column], now: Typed, before: Typed, values: Typed) -> tuple[FieldLine, ...]:
    """The columns that have a value now or had one before, in the order of the institution's file."""
    known = {column.name: column for column in columns}
    names = [name for name in known if name in now or name in before]
    names += sorted((now.keys() | before.keys()) - known.keys())
    told = ((name, (before.get(name, ""), now.get(name, ""))) for name in names)
    return tuple(_line(known.get(name), name, texts, bool(before), values) for name, texts in told)


def _line(column: Column | None, name: str, texts: tuple[str, str], compared: bool, values: Typed) -> FieldLine:
    before, now = texts
    meaning = _meaning(column, now, values) if column else ""
    if not compared or now == before:
        return FieldLine(name, now, meaning)
    left, right = differing(before, now)
    if not before:
        return FieldLine(name, now, meaning, Change.NEW, now=right)
    if not now:
        return FieldLine(name, "", "", Change.REMOVED, before=_whole(before))
    return FieldLine(name, now, meaning, Change.CHANGED, left, right)


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text),)


def _meaning(column: Column, typed: str, values: Typed) -> str:
    """What Amparo understood, where that reads otherwise than what was typed."""
    value = values.get(column.target, "")
    if not value or not typed:
        return ""
    if column.convert == "district":
        words = marks.place(value)
    elif column.codes:
        words = ", ".join(pack().label(column.codes, code, get_language() or "es") for code in value.split(";"))
    elif column.convert == "date":
        words = said.day(date.fromisoformat(value)) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
    else:
        words = value
    return "" if words.casefold() == typed.casefold() else words


def _masked(columns: Iterable[Column], compartment: str) -> tuple[FieldLine, ...]:
    """The columns of a compartment without what they say; whether one is empty is not told either."""
    return tuple(FieldLine(column.name, sealed=True) for column in columns if column.holds == compartment)


def _links(versions: Iterable[Version], current: int) -> tuple[VersionLink, ...]:
    links: list[VersionLink] = []
    before: Version | None = None
    for version in versions:
        changes = _differences(_typed(before), _typed(version)) if before else 0
        day = timezone.localdate(version.written_at)
        links.append(
            VersionLink(version.number, day, query({"v": str(version.number)}), version.number == current, changes)
        )
        before = version
    return tuple(links)


def _differences(before: Typed, now: Typed) -> int:
    return sum(before.get(name, "") != now.get(name, "") for name in before.keys() | now.keys())


def _narrowed(group: FieldGroup, only_changes: bool) -> FieldGroup | None:
    """The group without what stayed the same; sealed columns stay, because nobody can see whether they changed."""
    if not only_changes:
        return group
    kept = tuple(line for line in group.fields if line.sealed or line.change is not Change.SAME)
    return FieldGroup(group.title, kept) if kept else None


def _toggle(number: int, only_changes: bool) -> str:
    return query({"v": str(number), "cambios": "" if only_changes else "1"})
