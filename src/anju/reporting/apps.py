"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Figures of indicators, and the reports of units and of the county."""

    name = "anju.reporting"
    verbose_name = "报告"
