"""However an action ends, its change and its entry are both there or neither is.

Each action is stopped at each of its statements in turn: at the first, at the second, and so on until
one try passes untouched. What a kill of the process leaves is what the database rolls back to, which
is what these stops leave. Real kills of processes: test_killed.py, test_intake_kills.py.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.county import COUNTY, TODAY, Cast, County
from tests.factories.exports import ExportRequestFactory
from tests.factories.registry import IncomeFactory, StatusFactory

from anju.accounts.actions import posts, units, users
from anju.accounts.models import UnitKind
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.audit.verify import verify
from anju.employment.actions import employments, profiles, trainings
from anju.employment.models import Category, Channel
from anju.exports import actions as exports
from anju.exports.models import ExportRequest
from anju.registry.actions import events, holdings, households, incomes, members, statuses
from anju.registry.models import Income, Membership, Person, Status

pytestmark = pytest.mark.django_db
BY = Actor("bureau", "县局工作人员", "10.0.0.7")
AT = datetime(2023, 10, 8, 1, tzinfo=UTC)
MOST_STATEMENTS = 60

Act = Callable[[County, Cast], object]


class Stop(Exception):
    """The process ended here."""


@contextmanager
def stopping_at(number: int) -> Iterator[list[str]]:
    """Stop at the statement of this number; yields the statements so far."""
    seen: list[str] = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        if len(seen) == number:
            raise Stop(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        yield seen


def tables() -> dict[str, str]:
    """A fingerprint of every table of the product."""
    prints = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("anju."):
                table = model._meta.db_table
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{model._meta.pk.column}"')
                prints[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return prints


def changed_since(before: dict[str, str]) -> set[str]:
    """The tables that are not as they were."""
    return {table for table, fingerprint in tables().items() if fingerprint != before[table]}


def _second(cast: Cast) -> Any:
    return cast.viewer("bureau")


def _person(county: County) -> Person:
    return Membership.objects.filter(household=county.households[2]).first().person


ACTS: dict[str, Act] = {
    "users.create": lambda county, cast: users.create(
        by=BY, on=TODAY, username="newone", name="新人", password="plum-lantern-42"
    ),
    "users.change": lambda county, cast: users.change(
        by=BY, user=cast.village, name="改名", unit=UnitFactory._meta.model.objects.first()
    ),
    "users.deactivate": lambda county, cast: users.deactivate(by=BY, on=TODAY, user=cast.village),
    "posts.give": lambda county, cast: posts.give(
        by=BY, on=TODAY, user=cast.village, role="department", division_code=COUNTY
    ),
    "posts.end": lambda county, cast: posts.end(by=BY, on=TODAY, post=cast.village.posts.get()),
    "units.create": lambda county, cast: units.create(
        by=BY, name="枫溪县教育局", kind=UnitKind.BUREAU, division_code=COUNTY
    ),
    "households.open": lambda county, cast: households.open(
        by=BY, on=TODAY, code="H000000099", head_name="新户主", village_code="529901101201",
        household_class="lifted_out", source="登记",
    ),
    "households.change": lambda county, cast: households.change(
        by=BY, on=TODAY, household=county.households[2], changes={"self_moved": True},
        since=date(2023, 9, 1), source="核查",
    ),
    "members.register": lambda county, cast: members.register(
        by=BY, on=TODAY, code="P900000001", name="新成员", source="登记"
    ),
    "members.leave": lambda county, cast: members.leave(
        by=BY, on=TODAY, household=county.households[2], person=_person(county),
        left_on=date(2023, 10, 1), reason="married_out", source="核查",
    ),
    "statuses.record": lambda county, cast: statuses.record(
        by=BY, on=TODAY, household=county.households[2], kind="minimum_living",
        started_on=date(2023, 9, 1), source="低保名册",
    ),
    "statuses.close": lambda county, cast: statuses.close(
        by=BY, on=TODAY, status=Status.objects.get(), ended_on=date(2023, 10, 1), source="核查"
    ),
    "incomes.record": lambda county, cast: incomes.record(
        by=BY, on=TODAY, household=county.households[3], quarter=20233, amounts={"wage": 1},
        source="台账",
    ),
    "incomes.correct": lambda county, cast: incomes.correct(
        by=BY, on=TODAY, income=Income.objects.get(), amounts={"wage": 5}, source="核查"
    ),
    "events.record": lambda county, cast: events.record(
        by=BY, on=TODAY, household=county.households[2], kind="disaster",
        occurred_on=date(2023, 9, 9), amount=100, source="台账",
    ),
    "holdings.record": lambda county, cast: holdings.record(
        by=BY, on=TODAY, household=county.households[2], kind="car", reference="云Z00001",
        started_on=date(2022, 1, 1), source="台账",
    ),
    "employment.start": lambda county, cast: employments.start(
        by=BY, on=TODAY, person=_person(county), started_on=date(2023, 9, 1),
        channel=Channel.values[0], source="台账",
    ),
    "trainings.record": lambda county, cast: trainings.record(
        by=BY, on=TODAY, household=county.households[2], person=_person(county),
        category=Category.SKILLS, trade="电工", started_on=date(2023, 9, 1), source="名册",
    ),
    "profiles.record": lambda county, cast: profiles.record(
        by=BY, on=TODAY, household=county.households[2], person=_person(county),
        told_on=date(2023, 9, 1), wants_training="yes", source="名册",
    ),
    "exports.ask": lambda county, cast: exports.ask(
        by=BY, at=AT, viewer=_second(cast), register="households", title="农户",
        file_format="xlsx", description={}, address="/households/?export=xlsx",
        ranges=[["529901000000", "529902000000"]], terms={}, rows=9, reason="上报台账",
    ),
    "exports.approve": lambda county, cast: exports.approve(
        by=BY, at=AT, viewer=_second(cast), request_id=ExportRequest.objects.get().pk
    ),
    "exports.refuse": lambda county, cast: exports.refuse(
        by=BY, at=AT, viewer=_second(cast), request_id=ExportRequest.objects.get().pk,
        reason="范围过大",
    ),
}  # fmt: skip


@pytest.fixture
def before(county: County, cast: Cast) -> dict[str, str]:
    StatusFactory(household=county.households[2])
    IncomeFactory(household=county.households[2])
    ExportRequestFactory(asker=UserFactory())
    return tables()


@pytest.mark.parametrize("name", ACTS)
def test_stopped_anywhere_an_action_leaves_all_or_nothing(
    name: str, before: dict[str, str], county: County, cast: Cast
) -> None:
    for number in range(1, MOST_STATEMENTS):
        point = transaction.savepoint()
        stopped = False
        with stopping_at(number) as seen:
            try:
                ACTS[name](county, cast)
            except Stop:
                stopped = True
        if not stopped:
            break
        left = changed_since(before)
        # Stopped when the change was about to be made final, both are there; else neither.
        is_last = seen[-1].startswith("RELEASE") and left
        assert left > {"audit_entry"} if is_last else not left, f"at {number}: {seen[-1][:80]}"
        transaction.savepoint_rollback(point)
        for each in [*county.households, *vars(cast).values()]:
            each.refresh_from_db()

    assert number > 2
    assert changed_since(before) > {"audit_entry"}, "a change and its entry"
    assert Entry.objects.exists()
    assert verify().is_whole
