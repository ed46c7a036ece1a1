"""JSON documents: their rows one at a time, flattened to columns with dotted names."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

import ijson

from amparo.kernel.errors import Invalid
from amparo.registries.readers import text
from amparo.registries.readers.limits import Limits

# Several plain values in one place become one text, cut by this sign.
JOIN = " | "
Flat = dict[str, "str | list[dict[str, str]]"]
_STARTS: dict[str, type[dict[str, Any] | list[Any]]] = {"start_map": dict, "start_array": list}
_ENDS = frozenset({"end_map", "end_array"})


def rows(file: BinaryIO, encoding: text.Encoding, path: str, limits: Limits) -> Iterator[Any]:
    """The objects of the list at ``path``, such as ``fichas``, or of the document itself where ``path`` is empty.

    A document that breaks off is refused (``file.truncated``), one that nests too deeply too (``file.hostile``).
    """
    stream = _as_utf8(file, encoding)
    prefix = f"{path}.item" if path else "item"
    try:
        yield from _items(stream, prefix, limits)
    except (ijson.JSONError, ValueError) as error:
        raise Invalid("file.truncated") from error


def _items(stream: Any, prefix: str, limits: Limits) -> Iterator[Any]:
    """Build each object from the parser's events, so that depth is counted before anything is built."""
    key = ""
    # What is open, from the document to the innermost; nothing stands for what is around the objects.
    opened: list[Any] = []
    for place, event, value in ijson.parse(stream, use_float=True):
        if event == "map_key":
            key = value
        elif event in _STARTS:
            found = _STARTS[event]()
            is_inside = _put(opened, key, found)
            opened.append(found if is_inside or place == prefix else None)
            if len(opened) > limits.depth:
                raise Invalid("file.hostile")
        elif event in _ENDS:
            found = opened.pop()
            if place == prefix:
                yield found
        else:
            _put(opened, key, value)
            if place == prefix:
                yield value


def _put(opened: list[Any], key: str, found: Any) -> bool:
    """Put a value into what is open around it; says whether that is inside an object that is built."""
    around = opened[-1] if opened else None
    if isinstance(around, dict):
        around[key] = found
    elif around is not None:
        around.append(found)
    return around is not None


def has_list(file: BinaryIO, encoding: text.Encoding, path: str) -> bool:
    """Whether the document has a list at ``path``, be it empty."""
    try:
        events = ijson.parse(_as_utf8(file, encoding))
        return any(place == path and event == "start_array" for place, event, _ in events)
    except (ijson.JSONError, ValueError):
        return False


def names_inside(file: BinaryIO, encoding: text.Encoding, limits: Limits) -> list[str]:
    """The names of columns of the first object of any list in the document, for saying whose document it is.

    A list inside it is named both ways, since it is not known which layout would keep it as one.
    """
    try:
        first = _first_object(_as_utf8(file, encoding), limits)
    except (ijson.JSONError, ValueError):
        return []
    if not isinstance(first, dict):
        return []
    lists = frozenset(place for place, value in _places("", first) if isinstance(value, list))
    return [*flatten(first, lists, limits), *flatten(first, frozenset(), limits)]


def _first_object(stream: Any, limits: Limits) -> Any:
    builder: ijson.ObjectBuilder | None = None
    start = ""
    depth = 0
    for place, event, value in ijson.parse(stream, use_float=True):
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        if depth > limits.depth:
            raise Invalid("file.hostile")
        if builder is None and event == "start_map" and place.endswith("item"):
            builder, start = ijson.ObjectBuilder(), place
        if builder is not None:
            builder.event(event, value)
            if place == start and event == "end_map":
                return builder.value
    return None


def _places(prefix: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every dotted name inside an object with its value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(f"{prefix}.{key}" if prefix else str(key), inner)
    else:
        yield prefix, value


def _as_utf8(file: BinaryIO, encoding: text.Encoding) -> Any:
    """The parser reads UTF-8 without a mark; other encodings are turned into it on the way."""
    file.seek(0)
    if encoding.name == "utf-8":
        return file
    if encoding.name == "utf-8-sig":
        file.seek(len(codecs.BOM_UTF8))
        return file
    return codecs.EncodedFile(file, "utf-8", encoding.name)


def flatten(item: dict[str, Any], lists: frozenset[str], limits: Limits) -> Flat:
    """An object as columns: ``{"a": {"b": 1}}`` is ``a.b``; a list named in ``lists`` stays one, of flat items.

    The items of a list ``x`` have columns ``x[].y``, or ``x[]`` where they are plain values.
    """
    flat: Flat = {}
    _flatten_into(flat, "", item, lists, limits)
    return flat


def _flatten_into(flat: Flat, prefix: str, item: dict[str, Any], lists: frozenset[str], limits: Limits) -> None:
    for key, inner in item.items():
        name = _name(prefix, key)
        if isinstance(inner, dict):
            _flatten_into(flat, name, inner, lists, limits)
        elif not isinstance(inner, list):
            flat[name] = plain(inner, limits)
        elif name in lists:
            flat[f"{name}[]"] = [_item(name, one, limits) for one in inner]
        else:
            flat[name] = _joined(inner, limits)


@lru_cache(maxsize=4096)
def _name(prefix: str, key: str) -> str:
    """The dotted name of a column."""
    name = text.whole(key)
    return f"{prefix}.{name}" if prefix else name


def _item(prefix: str, item: Any, limits: Limits) -> dict[str, str]:
    """One item of a repeated list; a list inside it is joined."""
    if not isinstance(item, dict):
        return {f"{prefix}[]": plain(item, limits)}
    inner: Flat = {}
    _flatten_into(inner, f"{prefix}[]", item, frozenset(), limits)
    return {name: value for name, value in inner.items() if isinstance(value, str)}


def _joined(values: list[Any], limits: Limits) -> str:
    if any(isinstance(value, (dict, list)) for value in values):
        return text.whole(json.dumps(values, ensure_ascii=False, default=str))[: limits.cell]
    return JOIN.join(plain(value, limits) for value in values)


def plain(value: Any, limits: Limits) -> str:
    """A single value as text: nothing for null, 1 and 0 for true and false, whole numbers without decimals."""
    if isinstance(value, str):
        return text.whole(value)[: limits.cell]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[: limits.cell]
