"""What holds for every page: who may open it is declared, and nothing in it runs that the policy of content forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from amparo.access.policy import PUBLIC, SIGNED_IN, policy_of
from amparo.pack.current import pack
from tests.architecture.tree import SRC, files, named

WEB = SRC / "interfaces" / "web"
TEMPLATES = [path for path in files() if path.suffix in (".html", ".svg", ".txt") and "templates" in path.parts]
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
FORBIDDEN = {
    "marks text as safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)|javascript:"),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']|\shx-on\b|\shx-vals\s*=\s*[\"']js:"),
    "something from elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"']\s*(?:https?:)?//"),
}
TRANSLATED = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')|\b_\(\s*"((?:[^"\\]|\\.)+)"\s*\)""")


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


def test_every_page_says_who_may_open_it() -> None:
    declared = {address: policy_of(pattern.callback) for address, pattern in patterns()}

    assert [address for address, needed in declared.items() if needed is None] == []


def test_every_policy_is_a_capability_that_some_role_has() -> None:
    known = {capability for role in pack().roles.values() for capability in role.capabilities} | {PUBLIC, SIGNED_IN}

    unknown = {
        address: policy_of(entry.callback) for address, entry in patterns() if policy_of(entry.callback) not in known
    }

    assert unknown == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_nothing_that_could_run_or_load_from_elsewhere(path: Path) -> None:
    text = re.sub(r"(?s){#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(encoding="utf-8"))

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_every_sentence_of_the_pages_has_its_english() -> None:
    catalogue = polib.pofile(str(CATALOGUE))

    missing = [entry.msgid for entry in catalogue if not entry.obsolete and (not entry.translated() or entry.fuzzy)]

    assert missing == []


def test_every_sentence_that_pages_show_is_in_the_catalogue() -> None:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    sources = [*TEMPLATES, *(path for path in files() if path.suffix == ".py" and path.is_relative_to(WEB))]

    unknown = [
        f"{named(path)}: {sentence}"
        for path in sources
        for found in TRANSLATED.findall(path.read_text(encoding="utf-8"))
        if (sentence := next(filter(None, found)).replace('\\"', '"')) not in known
    ]

    assert unknown == []


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    text = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(CATALOGUE)).translated_entries()}
    compiled = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}

    assert compiled == text


def test_english_keeps_the_placeholders_of_the_spanish() -> None:
    holes = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")

    wrong = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete
        and entry.msgstr
        and sorted(holes.findall(entry.msgid)) != sorted(holes.findall(entry.msgstr))
    ]

    assert wrong == []
