"""Writing many rows at once, without building a model object for each: the hot path of imports and projections.

With the ledger's triggers this is the only SQL of Amparo's own. Names of tables and columns come from the models,
values only ever as parameters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

# The values of these fields reach every driver as they are.
_PLAIN = (models.CharField, models.IntegerField, models.BooleanField, models.BinaryField)


def insert_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows into the model's table in its own database.

    ``columns`` are names of the model's fields; each row has one value per column, as Python holds it (a UUID, a
    date, a list for JSON). Defaults of other columns are the caller's business: name every column without a default
    in the database.
    """
    table = _Table(model, columns)
    marks = ", ".join(["%s"] * len(columns))
    table.run(f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})", table.prepared(rows))  # noqa: S608


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
        """Rows as the driver takes them. Only the columns that need it are looked at one by one."""
        adapters = [(place, adapt) for place, adapt in enumerate(self._adapters) if adapt is not None]
        found: list[Any] = []
        for row in rows:
            values = list(row)
            for place, adapt in adapters:
                value = values[place]
                if value is not None:
                    values[place] = adapt(value)
            found.append(values)
        return found

    def run(self, statement: str, rows: list[Any]) -> None:
        """Run a statement once for each row."""
        if rows:
            with self._connection.cursor() as cursor:
                cursor.executemany(statement, rows)


def _adapter(field: object, connection: object) -> Callable[[object], object] | None:
    """How a field turns a value that is not None into what the database's driver takes; None where it takes it as is.

    Django's own way asks the field and the database several questions for each value, which would be half the time of
    an import; for the plain kinds the answer is always the same, and days and moments come again and again.
    """
    column = cast("models.Field[object, object]", field)
    wrapper = cast(BaseDatabaseWrapper, connection)
    target = cast("models.Field[object, object]", cast(Any, column).target_field) if column.is_relation else column

    def adapt(value: object) -> object:
        return target.get_db_prep_save(value, wrapper)

    if isinstance(target, models.UUIDField) and not wrapper.features.has_native_uuid_field:
        return _hexadecimal
    if isinstance(target, models.DateField):
        return _remembered(adapt)
    if isinstance(target, models.JSONField) and target.encoder is None and wrapper.vendor == "sqlite":
        return _json_remembered()
    return None if isinstance(target, _PLAIN) else adapt


# Django makes an encoder of its own for every value; this one writes the same text.
_json_text = json.JSONEncoder().encode


def _json_remembered() -> Callable[[object], object]:
    """Writes values as JSON; flat objects of texts, such as the coded fields of events, come again and again."""
    known: dict[tuple[object, ...], str] = {}

    def write(value: object) -> object:
        if not isinstance(value, dict) or len(value) > 6 or not all(type(part) is str for part in value.values()):
            return _json_text(value)
        key = tuple(value.items())
        found = known.get(key)
        if found is None:
            found = known[key] = _json_text(value)
        return found

    return write


def _hexadecimal(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value


def _remembered(adapt: Callable[[object], object]) -> Callable[[object], object]:
    known: dict[object, object] = {}

    def look_up(value: object) -> object:
        found = known.get(value)
        if found is None:
            found = known[value] = adapt(value)
        return found

    return look_up
