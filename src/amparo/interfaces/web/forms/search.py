"""What somebody knows of the person she is looking for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.pack.current import pack

# Browsers must neither remember nor correct what is typed here: it is somebody's name.
QUIET = {"autocomplete": "off", "autocapitalize": "words", "autocorrect": "off", "spellcheck": "false"}
EXTRA = ("document", "birth", "reference", "sex")


class SearchForm(forms.Form):
    """One box for anything, a purpose out of the pack's list, and fields for whoever knows more."""

    text = forms.CharField(
        label=_("Nombres, apellidos, apodo o documento"),
        help_text=_("Por ejemplo: quispe maría 2006, o 71234567."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={**QUIET, "type": "search"}),
    )
    purpose = forms.ChoiceField(label=_("¿Para qué la busca?"))
    document = forms.CharField(
        label=_("Número de documento"), max_length=40, required=False, widget=forms.TextInput(attrs=QUIET)
    )
    birth = forms.CharField(
        label=_("Nacimiento"),
        help_text=_("El año, la fecha completa o la edad: 2006, 12/03/2006 o 17 años."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=QUIET),
    )
    reference = forms.CharField(
        label=_("Número de carpeta, denuncia o ficha"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=QUIET),
    )
    sex = forms.ChoiceField(label=_("Sexo"), required=False)

    def __init__(self, *args: Any, language: str, only_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not only_known:
            self.fields["text"].help_text = _(
                "Por ejemplo: quispe maría 2006, o 71234567. Con una sola palabra, o un apodo, se busca solo entre las "
                "personas que usted ya puede ver."
            )
        purposes = [(code.code, code.label(language)) for code in pack().codes["finalidad_acceso"].values()]
        sexes = [(code, pack().label("sexo", code, language)) for code in ("F", "M")]
        self._offer("purpose", [("", _("Elija un motivo")), *purposes])
        self._offer("sex", [("", _("No se sabe")), *sexes])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any] | None:
        """Ask for something to look for."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("text", "document", "reference")):
            self.add_error("text", _("Escriba al menos un nombre, un documento o un número de expediente."))
        return cleaned

    def extra(self) -> dict[str, str]:
        """What was typed beside the one box."""
        return {name: str(self.cleaned_data.get(name, "")) for name in EXTRA}
