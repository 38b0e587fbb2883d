"""Whatever mixture of good and broken rows a file holds, each row has one end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.county import County
from tests.unit.intake.lists import bring_in, households, member, said

from anju.intake.models import Batch
from anju.registry.models import Household

BREAKS = st.sampled_from(
    [
        {"性别": "?"},
        {"证件号码": "529901198505209999"},
        {"证件号码": "5.29901E+17"},
        {"出生日期": "20231399"},
        {"户类型": ""},
        {"行政村": "无此村"},
        {"与户主关系": "街坊"},
        {"姓名": ""},
    ]
)
ROWS = st.lists(st.one_of(st.none(), BREAKS), min_size=1, max_size=12)


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(breaks=ROWS, run=st.integers(min_value=0, max_value=10**6))
def test_counts_add_up_and_all_good_rows_are_taken(
    county: County, breaks: list[dict[str, str] | None], run: int
) -> None:
    rows = [member(number, **(broken or {})) for number, broken in enumerate(breaks, start=1)]
    good = [row["户编号"] for row, broken in zip(rows, breaks, strict=True) if broken is None]
    content = households(*rows, title=f"第{run}次")
    Batch.objects.all().delete()

    batch = bring_in(content)

    assert sum(batch.counts.values()) == batch.rows == len(rows)
    assert [number for number, _, _ in said(batch)] == list(range(4, 4 + len(rows)))
    assert batch.counts["rejected"] == len(rows) - len(good)
    assert Household.objects.filter(code__in=good).count() == len(good)
    told = {number: (outcome, code) for number, outcome, code in said(batch)}
    for number, broken in enumerate(breaks, start=4):
        outcome, code = told[number]
        assert (outcome in ("created", "updated", "unchanged")) == (broken is None)
        assert bool(code) == (broken is not None)
