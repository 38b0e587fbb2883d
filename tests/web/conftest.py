"""Clients for the pages: one a person of the cast."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
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
def _connection(transaction_outlives_requests: None) -> None:
    """Files are downloaded here."""
