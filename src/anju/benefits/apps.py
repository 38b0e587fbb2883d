"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Subsidies, from the scheme to the payment."""

    name = "anju.benefits"
    verbose_name = "补贴"
