"""Settings for real use: secrets from the environment or from files, TLS in front, and no start with a default."""

from __future__ import annotations

import os

from amparo.config import environment, production_checks
from amparo.config.settings.base import *  # noqa: F403
from amparo.config.settings.base import DATABASES

production_checks.closed_files(os.environ)
SECRET_KEY = production_checks.secret_key(environment.required("AMPARO_SECRET_KEY"))
ALLOWED_HOSTS = production_checks.hosts(environment.required("AMPARO_HOSTS"))
production_checks.databases(
    DATABASES["default"], DATABASES["vault"], sqlite_allowed=environment.text("AMPARO_ALLOW_SQLITE") == "1"
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if not environment.text("AMPARO_KEY_PROVIDER"):
    environment.required("AMPARO_ROOT_KEY")
globals().update(environment.mail(environment.text("AMPARO_SMTP")))
DEFAULT_FROM_EMAIL = environment.text("AMPARO_MAIL_FROM", f"aviso@{ALLOWED_HOSTS[0]}")
DEMO = False
SECOND_FACTOR_REQUIRED = True

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
