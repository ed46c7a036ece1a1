"""Why somebody opens a person in an emergency, and what somebody else says of it afterwards."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.rules.emergencies import LEAST_LETTERS, offered
from amparo.pack.current import pack


class EmergencyForm(forms.Form):
    """A reason out of the pack's list, the parts of her that are needed, and words of one's own; none has a default."""

    reason = forms.ChoiceField(label=_("¿Qué pasa?"))
    parts = forms.MultipleChoiceField(
        label=_("¿Qué necesita ver?"),
        help_text=_("Solo lo que sirva ahora. Siempre verá qué hitos hay y de quién son."),
        error_messages={"required": _("Marque qué necesita ver.")},
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Cuéntelo con sus palabras"),
        help_text=_("Qué ocurre, a quién ayuda verlo ahora y por qué no puede esperar. Lo leerá quien revise."),
        min_length=LEAST_LETTERS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, language: str, compartments: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["reason"], "motivo_emergencia", language)
        parts = self.fields["parts"]
        assert isinstance(parts, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        named = pack().codes["consentimiento_parte"].values()
        parts.choices = [(code.code, code.label(language)) for code in named if code.code in offered(compartments)]


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
