"""The tables that migrations fenced, and why the others need none."""

from django.apps import apps
from django.db.migrations import AlterModelTable, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from anju.places.fences import Fence, Functions, Refence


def fenced_tables() -> set[str]:
    """Every table some migration switched row-level security on for."""
    migrations = list(MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values())
    fenced = {
        operation.table
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, Fence) and not isinstance(operation, Functions | Refence)
    }
    renamed = {
        f"{migration.app_label}_{inner.name}": inner.table
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, SeparateDatabaseAndState)
        for inner in operation.database_operations
        if isinstance(inner, AlterModelTable)
    }  # a policy goes with its table
    return {str(renamed.get(table, table)) for table in fenced}


def models_of_ours() -> list[type[Model]]:
    """All models of the product's own packages."""
    ours = [each for each in apps.get_app_configs() if each.name.startswith("anju.")]
    return [model for each in ours for model in each.get_models()]
