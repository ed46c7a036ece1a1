"""Bait records among persons: left out wherever people are counted or worked for."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from amparo.casework.models import Membership
from amparo.vault import queries as vault


def people() -> QuerySet[Membership, UUID]:
    """The ids of persons who do not exist, as a condition for a query."""
    return Membership.objects.filter(record__in=vault.baits()).values_list("person", flat=True)
