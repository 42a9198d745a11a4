"""An update that is built and planned once and run often: for a busy loop, that takes longer than the update itself."""

from functools import cached_property
from typing import Any
from weakref import WeakSet

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs  # type: ignore[import-untyped]


class Blank(Expression):
    """Stands in a PreparedUpdate for a value that each run gives by this name."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class PreparedUpdate:
    """`rows.update(**changes)` with a Blank wherever runs differ. Each database connection prepares it once."""

    def __init__(self, name: str, rows: QuerySet, **changes: Any) -> None:
        self.name, self.rows, self.changes = name, rows, changes
        self.prepared_on: WeakSet = WeakSet()

    @cached_property
    def statement(self) -> tuple[str, list[Any]]:
        query = self.rows.query.chain(UpdateQuery)
        query.add_update_values(self.changes)  # type: ignore[attr-defined]  # chain() says Query
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return sql, list(parameters)

    @cached_property
    def blanks(self) -> list[Blank]:
        return [one for one in self.statement[1] if isinstance(one, Blank)]

    def run(self, **values: Any) -> int:
        """The number of rows changed."""
        with connection.cursor() as cursor:
            if connection.connection not in self.prepared_on:
                self.prepare(cursor)
            places = ", ".join(["%s"] * len(self.blanks))
            cursor.execute(f"EXECUTE {self.name} ({places})", [values[blank.name] for blank in self.blanks])
            return int(cursor.rowcount)

    def prepare(self, cursor: Any) -> None:
        sql, parameters = self.statement
        numbered = {blank: AsIs(f"${number}") for number, blank in enumerate(self.blanks, 1)}
        cursor.execute(f"PREPARE {self.name} AS {sql}", [numbered.get(one, one) for one in parameters])
        self.prepared_on.add(connection.connection)
