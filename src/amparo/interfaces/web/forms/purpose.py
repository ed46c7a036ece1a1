"""Why somebody asks to see names. There is no default, and the reasons are the pack's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.web.forms.emergency import offer


class PurposeForm(forms.Form):
    """One purpose out of a closed list."""

    purpose = forms.ChoiceField(label=_("¿Para qué necesita ver la identidad?"))
    LIST = "finalidad_acceso"

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["purpose"], self.LIST, language)


class ReviewForm(PurposeForm):
    """What a reviewer opens pairs for."""

    purpose = forms.ChoiceField(label=_("¿Para qué revisa los pares?"))
    LIST = "finalidad_revision"
