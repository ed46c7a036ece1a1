"""Whom to keep away from a person, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.exclusions import Whom
from amparo.interfaces.web.forms.emergency import offer
from amparo.pack.current import pack


class ExclusionForm(forms.Form):
    """A user by the name she signs in with, or a kind of office of an institution, or one office."""

    username = forms.CharField(label=_("Usuario (si es una persona)"), max_length=80, required=False)
    unit = forms.ChoiceField(label=_("Tipo de dependencia (si son todas)"), required=False)
    office = forms.ChoiceField(label=_("Dependencia (si es una sola)"), required=False)
    reason = forms.ChoiceField(label=_("¿Por qué se aparta?"))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["reason"], "motivo_apartar", language)
        units = [
            (f"{institution}/{unit.code}", f"{pack().institutions[institution].acronym} · {unit.label(language)}")
            for unit in pack().units.values()
            for institution in unit.institutions
        ]
        offices = [(office.code, office.name) for office in pack().offices.values()]
        for name, choices in (("unit", units), ("office", offices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [("", "—"), *sorted(choices, key=lambda choice: choice[1])]

    def clean(self) -> dict[str, Any] | None:
        """Exactly one of the three says who."""
        cleaned = super().clean() or self.cleaned_data
        if sum(bool(cleaned.get(name)) for name in ("username", "unit", "office")) != 1:
            self.add_error(None, _("Elija a una persona, un tipo de dependencia o una dependencia: uno solo."))
        return cleaned

    def whom(self) -> Whom:
        """Who was chosen."""
        told = self.cleaned_data
        if told["username"]:
            return Whom(username=told["username"])
        if told["unit"]:
            institution, _slash, unit = told["unit"].partition("/")
            return Whom(institution=institution, unit=unit)
        office = pack().offices[told["office"]]
        return Whom(institution=office.institution, unit=office.unit, office=office.code)
