"""Django's entry for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """What was built or bought with relief funds."""

    name = "anju.assets"
    verbose_name = "扶贫项目资产"
