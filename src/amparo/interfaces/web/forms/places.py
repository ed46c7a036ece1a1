"""Asking to read a sealed place, and writing one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.casework.rules.places import LEAST_LETTERS

_LONGEST = 2000
_QUIET = {"autocomplete": "off", "spellcheck": "false"}


class AskForm(forms.Form):
    """The code of the place, and why, in words of one's own."""

    code = forms.CharField(
        label=_("Código del lugar"),
        max_length=20,
        widget=forms.TextInput(attrs={**_QUIET, "autocapitalize": "characters"}),
    )
    words = forms.CharField(
        label=_("¿Para qué necesita saber dónde está?"),
        help_text=_("Lo leerá quien decida, de otra dependencia. Se guarda sellado."),
        min_length=LEAST_LETTERS,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={**_QUIET, "rows": 3}),
    )


class PlaceForm(forms.Form):
    """Where it is. ``place`` names one of the office's own to write anew, ``person`` the code of whose whereabouts."""

    place = forms.UUIDField(required=False, widget=forms.HiddenInput)
    where = forms.CharField(
        label=_("Dónde está"),
        help_text=_("Se guarda sellado, fuera del caso. El caso lleva solo un código."),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={**_QUIET, "rows": 3}),
    )
    person = forms.CharField(
        label=_("Código de la persona, si es su paradero"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={**_QUIET, "autocapitalize": "characters"}),
    )
