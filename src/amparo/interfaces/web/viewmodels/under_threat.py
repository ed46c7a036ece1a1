"""What the page about signing in under threat shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form


@dataclass(frozen=True, slots=True)
class ThreatPasswordPage:
    """The form, and whether there is such a password already."""

    form: Form
    has_one: bool
