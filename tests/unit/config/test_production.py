"""Real use: what it does not start with, and what every answer of it carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amparo.config import environment, production_checks

ROOT = Path(__file__).resolve().parents[3]
KEY = "Qm8_vT3xJf0LzR6wYb1Nc-4KpHs7EaUdGi2XoVt9MlBqZjWrSe5y"
POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql", "HOST": "db", "NAME": "cases", "PORT": "",
    "OPTIONS": {"sslmode": "verify-full"},
}  # fmt: skip
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "cases.sqlite3"}
# Prints the deployment warnings, and the headers of the page of signing in as the front server would ask for it.
LOOK = """
import json, django
from io import StringIO
django.setup()
from django.core import checks
from django.core.management import call_command
found = [str(each.id) for each in checks.run_checks(include_deployment_checks=True)]
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
from django.test import Client
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
def begins(request):
    request.session["begun"] = 1
    return HttpResponse()
from django.test import RequestFactory
session = SessionMiddleware(begins)(RequestFactory().get("/", secure=True))
answer = Client().get("/entrar/", secure=True, HTTP_HOST="amparo.example.pe")
cookies = {name: {key: str(value[key]) for key in ("secure", "httponly", "samesite", "path", "domain")}
           for name, value in [*answer.cookies.items(), *session.cookies.items()]}
other = Client().get("/entrar/", secure=True, HTTP_HOST="other.example.pe").status_code
plain = Client().get("/entrar/", HTTP_HOST="amparo.example.pe").status_code
print(json.dumps({"found": found, "status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies,
                  "other": other, "plain": plain}))
"""


def started(folder: Path, code: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Python under the settings of production, with an environment made up for it."""
    told = {
        "AMPARO_SECRET_KEY": KEY, "AMPARO_HOSTS": "amparo.example.pe", "AMPARO_ALLOW_SQLITE": "1",
        "AMPARO_ROOT_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "AMPARO_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "amparo.config.settings.production", "PYTHONPATH": str(ROOT / "src"),
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", code], env=told | changes, text=True, capture_output=True, check=False, cwd=folder
    )


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    folder = tmp_path_factory.mktemp("production")
    (folder / "static").mkdir()
    done = started(folder, LOOK)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_deployment_checks_find_nothing(production) -> None:
    assert production["found"] == []


def test_only_the_named_host_is_answered_and_only_over_tls(production) -> None:
    assert (production["status"], production["other"], production["plain"]) == (200, 400, 301)


def test_every_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts(production) -> None:
    assert {"__Host-csrf", "__Host-session"} <= production["cookies"].keys()
    for name, kept in production["cookies"].items():
        assert name.startswith("__Host-")
        assert (kept["secure"], kept["httponly"], kept["path"], kept["domain"]) == ("True", "True", "/", "")
        assert kept["samesite"] in ("Lax", "Strict")


def test_an_answer_says_what_browsers_must_not_do(production) -> None:
    headers = production["headers"]

    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_policy_of_content_allows_nothing_inline_and_nothing_evaluated(production) -> None:
    policy = production["headers"]["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "data:" not in policy


def test_it_does_not_start_with_a_placeholder_and_does_not_repeat_it(tmp_path: Path) -> None:
    refused = started(tmp_path, "import django; django.setup()", AMPARO_SECRET_KEY="changeme-changeme")

    assert refused.returncode != 0
    assert "AMPARO_SECRET_KEY" in refused.stderr
    assert "changeme-changeme" not in refused.stderr


@pytest.mark.parametrize("value", ["", KEY[:49], "x" * 60, "django-insecure-" + KEY, "CHANGEME" + KEY])
def test_a_key_that_could_be_guessed_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        production_checks.secret_key(value)


@pytest.mark.parametrize("value", ["*", "amparo.example.pe,*", "*.example.pe", "", " , "])
def test_a_host_that_means_any_host_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        production_checks.hosts(value)


def test_hosts_may_be_written_with_spaces() -> None:
    assert production_checks.hosts("a.pe, b.pe") == ["a.pe", "b.pe"]


def test_sqlite_has_to_be_allowed() -> None:
    other = SQLITE | {"NAME": "vault.sqlite3"}

    production_checks.databases(SQLITE, other, sqlite_allowed=True)
    with pytest.raises(ImproperlyConfigured):
        production_checks.databases(SQLITE, other, sqlite_allowed=False)


@pytest.mark.parametrize("vault", [POSTGRESQL, POSTGRESQL | {"PORT": "5432"}, POSTGRESQL | {"USER": "another"}])
def test_a_vault_beside_the_cases_is_refused(vault: Mapping[str, str]) -> None:
    production_checks.databases(POSTGRESQL, POSTGRESQL | {"NAME": "vault"}, sqlite_allowed=False)
    with pytest.raises(ImproperlyConfigured):
        production_checks.databases(POSTGRESQL, vault, sqlite_allowed=True)


@pytest.mark.parametrize("query", ["", "?sslmode=require", "?sslmode=disable", "?sslmode=prefer&sslrootcert=a.pem"])
def test_a_server_elsewhere_whose_certificate_is_not_checked_is_refused(query: str, tmp_path: Path) -> None:
    def named(name: str, where: str, told: str) -> Mapping[str, object]:
        return environment.database(f"postgresql://u:p@{where}/{name}{told}", sqlite_file=tmp_path / "x")

    checked = "?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    production_checks.databases(named("cases", "db", checked), named("vault", "db", checked), sqlite_allowed=False)
    production_checks.databases(named("cases", "127.0.0.1", ""), named("vault", "", "?host=/run"), sqlite_allowed=False)
    with pytest.raises(ImproperlyConfigured, match="sslmode=verify-full"):
        production_checks.databases(named("cases", "db", checked), named("vault", "db", query), sqlite_allowed=False)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "root.key"
    path.write_text("secret")
    path.chmod(0o600)
    production_checks.closed_files({"AMPARO_ROOT_KEY_FILE": str(path)})

    path.chmod(mode)

    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        production_checks.closed_files({"AMPARO_ROOT_KEY_FILE": str(path)})


def test_a_file_that_is_not_there_is_told_by_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_SECRET_KEY_FILE", str(tmp_path / "none"))

    with pytest.raises(ImproperlyConfigured, match="AMPARO_SECRET_KEY_FILE"):
        environment.text("AMPARO_SECRET_KEY")


@pytest.mark.parametrize(
    ("url", "port", "over_tls"),
    [
        ("smtps://amparo:se%40creto@mail.example.pe", 465, True),
        ("smtp://amparo:se%40creto@mail.example.pe", 587, False),
    ],
)
def test_mail_never_leaves_without_tls(url: str, port: int, over_tls: bool) -> None:
    found = environment.mail(url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.pe", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("amparo", "se@creto")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (over_tls, not over_tls)


def test_without_a_mail_server_it_is_the_one_of_this_machine_and_an_address_of_another_kind_is_refused() -> None:
    assert environment.mail("") == {}
    for wrong in ("mail.example.pe", "http://mail.example.pe", "smtp://"):
        with pytest.raises(ImproperlyConfigured, match="AMPARO_SMTP"):
            environment.mail(wrong)
