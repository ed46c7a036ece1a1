"""Two records side by side, field by field, with the letters that differ marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz.distance import OSA

from amparo.engines.linkage import documents, fold
from amparo.engines.linkage.documents import Likeness
from amparo.engines.linkage.fields import Fields
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Segment
from amparo.interfaces.web.viewmodels.marks import differing
from amparo.interfaces.web.viewmodels.pairs import Agreement, CompareRow
from amparo.kernel.dates import Approx, Precision
from amparo.pack import places
from amparo.pack.current import pack

_NEAR_LETTERS = 2
_NEAR_DAYS = 31
# What files of institutions are called; institutions' signs stay as they are in every language.
_FILES = {
    "carpeta": gettext_lazy("carpeta fiscal"),
    "denuncia": gettext_lazy("denuncia"),
    "ficha_cem": gettext_lazy("ficha CEM"),
    "ficha_calp": gettext_lazy("ficha CALP"),
    "expediente_upe": gettext_lazy("expediente UPE"),
    "registro_reta": gettext_lazy("registro RETA"),
    "udavit": "UDAVIT",
}
_LIKENESS = {Likeness.SAME: Agreement.SAME, Likeness.NEAR: Agreement.NEAR}


@dataclass(frozen=True, slots=True)
class _Told:
    """One field on both sides as text, and how the two stand to each other."""

    label: str
    left: str
    right: str
    agree: Callable[[], Agreement]


def rows(left: Fields, right: Fields, language: str) -> tuple[CompareRow, ...]:
    """Every field that at least one of the records has."""
    told = [*_names(left, right), *_facts(left, right, language), *_event(left, right)]
    return tuple(_row(each) for each in told if each.left or each.right)


def _row(told: _Told) -> CompareRow:
    agreement = told.agree() if told.left and told.right else Agreement.MISSING
    if agreement in (Agreement.NEAR, Agreement.DIFFERS):
        left, right = differing(told.left, told.right)
    else:
        left, right = _whole(told.left), _whole(told.right)
    return CompareRow(told.label, left, right, agreement)


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text),) if text else ()


def _names(left: Fields, right: Fields) -> list[_Told]:
    labels = (
        (_("Nombres"), left.given, right.given),
        (_("Primer apellido"), left.surname1, right.surname1),
        (_("Segundo apellido"), left.surname2, right.surname2),
        (_("Apodo"), left.alias, right.alias),
        (_("Nombre originario"), left.native_name, right.native_name),
    )
    return [_name(label, one.upper(), other.upper()) for label, one, other in labels]


def _name(label: str, left: str, right: str) -> _Told:
    return _Told(label, left, right, lambda: _alike(left, right))


def _alike(left: str, right: str) -> Agreement:
    """Accents and capitals are no difference; another way to write one sound, or a letter or two, is a near one."""
    if places.fold(left) == places.fold(right):
        return Agreement.SAME
    one, other = fold.loose(left), fold.loose(right)
    shares = set(one.split()) & set(other.split())
    near = one == other or shares or OSA.distance(one, other) <= _NEAR_LETTERS
    return Agreement.NEAR if near else Agreement.DIFFERS


def _facts(left: Fields, right: Fields, language: str) -> list[_Told]:
    return [
        _Told(_("Nacimiento"), _birth(left.birth), _birth(right.birth), lambda: _births(left.birth, right.birth)),
        _exact(_("Sexo"), _label("sexo", left.sex, language), _label("sexo", right.sex, language)),
        _Told(_("Documento"), _document(left), _document(right), lambda: _documents(left, right)),
        _exact(_("Documento de quien acompaña"), left.guardian_doc, right.guardian_doc),
        _exact(
            _("Nacionalidad"),
            _label("nacionalidad", left.nationality, language),
            _label("nacionalidad", right.nationality, language),
        ),
        _place(_("Lugar de origen"), left.origin, right.origin),
    ]


def _event(left: Fields, right: Fields) -> list[_Told]:
    return [
        _Told(
            _("Fecha del hecho"),
            _day(left.event_on),
            _day(right.event_on),
            lambda: _days(left.event_on, right.event_on),
        ),
        _place(_("Lugar del hecho"), left.event_place, right.event_place),
        _Told(
            _("Números de expediente"),
            _references(left),
            _references(right),
            lambda: _shared(left.references, right.references),
        ),
    ]


def _exact(label: str, left: str, right: str) -> _Told:
    return _Told(label, left, right, lambda: Agreement.SAME if left == right else Agreement.DIFFERS)


def _place(label: str, left: str, right: str) -> _Told:
    return _Told(label, marks.place(left), marks.place(right), lambda: _places(left, right))


def _places(left: str, right: str) -> Agreement:
    """The same district; near in the same province, whose codes share four digits."""
    if left[:6] == right[:6]:
        return Agreement.SAME
    return Agreement.NEAR if left[:4] == right[:4] else Agreement.DIFFERS


def _births(left: Approx | None, right: Approx | None) -> Agreement:
    if left is None or right is None:
        return Agreement.MISSING
    if left == right and left.precision is Precision.EXACT:
        return Agreement.SAME
    return Agreement.NEAR if left.overlaps(right) or _same_digits(left, right) else Agreement.DIFFERS


def _same_digits(left: Approx, right: Approx) -> bool:
    """Two days of one year, of which the letters to be marked tell the rest."""
    exact = left.precision is Precision.EXACT and right.precision is Precision.EXACT
    return exact and left.earliest.year == right.earliest.year


def _documents(left: Fields, right: Fields) -> Agreement:
    one, other = documents.read(left.doc_type, left.doc_number), documents.read(right.doc_type, right.doc_number)
    if one is None or other is None:
        return Agreement.MISSING
    return _LIKENESS.get(documents.likeness(one, other), Agreement.DIFFERS)


def _days(left: date | None, right: date | None) -> Agreement:
    if left is None or right is None:
        return Agreement.MISSING
    if left == right:
        return Agreement.SAME
    return Agreement.NEAR if abs((left - right).days) <= _NEAR_DAYS else Agreement.DIFFERS


def _shared(left: frozenset[str], right: frozenset[str]) -> Agreement:
    """Numbers of different kinds of files say nothing of each other."""
    if left & right:
        return Agreement.SAME
    kinds = {each.partition(":")[0] for each in left} & {each.partition(":")[0] for each in right}
    return Agreement.DIFFERS if kinds else Agreement.MISSING


def _birth(known: Approx | None) -> str:
    if known is None:
        return ""
    if known.precision is Precision.EXACT:
        return _day(known.earliest)
    first, last = known.earliest.year, known.latest.year
    return str(first) if first == last else _("entre %(first)s y %(last)s") % {"first": first, "last": last}


def _day(day: date | None) -> str:
    return date_format(day, "d/m/Y") if day else ""


def _document(fields: Fields) -> str:
    return f"{fields.doc_type} {fields.doc_number}".strip() if fields.doc_number else ""


def _references(fields: Fields) -> str:
    told = [each.partition(":") for each in sorted(fields.references)]
    return " · ".join(f"{_FILES.get(kind, kind)} {number}" for kind, _colon, number in told)


def _label(list_name: str, code: str, language: str) -> str:
    return pack().label(list_name, code, language) if code else ""
