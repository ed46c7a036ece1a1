"""Why somebody asks to see a name. There is no default, and the reasons are the pack's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.pack.current import pack


class PurposeForm(forms.Form):
    """One purpose out of a closed list."""

    purpose = forms.ChoiceField(label=_("¿Para qué necesita ver la identidad?"))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        codes = pack().codes["finalidad_acceso"].values()
        field.choices = [("", _("Elija un motivo"))] + [(code.code, code.label(language)) for code in codes]
