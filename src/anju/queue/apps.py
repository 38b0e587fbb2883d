"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Work waiting to be done, kept in the database."""

    name = "anju.queue"
    verbose_name = "队列"
