"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The console."""

    name = "anju.web"
    verbose_name = "页面"
