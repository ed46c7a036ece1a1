"""What the officer for data protection writes down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.actions import guards
from amparo.access.changes import Change
from amparo.casework.actions.desk import Happened
from amparo.interfaces.web.forms.emergency import offer
from amparo.interfaces.web.forms.event import DayInput
from amparo.pack.current import pack


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class IncidentForm(forms.Form):
    """What happened, since when it is known, and whose access in which span it concerns."""

    kind = forms.ChoiceField(label=_("¿Qué pasó?"))
    known_at = _moment(_("¿Desde cuándo se sabe? Desde ahí corren las 48 horas"))
    began_at = _moment(_("¿Desde cuándo ocurría?"))
    ended_at = _moment(_("¿Hasta cuándo?"))
    username = forms.CharField(label=_("Usuario, si fue con el acceso de una persona"), max_length=80, required=False)
    office = forms.ChoiceField(label=_("Dependencia, si fue de toda una"), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["kind"], "incidente", language)
        office = self.fields["office"]
        assert isinstance(office, forms.ChoiceField)  # noqa: S101 - for the type checker
        office.choices = [("", "—"), *((each.code, each.name) for each in pack().offices.values())]

    def clean(self) -> dict[str, Any]:
        """Somebody's access is meant, or a whole office's."""
        told = super().clean() or self.cleaned_data
        if not told.get("username") and not told.get("office"):
            self.add_error("username", _("Diga de quién era el acceso, o de qué dependencia."))
        return told

    def happened(self) -> Happened:
        """What to write down."""
        told = self.cleaned_data
        office = pack().offices.get(told["office"])
        return Happened(
            told["kind"], told["known_at"], told["began_at"], told["ended_at"], told["username"],
            office.institution if office else "", told["office"],
        )  # fmt: skip


class RequestForm(forms.Form):
    """What a person asks for, who speaks, and the day on which it came."""

    code = forms.CharField(
        label=_("Código de la persona"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=_("¿Qué pide?"))
    asker = forms.ChoiceField(
        label=_("¿Quién lo pide?"),
        help_text=_("Si no es ella, pasa por revisión legal: quien la representa puede ser quien la explotó."),
    )
    received = forms.DateField(label=_("¿Qué día llegó?"))

    def __init__(self, *args: Any, language: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["asker"], "consentimiento_quien", language)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - for the type checker
        kind.choices = [("", _("Elija"))] + [(t.code, t.label(language)) for t in pack().rights.requests.values()]
        self.fields["received"].widget = DayInput(today)


class ChangeForm(forms.Form):
    """A role that people of the institution may have, one of its offices, and the last day of the access."""

    role = forms.ChoiceField(label=_("Función"))
    office = forms.ChoiceField(label=_("Dependencia"), required=False)
    ends_on = forms.DateField(
        label=_("Último día de su acceso"), required=False, help_text=_("Déjelo vacío si no tiene fecha de término.")
    )

    def __init__(self, *args: Any, language: str, institution: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, office = self.fields["role"], self.fields["office"]
        assert isinstance(role, forms.ChoiceField) and isinstance(office, forms.ChoiceField)  # noqa: S101, PT018
        kind = guards(self.initial["role"])
        of_hers = (each for each in pack().roles.values() if each.institution in ("*", institution))
        roles = (each for each in of_hers if guards(each.code) == kind)
        role.choices = [(each.code, each.label(language)) for each in roles]
        own = (each for each in pack().offices.values() if each.institution == institution)
        office.choices = [("", "—"), *((each.code, each.name) for each in own)]
        self.fields["ends_on"].widget = DayInput()

    def change(self) -> Change:
        """What she may do from now on."""
        return Change(self.cleaned_data["role"], self.cleaned_data["office"], self.cleaned_data["ends_on"])
