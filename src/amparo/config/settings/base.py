"""Settings that hold everywhere. What differs by use is in ``demo``, ``production`` and ``test``."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from amparo.config import environment

DATA = environment.data_folder()
WEB = Path(__file__).resolve().parents[2] / "interfaces" / "web"

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "amparo.ledger",
    "amparo.access",
    "amparo.vault",
    "amparo.registries",
    "amparo.casework",
    "amparo.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A page of a list is a tenth of its size when packed, which on a slow line is the difference between 2 and 20 s.
    # What an attacker could learn from sizes (BREACH) is blurred: Django pads at random and masks its token each time,
    # cookies are not sent along from other sites, and no page about a person repeats what its address says.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.interfaces.web.middleware.PrivacyMiddleware",
    "amparo.interfaces.web.middleware.PolicyMiddleware",
]

ROOT_URLCONF = "amparo.config.urls"
WSGI_APPLICATION = "amparo.config.wsgi.application"
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "amparo.interfaces.web.context.frame",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(environment.text("AMPARO_DATABASE"), sqlite_file=DATA / "cases.sqlite3"),
    "vault": environment.database(environment.text("AMPARO_VAULT_DATABASE"), sqlite_file=DATA / "vault.sqlite3"),
}
# The role that may read sealed places in the vault, where it is PostgreSQL; see vault.apart.
PLACES_ROLE = environment.text("AMPARO_PLACES_ROLE")
DATABASE_ROUTERS = ["amparo.config.routers.VaultRouter"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

# Signing in, second factors and sessions are django-allauth's; nobody signs up by herself, and there are no e-mails.
AUTHENTICATION_BACKENDS = ["amparo.interfaces.web.under_threat.Passwords"]
ACCOUNT_ADAPTER = "amparo.interfaces.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Five wrong answers about one name close it for a quarter of an hour, from whichever machine they come.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,20/m/ip"}
# Who wants to see a name or take data away shows again who she is, unless she did so less than ten minutes ago.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "amparo.interfaces.web.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Amparo"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Failed attempts are counted in the database, which all workers share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = ["amparo.config.formats"]
TIME_ZONE = "America/Lima"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 15 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "amparo.interfaces.web.views.errors.stale_form"
# Nothing is told to other sites. Our own must see where a form comes from: under "no-referrer" browsers send forms with
# the origin "null", which the protection against forged forms refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# A file that somebody sends never lies on the disk under a name before it is sealed, and of one above 50 MB nothing
# is kept.
FILE_UPLOAD_HANDLERS = ["amparo.interfaces.web.uploading.NamelessUpload"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DELIVERY_MAX_BYTES = 50 * 1024 * 1024

# Log lines carry codes and ids only; request lines are left to the front server, which logs no query strings. Of a
# fault the way is told and not the words; an address that does not exist is not told, because anything may be typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "amparo.config.log_lines.PlainLines",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
