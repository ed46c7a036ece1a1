"""Erasing records, and showing at once that they are: what is kept in lists came from what was sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.casework.actions import rebuild
from amparo.registries.actions import erasing, retaining
from amparo.registries.actions.retaining import Retained
from amparo.vault.erasure import Erasure


def erase(*, actor: Actor, records: Collection[UUID], basis: str, at: datetime) -> Erasure:
    """Erase records (see :func:`amparo.registries.actions.erasing.erase`) and project their persons anew."""
    done = erasing.erase(actor=actor, records=records, basis=basis, at=at)
    rebuild.around(touched=records, at=at)
    return done


def keep_to_terms(*, actor: Actor, at: datetime, rule: str = "") -> Retained:
    """Finish erasures that were ordered, destroy what is due (see :func:`retaining.run`) and project anew."""
    erasing.complete_all(at=at)
    done = retaining.run(actor=actor, at=at, rule=rule)
    if done.records:
        rebuild.around(touched=done.records, at=at)
    return done
