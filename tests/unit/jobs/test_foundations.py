"""An empty database laid out at once is what its migrations would have made of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from tests.databases import new_database
from tests.processes import Office

from anju.jobs import foundations

CATALOGUE = (
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
    " column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies",
    "SELECT relname, relrowsecurity, relacl::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT app, name FROM django_migrations",
)


def _at_once() -> int:
    return foundations.lay(connection)


def _one_by_one() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _rest() -> None:
    """What Django has left to do; nothing where all was laid out."""
    _one_by_one()


def _told(office: Office) -> list[set[tuple[Any, ...]]]:
    """All a database says of itself, but for the order of columns."""
    if office.url.startswith("postgresql"):
        return [set(office.ask(sql)) for sql in CATALOGUE]
    made = office.ask("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    parts = {(kind, name, tuple(sorted(_parts(sql)))) for kind, name, sql in made}
    filled = {
        (name,)
        for kind, name, _ in made
        if kind == "table" and not name.startswith(("django_migrations", "sqlite_"))
        if office.ask(f'SELECT 1 FROM "{name}" LIMIT 1')
    }
    return [parts, filled, set(office.ask("SELECT app, name FROM django_migrations"))]


def _parts(sql: str) -> list[str]:
    """The columns and constraints of a statement that makes a table."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    return re.split(r", (?=\"|CONSTRAINT|UNIQUE)(?![^(]*\))", sql.partition("(")[2][:-1])


@pytest.mark.slow
@pytest.mark.parametrize("database", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)])
def test_tables_fences_and_indexes_are_those_the_migrations_make_one_by_one(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    offices = []
    for name, work in (("at_once", _at_once), ("in_turn", _one_by_one)):
        (tmp_path / name).mkdir()
        url = f"sqlite:///{tmp_path / name / 'anju.sqlite3'}"
        if database == "postgresql":
            url = new_database(request.getfixturevalue("postgresql_template"), name)
        office = Office(tmp_path / name, url)
        process = office.start(work)
        process.join()
        assert process.exitcode == 0
        offices.append(office)
    offices[0].run(_rest)

    for at_once, in_turn in zip(*map(_told, offices), strict=True):
        assert sorted(at_once - in_turn, key=str) == []
        assert sorted(in_turn - at_once, key=str) == []


@pytest.mark.django_db
def test_a_database_with_tables_is_left_alone() -> None:
    assert foundations.lay(connection) == 0


def test_migrations_that_move_tables_and_what_builds_on_them_are_left_to_django() -> None:
    def migration(name: str, *operations: Any) -> migrations.Migration:
        made = migrations.Migration(name, "village")
        made.operations = list(operations)
        return made

    plan = [
        migration("first", migrations.CreateModel("House", [("id", models.AutoField())])),
        migration("second", migrations.RenameModel("House", "Home")),
        migration("third", migrations.AddField("home", "size", models.IntegerField())),
        migration("beside", migrations.RunSQL("SELECT 1")),
    ]
    graph = MigrationGraph()
    for each in plan:
        graph.add_node(("village", each.name), each)
    for child, parent in (("second", "first"), ("third", "second"), ("beside", "first")):
        graph.add_dependency(child, ("village", child), ("village", parent))

    assert [each.name for each in foundations.collapsible(graph, plan)] == ["first", "beside"]
