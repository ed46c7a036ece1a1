"""People who sign in. What they may do comes from their role, which the country pack defines."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Users(BaseUserManager["User"]):
    """Finds users by the name they sign in with."""


class User(AbstractBaseUser):
    """One person who signs in, with one role in one office of one institution."""

    classification: ClassVar = {
        "id": "internal", "username": "personal", "display_name": "personal", "institution": "internal",
        "office": "internal", "role": "internal", "language": "internal", "is_active": "internal",
        "password": "sealed", "last_login": "internal", "created_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    institution = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="es")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = Users()

    def __str__(self) -> str:
        return self.username
