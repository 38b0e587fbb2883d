"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Inspections, problems found and put right, points off, staged acceptance, model villages."""

    name = "anju.supervision"
    verbose_name = "督查"
