"""Row-level security: PostgreSQL repeats the viewer's scope, should a gate ever be forgotten.

A policy reads settings of the transaction (`anju.accounts.row_security` sets them): without them every
fenced table is empty. Where the viewer has several places, `anju_inside` looks at each row inside the
range [low, high) around all of them. SQLite has none of this: there the migrations do nothing.

The conditions below are those policies began with; today's are in `anju.places.conditions`.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTIONS = """
CREATE FUNCTION anju_inside(code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('anju.ranges', true), '') = '' OR EXISTS (
        SELECT 1 FROM unnest(string_to_array(current_setting('anju.ranges', true), ',')) each
        WHERE code >= split_part(each, '-', 1) AND code < split_part(each, '-', 2))
$$;
CREATE FUNCTION anju_grids() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(current_setting('anju.grids', true), ',')::bigint[]
$$;
"""
NO_FUNCTIONS = "DROP FUNCTION anju_grids(); DROP FUNCTION anju_inside(text);"


def inside(column: str) -> str:
    """The condition that a 12-digit code lies in the viewer's places."""
    return (
        f"({column} >= current_setting('anju.low', true)"
        f" AND {column} < current_setting('anju.high', true)"
        # The function costs more than the rest together: only asked where there are several places.
        f" AND (current_setting('anju.ranges', true) = '' OR anju_inside({column})))"
    )


IN_GRIDS = "grid_id = ANY (anju_grids())"
#: Of rows with a household: it lives in the viewer's places; it did, or came from them.
LIVES_HERE = (
    "EXISTS (SELECT 1 FROM registry_household h WHERE h.id = household_id"  # noqa: S608
    f" AND ({inside('h.village_code')} OR h.{IN_GRIDS}))"
)
SEEN_HERE = "EXISTS (SELECT 1 FROM registry_household h WHERE h.id = household_id)"


class Fence(migrations.RunSQL):
    """Switch row-level security on for a table, with the condition on rows that may be seen."""

    def __init__(self, table: str, using: str) -> None:
        self.table, self.using = table, using
        super().__init__(
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
            f'CREATE POLICY anju_scope ON "{table}" USING ({using});',
            f'DROP POLICY anju_scope ON "{table}";'
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY;',
        )

    def deconstruct(self) -> Any:
        """How it is written in a migration."""
        return (self.__class__.__qualname__, [self.table, self.using], {})

    def _run_sql(self, schema_editor: BaseDatabaseSchemaEditor, sqls: Any) -> None:
        """Only PostgreSQL has row-level security; `%` in the text is no parameter."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(str(sqls), params=None)


class Refence(Fence):
    """Give a fenced table another condition; taken back, the table keeps it: it says the same."""

    def __init__(self, table: str, using: str) -> None:
        self.table, self.using = table, using
        migrations.RunSQL.__init__(
            self,
            f'ALTER POLICY anju_scope ON "{table}" USING ({using});',
            migrations.RunSQL.noop,
        )

    def _run_sql(self, schema_editor: BaseDatabaseSchemaEditor, sqls: Any) -> None:
        if sqls:
            super()._run_sql(schema_editor, sqls)


class Functions(Fence):
    """The functions that policies call."""

    def __init__(self) -> None:
        migrations.RunSQL.__init__(self, FUNCTIONS, NO_FUNCTIONS)

    def deconstruct(self) -> Any:
        """How it is written in a migration."""
        return (self.__class__.__qualname__, [], {})
