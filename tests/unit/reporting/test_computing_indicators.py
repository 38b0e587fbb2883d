"""The monthly job keeps what the registers answer, once."""

from datetime import date

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.duties import IndicatorFactory
from tests.unit.reporting.conftest import Facts

from anju.accounts.queries import viewer_of
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.duties.actions.indicators import refresh, take_over_pack
from anju.duties.models import Indicator, IndicatorValue
from anju.duties.refusals import DutyRefused
from anju.reporting.actions import indicators
from anju.reporting.actions.indicators import Computed, last_month_end

pytestmark = pytest.mark.django_db
ON, SEPTEMBER = date(2023, 10, 8), date(2023, 9, 30)


@pytest.fixture
def bureau():
    user = UserFactory()
    PostFactory(user=user, role="lead_bureau", division_code="529901000000")
    return viewer_of(user, on=ON)


def computed(figure="zero_employment_households", **values):
    return IndicatorFactory(source="computed", figure=figure, every="month", **values)


def test_the_last_month_is_computed_once_and_says_what_it_is_made_of(facts: Facts):
    run = facts({"employed": 0}, {})
    computed()
    computed(figure="monitored_households")
    computed(ended_on=date(2023, 5, 1))
    computed(figure="of_an_older_release")
    IndicatorFactory()
    as_of = last_month_end(ON)
    assert indicators.compute(by=SYSTEM, on=ON, as_of=as_of) == Computed(2, 0, 0, 0)
    assert indicators.compute(by=SYSTEM, on=ON, as_of=as_of) == Computed(0, 0, 2, 0)
    row = IndicatorValue.objects.get(indicator__figure="zero_employment_households")
    assert (row.value, row.as_of, row.state) == (1, SEPTEMBER, "accepted")
    assert row.made_of == {
        "figure": "zero_employment_households", "version": 1, "numerator": 1, "denominator": 2,
        "unknown": 0, "run": run.pk, "known_on": "2023-10-08",
    }  # fmt: skip
    assert Entry.objects.filter(action="indicator.compute").count() == 1


def test_a_month_without_a_run_is_unknown_until_there_is_one(facts: Facts):
    computed()
    indicators.compute(by=SYSTEM, on=ON, as_of=SEPTEMBER)
    row = IndicatorValue.objects.get()
    assert (row.value, row.made_of["why"]) == (None, "no_run")
    facts({"employed": 0})
    assert indicators.compute(by=SYSTEM, on=ON, as_of=SEPTEMBER).new == 1
    assert IndicatorValue.objects.get().value == 1


def test_quarterly_indicators_are_computed_at_the_end_of_a_quarter(facts: Facts):
    facts({})
    computed().__class__.objects.update(every="quarter")
    assert indicators.compute(by=SYSTEM, on=ON, as_of=date(2023, 8, 31)).new == 0
    assert indicators.compute(by=SYSTEM, on=ON, as_of=SEPTEMBER).new == 1


def test_somebody_computes_again_with_a_reason(facts: Facts, bureau):
    facts({"employed": 0})
    indicator = computed()
    by = {"by": bureau.actor(), "on": ON, "viewer": bureau, "indicator": indicator}
    assert indicators.compute_one(**by, as_of=SEPTEMBER).new == 1
    with pytest.raises(DutyRefused, match="已经结束"):
        indicators.compute_one(**by, as_of=date(2023, 10, 31))
    with pytest.raises(DutyRefused, match="已经结束"):
        indicators.compute_one(**by, as_of=date(2023, 9, 15))
    with pytest.raises(DutyRefused, match="单位填报"):
        indicators.compute_one(**{**by, "indicator": IndicatorFactory()}, as_of=SEPTEMBER)
    with pytest.raises(DutyRefused, match="口径"):
        indicators.compute_one(**{**by, "indicator": computed("gone")}, as_of=SEPTEMBER)


def test_a_figure_that_appears_later_takes_over(bureau):
    take_over_pack(by=bureau.actor(), on=ON, viewer=bureau, pack="shiquan-2023")
    reported = {"source": "reported", "figure": "", "every": "quarter"}
    zero = Indicator.objects.filter(code="shiquan-2023/zero_employment_households")
    zero.update(**reported)
    Indicator.objects.filter(code="shiquan-2023/employed_followed").update(ended_on=ON)
    assert refresh(by=SYSTEM, on=ON) == 1
    assert zero.get().figure == "zero_employment_households"
    assert Indicator.objects.filter(ended_on=ON).count() == 1
    assert refresh(by=SYSTEM, on=ON) == 0


def test_only_the_bureau_takes_over_a_pack_that_exists(bureau):
    with pytest.raises(DutyRefused, match="政策包"):
        take_over_pack(by=bureau.actor(), on=ON, viewer=bureau, pack="nowhere-2023")
