"""Factories of runs, their snapshot, findings and counts."""

import hashlib
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import HouseholdFactory

from anju.monitoring.models import (
    Finding,
    HouseholdLevel,
    LevelTally,
    Run,
    RunState,
    Snapshot,
    Tally,
    WarningLevel,
)


class SnapshotFactory(DjangoModelFactory):
    """A snapshot of which only the row exists."""

    class Meta:
        model = Snapshot

    hash = factory.Sequence(lambda n: hashlib.sha256(f"snapshot {n}".encode()).hexdigest())
    folder = factory.LazyAttribute(lambda snapshot: snapshot.hash)
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)


class RunFactory(DjangoModelFactory):
    """A finished run of September 2023."""

    class Meta:
        model = Run

    month = "2023-09"
    pack = "shiquan-2023"
    known_on = date(2023, 10, 8)
    snapshot = factory.SubFactory(SnapshotFactory)
    state = RunState.DONE
    created_by = "bureau"
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)
    finished_at = datetime(2023, 10, 8, 2, tzinfo=UTC)


class FindingFactory(DjangoModelFactory):
    """A household below the monitoring line."""

    class Meta:
        model = Finding

    run = factory.SubFactory(RunFactory)
    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    rule = "income_below_line"
    status = "hit"
    level = WarningLevel.RED
    risk = "income"
    observed = 512_300
    threshold = 730_000


class HouseholdLevelFactory(DjangoModelFactory):
    """A household at the highest level."""

    class Meta:
        model = HouseholdLevel

    run = factory.SubFactory(RunFactory)
    household = factory.SubFactory(HouseholdFactory)
    village_code = factory.SelfAttribute("household.village_code")
    level = WarningLevel.RED


class TallyFactory(DjangoModelFactory):
    """Counts of one rule in the county."""

    class Meta:
        model = Tally

    run = factory.SubFactory(RunFactory)
    place = "529901"
    digits = factory.LazyAttribute(lambda tally: len(tally.place))
    rule = "income_below_line"
    hits = 3
    unknown = 1
    households = 8


class LevelTallyFactory(DjangoModelFactory):
    """Households of one level in the county."""

    class Meta:
        model = LevelTally

    run = factory.SubFactory(RunFactory)
    place = "529901"
    digits = factory.LazyAttribute(lambda tally: len(tally.place))
    level = WarningLevel.RED
    households = 3
