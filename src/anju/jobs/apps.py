"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Commands, worker and timetable."""

    name = "anju.jobs"
    verbose_name = "作业"
