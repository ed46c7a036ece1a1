"""A form for any type of event, built from its definition in the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.casework.actions.noting import Told
from amparo.pack.current import pack
from amparo.pack.definitions import EventField, EventType

_LONGEST_TEXT = 200
_LONGEST_NARRATIVE = 4000
_MOST_HOMONYMS = 40


class PlaceInput(forms.TextInput):
    """A box for the name of a district, with those that are near at hand as suggestions."""

    suggestions: tuple[str, ...] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The box and its list of suggestions."""
        known = {**(attrs or {}), "list": f"{name}-lugares", "autocomplete": "off"}
        options = format_html_join("", '<option value="{}">', ((each,) for each in self.suggestions))
        box = super().render(name, value, known, renderer)
        return format_html('{}<datalist id="{}-lugares">{}</datalist>', box, name, options)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, latest: date | None = None) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"max": latest.isoformat()} if latest else {})


class FormWithPlaces(forms.Form):
    """A form some of whose boxes are for the names of districts."""

    def clean(self) -> dict[str, Any]:
        """Find the district that each place means; where several have the name, offer them."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in list(self.fields.items()):
            if isinstance(field.widget, PlaceInput) and cleaned.get(name):
                cleaned[name] = self._settled(name, str(cleaned[name]))
        return cleaned

    def _settled(self, name: str, typed: str) -> str:
        found = places_named(typed)
        if len(found) == 1:
            return found[0][0]
        if not found:
            self.add_error(name, _("No hay un distrito con ese nombre. Escríbalo como está en el mapa."))
            return ""
        label, required = self.fields[name].label, self.fields[name].required
        options = [("", _("Elija")), *found[:_MOST_HOMONYMS]]
        self.fields[name] = forms.ChoiceField(label=label, required=required, choices=options)
        self.add_error(name, _("Hay varios distritos con ese nombre. Elija cuál."))
        return ""


class EventForm(FormWithPlaces):
    """The day, the place and the fields of one type of event that the actor's role may read.

    A field of the pack comes under ``d_`` and its code, apart from those that every event has.
    ``correcting`` adds the choice of saying that the event never happened.
    """

    def __init__(
        self,
        *args: Any,
        definition: EventType,
        actor: Actor,
        today: date,
        language: str,
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._definition = definition
        self._language = language
        self.fields["happened_on"] = day_field(_("¿Cuándo pasó?"), required=True, latest=today)
        self.fields["place"] = place_field(_("¿Dónde? (distrito)"), actor.departments)
        for field in definition.fields:
            if field.required or str(field.compartment) in actor.compartments:
                self.fields[f"d_{field.code}"] = self._field(field, today, actor.departments)
        if "narrative" in actor.compartments:
            self.fields["narrative"] = _words()
        if correcting:
            self.fields["take_back"] = forms.BooleanField(
                label=_("Esto no ocurrió: retirar el hito"),
                help_text=_("Se conserva tal como se escribió y deja de contar."),
                required=False,
            )

    def _field(self, field: EventField, today: date, departments: Iterable[str]) -> forms.Field:
        label = field.label(self._language)
        if field.kind == "code":
            return self._choice(field, label, today)
        if field.kind == "date":
            return day_field(label, required=field.required)
        if field.kind == "number":
            low, high = field.minimum, field.maximum
            return forms.IntegerField(label=label, required=field.required, min_value=low or 0, max_value=high)
        if field.kind == "place":
            return place_field(label, departments, required=field.required)
        help_text = _("Se guarda sellado.")
        return forms.CharField(label=label, required=field.required, max_length=_LONGEST_TEXT, help_text=help_text)

    def _choice(self, field: EventField, label: str, today: date) -> forms.Field:
        codes = [(code.code, code.label(self._language)) for code in pack().codes[field.list].valid_on(today)]
        if field.multiple:
            return forms.MultipleChoiceField(
                label=label, required=field.required, choices=codes, widget=forms.CheckboxSelectMultiple
            )
        return forms.ChoiceField(label=label, required=field.required, choices=[("", _("Elija")), *codes])

    def told(self, kept: Mapping[str, str] | None = None) -> Told:
        """What was written, for the room that keeps it; ``kept`` are values of fields that the form does not show."""
        values: dict[str, object] = dict(kept or {})
        shown = [field.code for field in self._definition.fields if f"d_{field.code}" in self.fields]
        values |= {code: self.cleaned_data.get(f"d_{code}") for code in shown}
        return Told(
            type=self._definition.code,
            on=self.cleaned_data["happened_on"],
            place=self.cleaned_data.get("place", ""),
            data={code: _as_text(value) for code, value in values.items() if value not in (None, "", [])},
            narrative=self.cleaned_data.get("narrative", "").strip(),
        )


def initial_of(on: date, place: str, data: dict[str, str], narrative: str, definition: EventType) -> dict[str, Any]:
    """What a form for correcting an event begins with."""
    lists = {field.code for field in definition.fields if field.multiple}
    places = {field.code for field in definition.fields if field.kind == "place"}
    told: dict[str, Any] = {"happened_on": on, "place": pack().places.label(place) if place else ""}
    for code, value in data.items():
        label = pack().places.label(value) if code in places else value
        told[f"d_{code}"] = value.split(";") if code in lists else label
    return {**told, "narrative": narrative}


def places_named(typed: str) -> list[tuple[str, str]]:
    """Codes and full names of the places that a text may mean: a code, a name, or a name with its province."""
    known = pack().places
    if known.get(typed.strip()) is not None:
        return [(typed.strip(), known.label(typed.strip()))]
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    if not parts:
        return []
    department = parts[2] if len(parts) > 2 else ""
    found = [each for each in known.search(parts[0], department=department) if each.valid_to is None]
    if len(parts) > 1:
        wanted = known.search(parts[0], province=parts[1]) + known.search(parts[0], department=parts[1])
        found = [each for each in found if each in wanted]
    if found:
        return [(each.code, each.full_name) for each in found]
    return [(each.code, known.label(each.code)) for each in known.mentioned(typed)]


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return ";".join(str(each) for each in value) if isinstance(value, list) else str(value).strip()


def day_field(label: str, *, required: bool, latest: date | None = None) -> forms.DateField:
    """A box for a day."""
    return forms.DateField(
        label=label, required=required, widget=DayInput(latest), input_formats=["%Y-%m-%d", "%d/%m/%Y"]
    )


def place_field(label: str, departments: Iterable[str], *, required: bool = False) -> forms.CharField:
    """A box for the name of a district, with those of some departments near at hand."""
    wanted = set(departments)
    near = [each for each in pack().places.districts.values() if each.department_code in wanted and not each.valid_to]
    widget = PlaceInput()
    widget.suggestions = tuple(each.full_name for each in near)
    return forms.CharField(label=label, required=required, max_length=120, widget=widget)


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("En sus palabras"),
        help_text=_("Lo lee solo su dependencia. Se guarda sellado."),
        required=False,
        max_length=_LONGEST_NARRATIVE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
