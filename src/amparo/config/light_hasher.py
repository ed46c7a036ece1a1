"""A password hash for the demonstration, where the one password is printed on the screen and hides nothing."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightHasher(Argon2PasswordHasher):
    """Argon2 with little memory and one pass: making the demonstration's users takes no seconds."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1
