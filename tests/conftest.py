"""For all tests: the shared county, real processes, what to skip where, which come first."""

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with the most slow tests first: one that begins last keeps one worker and no other."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])
