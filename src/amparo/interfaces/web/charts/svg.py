"""Elements of SVG, built as a tree so that whatever text comes in is escaped on its way out."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe


def picture(*, height: float, title: str, description: str = "", name: str = "") -> Element:
    """An empty picture that fills the width of its place; ``title`` and ``description`` are what a reader hears."""
    root = Element("svg", {"class": f"chart {name}".strip(), "width": "100%", "height": number(height), "role": "img"})
    SubElement(root, "title").text = title
    if description:
        SubElement(root, "desc").text = description
    return root


def decoration(*, height: float, name: str = "") -> Element:
    """An empty picture that says nothing which the text beside it does not say."""
    attributes = {"class": f"chart {name}".strip(), "width": "100%", "height": number(height)}
    return Element("svg", attributes | {"aria-hidden": "true", "focusable": "false"})


def add(parent: Element, tag: str, name: str = "", **attributes: float | str) -> Element:
    """Add an element of a class; numbers are written short, and ``x_1`` style names keep their underscore out."""
    written = {key.replace("_", "-"): _text(value) for key, value in attributes.items()}
    return SubElement(parent, tag, ({"class": name} if name else {}) | written)


def write(parent: Element, words: str, name: str = "", **attributes: float | str) -> Element:
    """Add a line of text."""
    element = add(parent, "text", name, **attributes)
    element.text = words
    return element


def markup(root: Element) -> SafeString:
    """The picture as markup. It is safe because the tree escapes every text and attribute."""
    return mark_safe(tostring(root, encoding="unicode"))  # noqa: S308


def percent(share: float) -> str:
    """A share of 1 as a percentage with two decimals at most: 0.5 becomes ``50%``."""
    return f"{number(100 * share)}%"


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def shares(values: Sequence[int]) -> list[tuple[float, float]]:
    """Start and width of each part of a bar, as shares of the whole; all zero where the whole is zero."""
    whole = sum(values)
    placed, start = [], 0.0
    for value in values:
        width = value / whole if whole else 0.0
        placed.append((start, width))
        start += width
    return placed


def _text(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)
