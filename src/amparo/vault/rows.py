"""Writing many rows at once, without building a model object for each: the vault's hot path.

This is one of two places in Amparo with SQL of its own (the other is a migration's triggers). Names of tables and
columns come from the models, values only ever as parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connections, models


def insert_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows into the model's table in its own database; ``columns`` are names of the model's fields."""
    connection = connections["vault"]
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(column).column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_adapted(row, connection.vendor) for row in rows])


def _adapted(row: Sequence[object], vendor: str) -> tuple[object, ...]:
    """SQLite has no type for UUIDs: Django keeps them there as 32 hexadecimal digits."""
    if vendor == "sqlite":
        return tuple(value.hex if hasattr(value, "hex") and hasattr(value, "bytes") else value for value in row)
    return tuple(row)
