"""A statement that is built and planned once and run often: for many, either takes longer than running it."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any
from weakref import WeakSet

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs  # type: ignore[import-untyped]

SQL = tuple[str, Sequence[Any]]


class Blank(Expression):
    """Stands among the parameters of a statement for a value that each run gives by this name."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Prepared:
    """`build` gives the SQL and its parameters, with a Blank wherever runs differ.

    Each database connection prepares it under this name before its first run.
    """

    def __init__(self, name: str, build: Callable[[], SQL]) -> None:
        self.name, self.build = name, build
        self.prepared_on: WeakSet = WeakSet()

    @cached_property
    def statement(self) -> SQL:
        return self.build()

    @cached_property
    def blanks(self) -> list[Blank]:
        return [one for one in self.statement[1] if isinstance(one, Blank)]

    def run(self, **values: Any) -> int:
        """The number of rows found or changed."""
        with connection.cursor() as cursor:
            self._execute(cursor, values)
            return int(cursor.rowcount)

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            self._execute(cursor, values)
            return list(cursor.fetchall())

    def _execute(self, cursor: Any, values: dict[str, Any]) -> None:
        if connection.connection not in self.prepared_on:
            self._prepare()
        places = ", ".join(["%s"] * len(self.blanks))
        cursor.execute(f"EXECUTE {self.name} ({places})", [values[blank.name] for blank in self.blanks])

    def _prepare(self) -> None:
        sql, parameters = self.statement
        numbered = {blank: AsIs(f"${number}") for number, blank in enumerate(self.blanks, 1)}
        # By psycopg2 itself, so that the queries of a page are the same whether or not it is the first one.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {self.name} AS {sql}", [numbered.get(one, one) for one in parameters])
        self.prepared_on.add(connection.connection)


def update(name: str, rows: QuerySet, **changes: Any) -> Prepared:
    """`rows.update(**changes)`."""
    return Prepared(name, partial(_update, rows, changes))


def _update(rows: QuerySet, changes: dict[str, Any]) -> SQL:
    query = rows.query.chain(UpdateQuery)
    query.add_update_values(changes)  # type: ignore[attr-defined]  # chain() says Query
    sql, parameters = query.get_compiler(connection=connection).as_sql()
    return sql, list(parameters)
