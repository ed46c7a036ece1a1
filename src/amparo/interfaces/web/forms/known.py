"""What somebody knows of a person before she opens a record on her, each thing in a box of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from amparo.casework.rules.knowing import Told
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.event import FormWithPlaces, day_field, place_field
from amparo.interfaces.web.forms.search import QUIET
from amparo.pack.current import pack

_LONGEST = 120
_PARTS = tuple(part.name for part in fields(Told))


class KnownForm(FormWithPlaces):
    """Names, birth, document and what else there is; only the purpose must be told, which is the pack's."""

    def __init__(self, *args: Any, departments: Iterable[str], today: date, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._language = language
        # The kinds whose numbers have a form; the rest of the list says that there is none, or that nobody knows.
        valid = [each for each in pack().codes["documento"].valid_on(today) if each.maps.get("pattern")]
        kinds = [(each.code, each.label(language)) for each in valid]
        sexes = [(code, pack().label("sexo", code, language)) for code in ("F", "M")]
        purposes = [(each.code, each.label(language)) for each in pack().codes["finalidad_acceso"].values()]
        born = _("La fecha, el año o la edad: 12/03/2006, 2006 o 17 años.")
        self.fields |= {
            "given": _words(_("Nombres")),
            "surnames": _words(_("Apellidos"), _("Uno o los dos. No importan las tildes.")),
            "birth": _words(_("Nacimiento"), born),
            "sex": _choice(_("Sexo"), [("", _("No se sabe")), *sexes]),
            "document_kind": _choice(_("Documento"), [("", _("No se sabe")), *kinds]),
            "document": _words(_("Número de documento")),
            "alias": _words(_("Apodo")),
            "reference": _words(_("Número de carpeta, denuncia o ficha")),
            "origin": place_field(_("¿De qué distrito viene?"), departments),
            "event_on": day_field(_("¿Cuándo fue el rescate o el hecho?"), required=False, latest=today),
            "event_place": place_field(_("¿En qué distrito fue?"), departments),
            "purpose": _choice(_("¿Para qué pregunta?"), [("", _("Elija un motivo")), *purposes], required=True),
        }

    def told(self) -> Told:
        """What was told, for the room that compares it."""
        return Told(**{name: self.cleaned_data[name] for name in _PARTS if self.cleaned_data.get(name)})

    def point_out(self, problems: Mapping[str, str]) -> None:
        """Say at each box why what stands in it cannot be read."""
        for name, code in problems.items():
            self.add_error(name, sentences.of_code(code, {}, self._language))


def _words(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=_LONGEST, widget=forms.TextInput(attrs=QUIET)
    )


def _choice(label: str, choices: list[tuple[str, str]], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, choices=choices)
