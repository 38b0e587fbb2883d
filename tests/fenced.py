"""The tables that migrations fenced, and why the others need none."""

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from anju.places.fences import Fence, Functions, Refence


def fenced_tables() -> set[str]:
    """Every table some migration switched row-level security on for."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return {
        operation.table
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, Fence) and not isinstance(operation, Functions | Refence)
    }


def models_of_ours() -> list[type[Model]]:
    """All models of the product's own packages."""
    ours = [each for each in apps.get_app_configs() if each.name.startswith("anju.")]
    return [model for each in ours for model in each.get_models()]
