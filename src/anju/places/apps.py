"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Divisions, resettlement sites, buildings and grids."""

    name = "anju.places"
    verbose_name = "地点"
