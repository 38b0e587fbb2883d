"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Large exports: asked for, approved by a second person, fetched, gone."""

    name = "anju.exports"
    verbose_name = "导出"
