"""Factories of batches and their rows."""

import hashlib
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from anju.intake.models import (
    Batch,
    BatchState,
    Decision,
    Difference,
    DifferenceKind,
    Outcome,
    Profile,
    Row,
)


class BatchFactory(DjangoModelFactory):
    """A file that was imported."""

    class Meta:
        model = Batch

    feed = "households"
    file_name = factory.Sequence(lambda n: f"农户名单{n + 1}.xlsx")
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    bytes = 2048
    known_on = date(2023, 7, 1)
    division_code = "529901000000"
    state = BatchState.DONE
    created_by = "bureau"
    held_by = factory.SelfAttribute("created_by")
    created_at = datetime(2023, 7, 1, 1, tzinfo=UTC)


class RowFactory(DjangoModelFactory):
    """A row that made a household."""

    class Meta:
        model = Row

    batch = factory.SubFactory(BatchFactory)
    sheet = "Sheet1"
    number = factory.Sequence(lambda n: n + 4)
    outcome = Outcome.CREATED
    village_code = "529901101201"


class DecisionFactory(DjangoModelFactory):
    """Somebody said whose row it is."""

    class Meta:
        model = Decision

    key = factory.Sequence(lambda n: hashlib.sha256(f"decision {n}".encode()).hexdigest())
    person_id = 1
    score = 600
    batch_id = 1
    sheet = "Sheet1"
    number = factory.Sequence(lambda n: n + 4)
    made_by = "bureau"
    made_at = datetime(2023, 7, 2, 1, tzinfo=UTC)


class ProfileFactory(DjangoModelFactory):
    """A layout that somebody explained."""

    class Meta:
        model = Profile

    feed = "medical_insured"
    sheet = "medical_insured"
    source = "医保"
    headings = ["姓名", "身份号", "起保时间"]
    fingerprint = factory.Sequence(lambda n: hashlib.sha256(f"layout {n}".encode()).hexdigest())
    columns = {"name": "姓名", "identity": "身份号", "started_on": "起保时间"}
    by_hand = True
    saved_by = "bureau"
    saved_at = datetime(2023, 7, 2, 1, tzinfo=UTC)


class DifferenceFactory(DjangoModelFactory):
    """A household list and the school roll disagree on a child."""

    class Meta:
        model = Difference

    batch = factory.SubFactory(BatchFactory)
    kind = DifferenceKind.CONTRADICTING
    sheet = "名单"
    number = factory.Sequence(lambda n: n + 4)
    outcome = Outcome.UNCHANGED
    village_code = "529901101201"
    fields = {"在校生状况": ["不在校", "小学"]}
    decides = "教育"
    sources = {"在校生状况": "学籍变动名单 #1"}
    since = factory.SelfAttribute("batch.known_on")
