"""Settings for the tests: SQLite unless ``AMPARO_TEST_DATABASE`` and ``AMPARO_TEST_VAULT_DATABASE`` name servers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from amparo.config import environment
from amparo.config.settings.base import *  # noqa: F403

DATA = Path(tempfile.mkdtemp(prefix="amparo-test-"))
STATIC_ROOT = DATA / "static"
# WhiteNoise warns where the folder is missing, and a warning is a failure here.
STATIC_ROOT.mkdir()
SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO = False
# Argon2 takes a third of a second by design, which would be most of the suite's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {
    "default": environment.database(environment.text("AMPARO_TEST_DATABASE"), sqlite_file=DATA / "cases.sqlite3"),
    "vault": environment.database(environment.text("AMPARO_TEST_VAULT_DATABASE"), sqlite_file=DATA / "vault.sqlite3"),
}
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
