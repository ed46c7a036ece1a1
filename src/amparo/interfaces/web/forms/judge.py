"""The answer to a pair of records, with its reason out of a closed list: free text would hold names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.web.viewmodels.pairs import Answer

REASONS = {
    "records": _("Por lo que dicen los dos registros"),
    "document": _("Se vio el documento de identidad"),
    "file": _("Se revisó el expediente"),
    "institution": _("Lo confirmó una de las instituciones"),
    "person": _("Lo dijo la propia persona"),
    "not_enough": _("Los datos no alcanzan para decidir"),
}


class JudgeForm(forms.Form):
    """One of three answers, which are buttons of the page, and why."""

    answer = forms.ChoiceField(label=_("Respuesta"), choices=[(answer.value, answer.value) for answer in Answer])
    reason = forms.ChoiceField(label=_("¿Por qué?"), choices=list(REASONS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = "records"
