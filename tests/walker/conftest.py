"""The walk opens thousands of pages; what surrounds a request must not end or bury it."""

import logging
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """No log of refused requests, no closing of the test's connection after a file was read."""
    logging.disable(logging.CRITICAL)
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
    logging.disable(logging.NOTSET)
