"""For all tests: the shared county, real processes, what to skip where, which come first."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.factories.county",
    "tests.databases",
    "tests.web_requests",
    "tests.skipping",
]
# How fast a busy machine draws examples says nothing about the code.
settings.register_profile("anju", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anju")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files with the most slow tests first: one that begins last keeps one worker and no other.

    On PostgreSQL, the tests that touch a database: what others say of it is said on any.
    """
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        others = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "office"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None
