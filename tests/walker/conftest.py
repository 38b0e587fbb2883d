"""The walk opens thousands of pages that refuse: their warnings would bury what matters."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """No log of refused requests while walking."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
