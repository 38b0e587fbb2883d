"""An empty database, laid out at once as the migrations leave it.

Applying a hundred migrations in turn means rendering all models several hundred times: a quarter of
a minute for every new county and every database of the tests. Where nothing stands yet only the end
matters: tables are made as the last migration has them, then what migrations do beside that (SQL,
Python) follows in their order. Migrations that move tables about, and those that build on them, are
left to Django. A test compares the outcome with that of applying each.
"""

from collections.abc import Sequence

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ProjectState

_ASIDE = (operations.RunPython, operations.RunSQL)
#: What is in the models at the end, whenever it came there.
_IN_THE_END = (
    operations.CreateModel,
    operations.AddField,
    operations.AlterField,
    operations.RenameField,
    operations.RemoveField,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.RenameIndex,
    operations.AddConstraint,
    operations.RemoveConstraint,
    operations.AlterUniqueTogether,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
)


def lay(connection: BaseDatabaseWrapper) -> int:
    """Make the tables of an empty database; how many migrations that is. 0 where tables are.

    One transaction: killed in between, the database is empty as before.
    """
    if connection.introspection.table_names():
        return 0
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    plan = executor.migration_plan(graph.leaf_nodes(), clean_start=True)
    migrations = collapsible(graph, [migration for migration, _ in plan])
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    for migration in migrations:
        state = migration.mutate_state(state, preserve=False)
    with connection.schema_editor(atomic=True) as editor:
        _make_tables(editor, state)
        for migration in migrations:
            for each in migration.operations:
                if isinstance(each, _ASIDE) and not each.elidable:
                    each.database_forwards(migration.app_label, editor, state, state)
        editor.create_model(executor.recorder.Migration)
        for migration in migrations:
            executor.record_migration(migration)
    return len(migrations)


def collapsible(graph: MigrationGraph, plan: Sequence[Migration]) -> list[Migration]:
    """The migrations of which only the end matters, in their order."""
    found, left = [], set()
    for migration in plan:
        key = (migration.app_label, migration.name)
        plain = all(isinstance(each, (*_ASIDE, *_IN_THE_END)) for each in migration.operations)
        if plain and migration.atomic and not left & set(graph.node_map[key].parents):
            found.append(migration)
        else:
            left.add(graph.node_map[key])
    return found


def _make_tables(editor: BaseDatabaseSchemaEditor, state: ProjectState) -> None:
    alias = editor.connection.alias
    for app_label, name in state.models:
        model = state.apps.get_model(app_label, name)
        if model._meta.can_migrate(editor.connection) and router.allow_migrate_model(alias, model):
            editor.create_model(model)
