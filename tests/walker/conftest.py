"""The walk opens thousands of pages; what surrounds a request must not end or bury it."""

import logging
import os
from collections.abc import Iterator

import pytest
from tests.walker.towns import World, make_world

# Row-level security is PostgreSQL's: elsewhere there is nothing to test, and nothing is skipped.
collect_ignore = (
    []
    if os.environ.get("DATABASE_URL", "").startswith("postgres")
    else ["test_behind_the_fence.py"]
)


@pytest.fixture(autouse=True)
def quiet(settings, transaction_outlives_requests: None) -> Iterator[None]:
    """No log of refused requests, no limit a minute, no end of the test's connection."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 0)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(db: None) -> World:
    """Two towns full of data."""
    return make_world()
