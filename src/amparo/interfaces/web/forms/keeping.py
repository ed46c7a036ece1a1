"""Asking for an erasure, and ordering that something be kept: each for records of one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.casework.actions.erasing import ON_REQUEST, Wanted
from amparo.interfaces.web.forms.emergency import offer
from amparo.interfaces.web.presenters.keeping import LIFTED_FOR, REASONS
from amparo.interfaces.web.viewmodels.common import Choice

_LONGEST_ARTICLE = 120


class _ForRecords(forms.Form):
    """Which of her records are meant; the only one there is, is chosen already."""

    records = forms.MultipleChoiceField(label=_("¿Qué registros?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, records: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["records"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(each.query, each.label) for each in records]
        if len(records) == 1:
            field.initial = [records[0].query]

    def chosen(self) -> list[UUID]:
        """The records that were ticked."""
        return [UUID(each) for each in self.cleaned_data["records"]]


class ErasureForm(_ForRecords):
    """Why, by which article, and which request of hers it meets."""

    reason = forms.ChoiceField(label=_("¿Por qué se borra?"))
    request = forms.ChoiceField(
        label=_("¿Qué solicitud de ella se cumple?"),
        help_text=_("Solo si ella lo pidió."),
        required=False,
    )
    basis = forms.CharField(
        label=_("Norma que lo permite o lo exige"),
        help_text=_("Por ejemplo: Ley 29733, art. 20"),
        max_length=_LONGEST_ARTICLE,
    )
    field_order = ("records", "reason", "request", "basis")

    def __init__(self, *args: Any, language: str, requests: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["reason"], "motivo_borrado", language)
        field = self.fields["request"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("Ninguna")), *((each.query, each.label) for each in requests)]

    def wanted(self) -> Wanted:
        """What is asked for."""
        told = self.cleaned_data
        named = UUID(told["request"]) if told["request"] and told["reason"] == ON_REQUEST else None
        return Wanted(self.chosen(), told["reason"], told["basis"], named)


class HoldForm(_ForRecords):
    """Why it has to be kept, and by which article."""

    why = forms.ChoiceField(
        label=_("¿Por qué debe conservarse?"), choices=[("", _("Elija un motivo")), *REASONS.items()]
    )
    article = forms.CharField(
        label=_("Norma o resolución que lo ordena"),
        help_text=_("Por ejemplo: CPP, art. 220"),
        max_length=_LONGEST_ARTICLE,
    )


class HoldNumber(forms.Form):
    """Which hold is meant: numbers stand in no address."""

    hold = forms.IntegerField(min_value=1, max_value=2**62)

    def number(self) -> int:
        """The hold that is meant; 0, which none has, where it was not told."""
        return int(self.cleaned_data["hold"]) if self.is_valid() else 0


class LiftForm(forms.Form):
    """Why a hold ends."""

    why = forms.ChoiceField(choices=list(LIFTED_FOR.items()))
