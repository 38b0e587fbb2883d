"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Registers meet rules: snapshot, run, findings, comparison."""

    name = "anju.monitoring"
    verbose_name = "监测"
