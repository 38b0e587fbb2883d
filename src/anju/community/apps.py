"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """What people ask of their community, services of places, maintenance funds."""

    name = "anju.community"
    verbose_name = "社区"
