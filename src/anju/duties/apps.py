"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Plans, tasks with their due dates and progress, leaders assigned to places, indicators."""

    name = "anju.duties"
    verbose_name = "责任"
