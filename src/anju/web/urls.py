"""Addresses of the console: one file an area."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, path

from anju.web import health

app_name = "web"
_AREAS = ("desk", "account", "registers", "monitoring", "intake")


def _addresses(area: str) -> list[URLPattern | URLResolver]:
    """The addresses of one area."""
    name = f"anju.web.{area}"
    if find_spec(name) is None or find_spec(f"{name}.urls") is None:
        return []
    return import_module(f"{name}.urls").urlpatterns


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *(address for area in _AREAS for address in _addresses(area)),
]
