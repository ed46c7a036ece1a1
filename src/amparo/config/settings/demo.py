"""A demonstration on one's own machine: loopback only, keys and secrets made in the data folder at the first start."""

from __future__ import annotations

from amparo.config.secrets_file import secret
from amparo.config.settings.base import *  # noqa: F403
from amparo.config.settings.base import DATA

SECRET_KEY = secret(DATA, "django")
DEMO = True
PASSWORD_HASHERS = ["amparo.config.light_hasher.LightHasher"]
# Whoever tries the demonstration may add a second factor and need not. Passkeys work at http://localhost.
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
