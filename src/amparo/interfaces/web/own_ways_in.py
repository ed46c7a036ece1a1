"""What somebody changes of her own way in, and each wrong second step, is in the ledger; a change is there first.

django-allauth's tables and forms tell of it by signals. Where the entry cannot be written, nothing changes.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone

from amparo.access import actions
from amparo.access.actors import Actor
from amparo.access.queries import actor_of
from amparo.kernel.errors import Denied


def watch() -> None:
    """Have every change told to the ledger; for once, when the web door starts."""
    pre_save.connect(_added, sender=Authenticator, dispatch_uid="factor.add")
    pre_delete.connect(_removed, sender=Authenticator, dispatch_uid="factor.remove")
    authentication_failed.connect(_refused, dispatch_uid="factor.refused")


def password_changes(user: AbstractBaseUser) -> None:
    """Write down that somebody takes another password."""
    _write(user, "account.password")


def _added(instance: Authenticator, **_told: Any) -> None:
    # That one was used changes its row, too.
    if instance._state.adding:
        _write(instance.user, "factor.add", {"kind": str(instance.type)})


def _removed(instance: Authenticator, **_told: Any) -> None:
    _write(instance.user, "factor.remove", {"kind": str(instance.type)})


def _refused(user: AbstractBaseUser, **_told: Any) -> None:
    actions.record_sign_in(actor=_actor(user), at=timezone.now(), succeeded=False)


def _write(user: AbstractBaseUser, act: str, detail: dict[str, object] | None = None) -> None:
    actions.record_own_change(actor=_actor(user), act=act, at=timezone.now(), detail=detail or {})


def _actor(user: AbstractBaseUser) -> Actor:
    """Who it is, by name alone where her role is no longer one of the pack's."""
    try:
        return actor_of(user) if isinstance(user, get_user_model()) else Actor(name=user.get_username())
    except Denied:
        return Actor(name=user.get_username())
