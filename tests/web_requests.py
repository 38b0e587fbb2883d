"""Requests inside a test: they must not end the transaction in which the test stands."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def transaction_outlives_requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The beginning and the end of a request (a file that is closed, a call through WSGI) close the
    connection when it is not as settings say, as inside a test's transaction on PostgreSQL."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("django.test.client.close_old_connections", _stay_open)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _stay_open(**signal: object) -> None:
    """What the test's client puts back in place of closing."""
