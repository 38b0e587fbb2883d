"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """Users, units, roles and the part of the county each may see."""

    name = "anju.accounts"
    verbose_name = "用户"
