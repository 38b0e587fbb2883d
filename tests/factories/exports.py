"""Factories of export requests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory
from tests.factories.accounts import UserFactory

from anju.exports.models import ExportRequest, SavedView


class ExportRequestFactory(DjangoModelFactory):
    """An export of a whole county that waits for a second person."""

    class Meta:
        model = ExportRequest

    asker = factory.SubFactory(UserFactory)
    register = "households"
    title = "农户"
    format = "xlsx"
    address_sealed = b""
    ranges = factory.LazyFunction(lambda: [["529901000000", "529902000000"]])
    rows = 2000
    reason = "上报台账"
    asked_at = datetime(2023, 10, 8, 1, tzinfo=UTC)


class SavedViewFactory(DjangoModelFactory):
    """Relocated households, as somebody calls them."""

    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    name = "搬迁户"
    title = "农户"
    address = "/households/?relocated=yes"
    saved_at = datetime(2023, 10, 8, 1, tzinfo=UTC)
