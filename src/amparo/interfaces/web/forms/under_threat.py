"""A second password, for when somebody is forced to sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _password(label: Any) -> forms.CharField:
    told = {"autocomplete": "new-password"}
    return forms.CharField(label=label, max_length=200, strip=False, widget=forms.PasswordInput(attrs=told))


class ThreatPasswordForm(forms.Form):
    """Typed twice, and as good as any password."""

    password = _password(_("Contraseña para cuando le obliguen"))
    again = _password(_("Otra vez la misma"))

    def __init__(self, *args: Any, user: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        self._user = user

    def clean_password(self) -> str:
        """As good as the one she signs in with."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        told = dict(self.cleaned_data)
        if "password" in told and told.get("again") != told["password"]:
            raise ValidationError({"again": _("No es la misma. Escríbala otra vez.")})
        return told
