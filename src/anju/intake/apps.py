"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Files in: batch, row, outcome."""

    name = "anju.intake"
    verbose_name = "导入"
