"""Settings for real use: secrets from the environment or from files, TLS in front, and no start with a default."""

from __future__ import annotations

from amparo.config import environment
from amparo.config.settings.base import *  # noqa: F403

SECRET_KEY = environment.required("AMPARO_SECRET_KEY")
ALLOWED_HOSTS = environment.required("AMPARO_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if not environment.text("AMPARO_KEY_PROVIDER"):
    environment.required("AMPARO_ROOT_KEY")
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
