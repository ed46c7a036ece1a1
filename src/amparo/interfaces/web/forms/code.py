"""The code by which a person, or a record of hers, is known outside of the system."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """One code, as it stands on a printed page."""

    code = forms.CharField(
        label=_("Código de la persona"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
