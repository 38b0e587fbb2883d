"""Clients for the pages: one a person of the cast."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from tests.factories.county import Cast

# Whitenoise warns of a missing folder, and warnings are errors.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

SignedIn = Callable[[str], Client]


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    """A browser in which one of the cast is signed in: `signed_in("village")`."""

    def client_of(who: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, who))
        return client

    return client_of


@pytest.fixture(autouse=True)
def transaction_outlives_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closing an answer that is a file says that the request is over, and on PostgreSQL that would
    close the connection in which the test's transaction runs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("django.test.client.close_old_connections", _stay_open)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _stay_open(**signal: object) -> None:
    """What the test's client puts back in place of closing."""
