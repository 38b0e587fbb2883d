"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Append-only record of changes and of reads of personal data."""

    name = "anju.audit"
    verbose_name = "审计"
