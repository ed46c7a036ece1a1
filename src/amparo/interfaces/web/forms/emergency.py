"""Why somebody opens a person in an emergency, and what somebody else says of it afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.rules.emergencies import LEAST_LETTERS
from amparo.pack.current import pack


class EmergencyForm(forms.Form):
    """A reason out of the pack's list, and words of one's own; neither has a default."""

    reason = forms.ChoiceField(label=_("¿Qué pasa?"))
    words = forms.CharField(
        label=_("Cuéntelo con sus palabras"),
        help_text=_("Qué ocurre, a quién ayuda verlo ahora y por qué no puede esperar. Lo leerá quien revise."),
        min_length=LEAST_LETTERS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["reason"], "motivo_emergencia", language)


class ReviewForm(forms.Form):
    """Justified or not."""

    verdict = forms.ChoiceField(
        label=_("¿Estuvo justificado?"),
        choices=[
            ("", _("Elija una respuesta")),
            ("justified", _("Sí, estuvo justificado")),
            ("unjustified", _("No: se suspende su acceso de emergencia")),
        ],
    )


def offer(field: forms.Field, list_name: str, language: str) -> None:
    """Let a field be chosen out of a list of the pack, with nothing chosen beforehand."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    codes = pack().codes[list_name].values()
    field.choices = [("", _("Elija un motivo"))] + [(code.code, code.label(language)) for code in codes]
