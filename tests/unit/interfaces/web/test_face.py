"""What every page keeps to: nothing inline, enough contrast, little weight, every sentence in both languages."""

from __future__ import annotations

import gzip
import re
from itertools import product
from pathlib import Path

import polib
import pytest
from django.template.loader import get_template

import amparo.interfaces.web

WEB = Path(amparo.interfaces.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static/web/css").glob("*.css"))
CATALOGUE = WEB / "locale/en/LC_MESSAGES/django.po"
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|hx-on|hx-vals=["']js:|javascript:|\|\s*safe\b|autoescape\s+off"""
)
MESSAGE = re.compile(r"""{%\s*translate\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_script_or_style_or_switches_escaping_off(path: Path) -> None:
    assert FORBIDDEN.search(path.read_text()) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles(path: Path) -> None:
    get_template(path.relative_to(WEB / "templates").as_posix())


def test_every_message_of_the_templates_has_its_english() -> None:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    used = {match["text"] for path in TEMPLATES for match in MESSAGE.finditer(path.read_text())}

    assert used - known == set()


def test_the_english_is_whole_and_its_compiled_form_is_the_same() -> None:
    source = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert [entry.msgid for entry in source if not entry.translated() or entry.fuzzy] == []
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in source} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled
    }


def test_a_translation_keeps_the_placeholders_of_its_source() -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    wrong = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        for english in (entry.msgstr, *entry.msgstr_plural.values())
        if english and names(english) not in (names(entry.msgid), names(entry.msgid_plural or entry.msgid))
    ]

    assert wrong == []


def test_all_styles_together_weigh_at_most_15_kilobytes_compressed() -> None:
    assert len(gzip.compress(b"".join(path.read_bytes() for path in SHEETS))) <= 15 * 1024


def test_the_fonts_weigh_at_most_60_kilobytes_and_carry_their_licence() -> None:
    fonts = WEB / "static/web/fonts"

    assert sum(path.stat().st_size for path in fonts.glob("*.woff2")) <= 60 * 1024
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text().upper()


def test_only_the_tokens_name_a_colour() -> None:
    named = {
        path.name: re.findall(r"#[0-9a-f]{3,8}\b", path.read_text())
        for path in SHEETS
        if path.name not in {"tokens.css", "print.css"}
    }

    assert {name: found for name, found in named.items() if found} == {}


GROUNDS = ("paper", "surface", "sunken")
PAIRS = [
    *((ink, ground, 7.0) for ink, ground in product(("ink", "ink-soft"), GROUNDS)),
    *(("ink", tint, 7.0) for tint in ("accent-tint", "due-tint", "late-tint", "focus")),
    *((ink, ground, 4.5) for ink, ground in product(("accent", "late", "due", "quiet"), GROUNDS)),
    ("accent", "accent-tint", 4.5),
    ("accent-deep", "accent-tint", 7.0),
    ("due", "due-tint", 4.5),
    ("late", "late-tint", 4.5),
    ("on-accent", "accent", 7.0),
    ("on-accent", "accent-deep", 7.0),
    ("surface", "late", 4.5),
    *(("line-strong", ground, 3.0) for ground in GROUNDS),
    ("focus", "accent-deep", 3.0),
]


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_the_palette_keeps_its_contrast(ink: str, ground: str, least: float) -> None:
    assert contrast(colour(ink), colour(ground)) >= least


def colour(name: str) -> tuple[float, float, float]:
    """A token's colour as linear light, after WCAG 2.2's definition of relative luminance."""
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", (WEB / "static/web/css/tokens.css").read_text())
    assert found, name
    red, green, blue = (int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    return linear(red), linear(green), linear(blue)


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
