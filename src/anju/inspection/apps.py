"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Registers meet quality checks: an inspection, its problems, counts by place."""

    name = "anju.inspection"
    verbose_name = "数据质检"
