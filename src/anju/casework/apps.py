"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Leads, cases, help given, notices, and the calendar their clocks run by."""

    name = "anju.casework"
    verbose_name = "帮扶"
