"""The walk opens thousands of pages; what surrounds a request must not end or bury it."""

import logging
import os
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

# Row-level security is PostgreSQL's: elsewhere there is nothing to test, and nothing is skipped.
collect_ignore = (
    []
    if os.environ.get("DATABASE_URL", "").startswith("postgres")
    else ["test_behind_the_fence.py"]
)


@pytest.fixture(autouse=True)
def quiet(settings) -> Iterator[None]:
    """No log of refused requests, no limit a minute, no closing of the test's connection after a
    file was read."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 0)
    logging.disable(logging.CRITICAL)
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
    logging.disable(logging.NOTSET)
