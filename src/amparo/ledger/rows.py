"""Writing many rows at once, without building a model object for each: the hot path of imports and projections.

It stands in the lowest room that has tables. Names of tables and columns come from the models, values only ever as
parameters. Beside it there is SQL of Amparo's own only for locks, roles, rights, triggers and whole databases; a test
knows each module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

# The values of these fields reach every driver as they are.
_PLAIN = (models.CharField, models.IntegerField, models.BooleanField, models.BinaryField)


class JsonText(str):
    """A value of a JSON column that is written as JSON already."""

    __slots__ = ()


def insert_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows into the model's table in its own database.

    ``columns`` are names of the model's fields; each row has one value per column, as Python holds it (a UUID, a
    date, a list for JSON). Defaults of other columns are the caller's business: name every column without a default
    in the database.
    """
    table = _Table(model, columns)
    table.take(table.prepared(rows))


def update_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Overwrite rows of the model's table; the last of ``columns`` is the primary key that finds each row."""
    table = _Table(model, columns)
    *others, key = table.columns
    changes = ", ".join(f"{name} = %s" for name in others)
    table.run(f"UPDATE {table.name} SET {changes} WHERE {key} = %s", table.prepared(rows))  # noqa: S608


def delete_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Delete the rows of the model's table that have these values in these columns, which should be its key."""
    table = _Table(model, columns)
    found = " AND ".join(f"{name} = %s" for name in table.columns)
    table.run(f"DELETE FROM {table.name} WHERE {found}", table.prepared(rows))  # noqa: S608


class _Table:
    """A model's table with some of its columns: their quoted names and how values become the driver's."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self._connection = connections[router.db_for_write(model) or "default"]
        quote = self._connection.ops.quote_name
        fields = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in columns]
        self.name = quote(model._meta.db_table)
        self.columns = [quote(str(field.column)) for field in fields]
        self._adapters = [_adapter(field, self._connection) for field in fields]

    def prepared(self, rows: Iterable[Sequence[object]]) -> list[Any]:
        """Rows as the driver takes them. A column that needs it is looked at value by value, the others not at all."""
        columns: list[Iterable[object]] = list(zip(*rows, strict=True))
        for place, adapt in enumerate(self._adapters):
            if adapt is not None and columns:
                columns[place] = adapt(columns[place])
        return list(zip(*columns, strict=True))

    def take(self, rows: list[Any]) -> None:
        """Insert rows; PostgreSQL copies them in one stream instead of being asked for each."""
        names = f"{self.name} ({', '.join(self.columns)})"
        if self._connection.vendor != "postgresql":
            marks = ", ".join(["%s"] * len(self.columns))
            self.run(f"INSERT INTO {names} VALUES ({marks})", rows)  # noqa: S608
        elif rows:
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {names} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def run(self, statement: str, rows: list[Any]) -> None:
        """Run a statement once for each row."""
        if rows:
            with self._connection.cursor() as cursor:
                cursor.executemany(statement, rows)


def _adapter(field: object, connection: object) -> Callable[[Iterable[object]], Iterable[object]] | None:
    """How a column of a field's values becomes what the database's driver takes; None where it takes it as it is.

    Django's own way asks the field and the database several questions for each value, which would be half the time of
    an import; for the plain kinds the answer is always the same, and all other values come again and again.
    """
    column = cast("models.Field[object, object]", field)
    wrapper = cast(BaseDatabaseWrapper, connection)
    target = cast("models.Field[object, object]", cast(Any, column).target_field) if column.is_relation else column

    def adapt(value: object) -> object:
        return target.get_db_prep_save(value, wrapper)

    if isinstance(target, models.JSONField):
        return partial(_as_json, _json_text if wrapper.vendor == "sqlite" and target.encoder is None else adapt)
    if isinstance(target, models.UUIDField) and not wrapper.features.has_native_uuid_field:
        return _hexadecimal
    return None if isinstance(target, _PLAIN) else partial(_each_once, adapt)


# Django makes an encoder of its own for every value; this one writes the same text.
_json_text = json.JSONEncoder().encode


def _as_json(write: Callable[[object], object], values: Iterable[object]) -> list[object]:
    """Values as JSON; what is JSON already stays the text it is, which every driver takes for a JSON column."""
    return [value if value is None or type(value) is JsonText else write(value) for value in values]


def _each_once(adapt: Callable[[object], object], values: Iterable[object]) -> Iterable[object]:
    """Adapt every different value once; None stands for nothing everywhere."""
    several = list(values)
    known = {value: adapt(value) for value in set(several) if value is not None}
    return map(known.get, several)


def _hexadecimal(values: Iterable[object]) -> list[object]:
    """Ids as text. One that follows itself, as a delivery's does in all of its rows, is written once."""
    found: list[object] = []
    last: object = None
    text: object = None
    for value in values:
        if value is not last:
            last, text = value, value.hex if type(value) is UUID else value
        found.append(text)
    return found
