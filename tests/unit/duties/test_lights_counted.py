"""Lights counted by the database are those of each task, whatever its days are."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.accounts import UnitFactory
from tests.factories.duties import PlanFactory

from anju.duties.lights import Light
from anju.duties.models import NEVER, Task, TaskKind, TaskState, TaskUnit
from anju.duties.queries import listing, standing

ON, WARN = date(2023, 10, 9), 7
_DAYS = st.integers(-10, 20).map(lambda days: ON + timedelta(days=days))
_TASKS = st.lists(
    st.tuples(st.sampled_from(TaskState), st.one_of(st.just(NEVER), _DAYS), st.none() | _DAYS),
    min_size=1,
    max_size=12,
)


class LightsCounted(TestCase):
    """Against `light_of`, which reads one task."""

    @settings(max_examples=40, deadline=None)
    @given(_TASKS)
    def test_counts_by_plan_and_unit_are_those_of_single_tasks(
        self, drawn: list[tuple[TaskState, date, date | None]]
    ) -> None:
        plan, unit = PlanFactory(), UnitFactory()
        tasks = Task.objects.bulk_create(
            Task(
                number=f"{plan.pk}-{n}", plan=plan, kind=TaskKind.ADDED, title="一项任务", state=state,
                starts_on=ON, closed_on=None if state == TaskState.OPEN else ON, next_due_on=due_on,
                next_reported_on=reported_on,
            )
            for n, (state, due_on, reported_on) in enumerate(drawn)
        )  # fmt: skip
        TaskUnit.objects.bulk_create(
            TaskUnit(task=task, unit=unit, role=role)
            for task in tasks
            for role in ("lead", "implementing")
        )
        singly = Counter(filter(None, (standing.light_of(task, ON, WARN) for task in tasks)))
        rows = Task.objects.filter(plan=plan)
        expected = [{light: singly[light] for light in Light}] if singly else []
        assert [each.counts for each in standing.by_plan(rows, ON, WARN)] == expected
        assert [each.counts for each in standing.by_unit(rows, ON, WARN)] == expected
        for light in Light:
            assert rows.filter(standing.where(light, ON, WARN)).count() == singly[light]


@pytest.mark.django_db
def test_a_search_that_few_fit_knows_how_many_and_one_that_many_fit_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = PlanFactory()
    Task.objects.bulk_create(
        Task(
            number=f"RW-{n}", plan=plan, kind=TaskKind.ADDED, title=title, starts_on=ON, clause="三"
        )
        for n, title in enumerate(("开展技能培训", "培训带头人", "修缮住房"))
    )
    found, number = listing.named(Task.objects.all(), "培训")
    assert (number, found.count()) == (2, 2)
    assert listing.named(Task.objects.all(), "RW-2")[1] == 1
    assert listing.named(Task.objects.all(), "三")[1] == 3
    monkeypatch.setattr(listing, "_FEW_NAMED", 1)
    found, number = listing.named(Task.objects.all(), "培训")
    assert (number, found.count()) == (None, 2)
