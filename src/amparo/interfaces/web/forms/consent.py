"""What a person decides about her data, in the order in which one asks her."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.casework.actions.consenting import Decided
from amparo.interfaces.web.forms.event import DayInput
from amparo.pack.current import pack

_DECISION = [("yes", _("Sí, lo permite")), ("no", _("No lo permite"))]


class ConsentForm(forms.Form):
    """Nothing is chosen beforehand: silence is no consent."""

    decision = forms.ChoiceField(label=_("¿Qué decidió?"), choices=_DECISION, widget=forms.RadioSelect)
    units = forms.MultipleChoiceField(label=_("¿A quién?"), widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(label=_("¿Para qué?"))
    parts = forms.MultipleChoiceField(label=_("¿Qué pueden ver?"), required=False, widget=forms.CheckboxSelectMultiple)
    giver = forms.ChoiceField(
        label=_("¿Quién decidió?"),
        help_text=_("Si decidió su madre, padre u otro adulto, no vale hasta que la UPE o la fiscalía lo confirme."),
    )
    form = forms.ChoiceField(label=_("¿Cómo lo dijo?"))
    on = forms.DateField(label=_("¿Qué día?"))
    until = forms.DateField(
        label=_("¿Hasta cuándo?"), required=False, help_text=_("Ella puede retirarlo antes, cuando quiera.")
    )

    def __init__(self, *args: Any, language: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        terms = next(iter(pack().rights.consents.values()))
        named = sorted({unit for basis in pack().rights.bases.values() if basis.consent for unit in basis.units})
        others = [unit for units in terms.recipients.values() for unit in units]
        self._offer("units", "unidad", language, only=list(dict.fromkeys([*named, *others])))
        self._offer("purpose", "consentimiento_proposito", language)
        self._offer("parts", "consentimiento_parte", language)
        self._offer("giver", "consentimiento_quien", language)
        self._offer("form", "consentimiento_forma", language, only=terms.enough)
        self.fields["on"].widget = DayInput(today)
        self.fields["until"].widget = DayInput()

    def _offer(self, name: str, list_name: str, language: str, *, only: Any = None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        unsaid = {pack().manifest.not_informed, pack().manifest.not_applicable}
        codes = [pack().codes[list_name][code] for code in only or pack().codes[list_name] if code not in unsaid]
        first = [] if isinstance(field, forms.MultipleChoiceField) else [("", _("Elija"))]
        field.choices = [*first, *((code.code, code.label(language)) for code in codes)]

    def clean(self) -> dict[str, Any]:
        """A consent says which parts; a term that is over, or a day to come, is a slip."""
        told = super().clean() or self.cleaned_data
        if told.get("decision") == "yes" and not told.get("parts"):
            self.add_error("parts", _("Marque al menos una parte."))
        if told.get("on") and told["on"] > self._today:
            self.add_error("on", _("La fecha todavía no llega."))
        if told.get("on") and told.get("until") and told["until"] < told["on"]:
            self.add_error("until", _("El plazo termina antes de empezar. Revise las dos fechas."))
        return told

    def decided(self) -> Decided:
        """What to write down."""
        told = self.cleaned_data
        return Decided(
            told["purpose"], told["units"], told["parts"], told["form"], told["giver"], told["on"], told["until"],
            refuses=told["decision"] == "no",
        )  # fmt: skip
