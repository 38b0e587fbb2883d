"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Households and persons, dated on two axes."""

    name = "anju.registry"
    verbose_name = "底册"
