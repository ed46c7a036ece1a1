"""The answer to a pair of records: its reason out of a closed list, and words of one's own, which are sealed."""

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
    "kin": _("Son de una misma familia, no la misma persona"),
    "not_enough": _("Los datos no alcanzan para decidir"),
}


class JudgeForm(forms.Form):
    """One of three answers, which are buttons of the page, and why."""

    answer = forms.ChoiceField(label=_("Respuesta"), choices=[(answer.value, answer.value) for answer in Answer])
    reason = forms.ChoiceField(label=_("¿Por qué?"), choices=list(REASONS.items()))
    note = forms.CharField(
        label=_("En sus palabras"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sin nombres ni números de documento. Se guarda sellado."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = "records"


class ResolveForm(JudgeForm):
    """How a disagreement ends: one of two answers, and why."""

    answer = forms.ChoiceField(
        label=_("Respuesta"), choices=[(answer.value, answer.value) for answer in (Answer.SAME, Answer.NOT_SAME)]
    )
