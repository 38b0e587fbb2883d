"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The labour ledger."""

    name = "anju.employment"
    verbose_name = "就业"
