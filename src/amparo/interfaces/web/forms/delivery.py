"""A file to hand in, and of which register it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.pack.layouts import Layout

MEGABYTE = 1024 * 1024
_TOO_LARGE = gettext_lazy(
    "El archivo pesa %(size)s MB y el máximo es %(limit)s MB. Entréguelo por partes, por ejemplo por año."
)


class DeliveryForm(forms.Form):
    """The choice of a source, made already where there is only one, and the file. Its name is never looked at."""

    source = forms.ChoiceField(label=gettext_lazy("¿Qué registro es?"))
    file = forms.FileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy("CSV, Excel (.xlsx) o JSON, según cómo lo exporte su sistema."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.json"}),
    )

    def __init__(self, *args: Any, layouts: Sequence[Layout], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        choices = [(layout.source, getattr(layout.title, language, layout.title.es)) for layout in layouts]
        field.choices = choices if len(choices) == 1 else [("", _("Elija un registro")), *choices]

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is larger than anybody's register."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.DELIVERY_MAX_BYTES:
            told = {"size": -(-(file.size or 0) // MEGABYTE), "limit": settings.DELIVERY_MAX_BYTES // MEGABYTE}
            raise forms.ValidationError(_TOO_LARGE % told)
        return file
