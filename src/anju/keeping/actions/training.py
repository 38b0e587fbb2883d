"""Rows of a copy for training, in its own database."""

from django.db import models


def write_rows(*, alias: str, model: type[models.Model], rows: list[models.Model]) -> int:
    """Add made-up rows to the copy, in the caller's transaction there; how many."""
    model._base_manager.using(alias).bulk_create(rows)
    return len(rows)
