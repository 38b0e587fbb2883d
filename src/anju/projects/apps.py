"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The project library."""

    name = "anju.projects"
    verbose_name = "项目"
