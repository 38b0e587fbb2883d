"""Factories of jobs and audit entries."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.queue.models import Job


class JobFactory(DjangoModelFactory):
    """A job that is due."""

    class Meta:
        model = Job

    kind = "test.note"
    key = factory.Sequence(lambda n: f"test.note:{n}")
    run_after = datetime(2023, 10, 8, 1, tzinfo=UTC)
    created_by = "bureau"
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)


class EntryFactory(DjangoModelFactory):
    """An entry of the audit trail, chained like all others."""

    class Meta:
        model = Entry

    by = SYSTEM
    action = "test.note"
    kind = "test"

    @classmethod
    def _create(cls, model_class: type[Entry], *args: object, **values: object) -> Entry:
        return record(**values)  # type: ignore[arg-type]
