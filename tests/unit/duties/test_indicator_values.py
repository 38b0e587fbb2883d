"""Values: kept once when computed; reported with words and proof, and checked by somebody else."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanFactory,
)

from anju.accounts.queries import viewer_of
from anju.audit.actor import Actor
from anju.audit.attachments import checked
from anju.audit.models import Entry
from anju.duties.actions import own_indicators, values
from anju.duties.actions.own_indicators import Wanted
from anju.duties.actions.values import Kept
from anju.duties.courses import Course
from anju.duties.models import Indicator, IndicatorValue
from anju.duties.queries import indicators as queries
from anju.duties.refusals import DutyRefused

pytestmark = pytest.mark.django_db
ON = date(2023, 10, 8)
SEPTEMBER = date(2023, 9, 30)
SYSTEM = Actor("system", "系统")


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.FILES_DIR = tmp_path


def viewer(role, unit=None, division="529901000000"):
    user = UserFactory(unit=unit)
    PostFactory(user=user, role=role, division_code=division)
    return viewer_of(user, on=ON)


def computed(**values_):
    return IndicatorFactory(source="computed", figure="out_of_school", every="month", **values_)


def keep(indicator, value, reason=""):
    made_of = {"figure": "out_of_school", "numerator": 1}
    value = None if value is None else Decimal(value)
    return values.keep(
        by=SYSTEM, on=ON, indicator=indicator, as_of=SEPTEMBER, value=value, made_of=made_of,
        reason=reason,
    )  # fmt: skip


def test_a_computed_value_is_kept_once_and_what_was_unknown_is_filled_in():
    indicator = computed()
    assert [keep(indicator, None), keep(indicator, None)] == [Kept.NEW, Kept.SAME]
    assert [keep(indicator, 3), keep(indicator, 3)] == [Kept.FILLED, Kept.SAME]
    row = IndicatorValue.objects.get()
    assert (row.value, row.state, row.as_of) == (3, "accepted", SEPTEMBER)


def test_a_known_value_is_replaced_only_with_a_reason_and_the_trail_keeps_the_old():
    indicator = computed()
    keep(indicator, 3)
    assert keep(indicator, 5) == Kept.LEFT
    assert IndicatorValue.objects.get().value == 3
    assert keep(indicator, 5, reason="补录学籍名单") == Kept.CHANGED
    assert IndicatorValue.objects.get().value == 5
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.reason) == ("indicator.recompute", "补录学籍名单")
    assert entry.detail["value"] == ["3.0000", "5"]
    assert keep(indicator, None, reason="再算") == Kept.LEFT


def report(who, indicator, *, as_of=SEPTEMBER, value="120", words="按培训名册统计", proofs=()):
    return values.report(
        by=who.actor(), on=ON, viewer=who, indicator=indicator, as_of=as_of, value=Decimal(value),
        words=words, proofs=proofs,
    )  # fmt: skip


def test_a_unit_reports_with_proof_and_the_bureau_accepts():
    unit = UnitFactory()
    bureau, office = viewer("lead_bureau"), viewer("department", unit)
    indicator = IndicatorFactory(reporting_unit=unit)
    row = report(office, indicator, proofs=[checked("名册.txt", "一".encode())])
    assert (row.state, row.unit) == ("submitted", unit)
    assert values.PROOFS.fetch(row.proofs.get().pk) == "一".encode()
    assert queries.standings([indicator], ON)[indicator.pk].latest is None
    assert list(queries.to_check(bureau)) == [row]
    values.check(by=bureau.actor(), on=ON, viewer=bureau, value=row, accept=True)
    standing = queries.standings([indicator], ON)[indicator.pk]
    assert (standing.latest.value, standing.latest.checked_by) == (120, bureau.username)


def test_what_is_sent_back_is_reported_again_and_stays_to_be_read():
    unit = UnitFactory()
    bureau, office = viewer("lead_bureau"), viewer("department", unit)
    indicator = IndicatorFactory(reporting_unit=unit)
    row = report(office, indicator)
    with pytest.raises(DutyRefused, match="理由"):
        values.check(by=bureau.actor(), on=ON, viewer=bureau, value=row, accept=False)
    values.check(
        by=bureau.actor(), on=ON, viewer=bureau, value=row, accept=False, note="与名册不符"
    )
    report(office, indicator, value="118")
    assert [each.state for each in queries.values_of(office, indicator)] == [
        "submitted",
        "returned",
    ]
    with pytest.raises(DutyRefused, match="处理过"):
        values.check(by=bureau.actor(), on=ON, viewer=bureau, value=row, accept=True)


def test_wrong_days_units_and_people_are_refused():
    unit = UnitFactory()
    office, other = viewer("department", unit), viewer("department", UnitFactory())
    indicator = IndicatorFactory(reporting_unit=unit)
    for who, what, words in (
        (other, indicator, "别的单位"),
        (office, IndicatorFactory(), "指定填报单位"),
        (office, computed(reporting_unit=unit), "系统计算"),
        (office, IndicatorFactory(reporting_unit=unit, ended_on=date(2023, 8, 1)), "终止"),
    ):
        with pytest.raises(DutyRefused, match=words):
            report(who, what)
    with pytest.raises(DutyRefused, match="最后一天"):
        report(office, indicator, as_of=date(2023, 8, 31))
    with pytest.raises(DutyRefused, match="没有结束"):
        report(office, indicator, as_of=date(2023, 12, 31))
    with pytest.raises(DutyRefused, match="从哪里来"):
        report(office, indicator, words=" ")
    with pytest.raises(DutyRefused, match="太大"):
        report(office, indicator, value="1e15")
    report(office, indicator)
    with pytest.raises(DutyRefused, match="填报过"):
        report(office, indicator)


def test_nobody_checks_their_own_number():
    unit = UnitFactory()
    bureau = viewer("lead_bureau", unit)
    row = report(bureau, IndicatorFactory(reporting_unit=unit))
    assert not queries.to_check(bureau).exists()
    with pytest.raises(DutyRefused, match="别人审核"):
        values.check(by=bureau.actor(), on=ON, viewer=bureau, value=row, accept=True)


def test_each_period_since_the_beginning_is_owed_until_it_is_reported():
    indicator = IndicatorFactory(begun_on=date(2023, 5, 2))
    assert queries.next_report(indicator, frozenset(), ON).as_of == date(2023, 6, 30)
    later = queries.next_report(indicator, frozenset(), date(2025, 2, 1))
    assert later.as_of == date(2024, 3, 31)  # nothing over a year back is asked for
    owed = queries.next_report(indicator, frozenset([date(2023, 6, 30)]), ON)
    assert (owed.period, owed.as_of, owed.due_on) == ("2023Q3", SEPTEMBER, date(2023, 10, 5))
    taken = frozenset([date(2023, 6, 30), SEPTEMBER])
    assert queries.next_report(indicator, taken, ON).period == "2023Q4"
    assert queries.next_report(computed(), frozenset(), ON) is None
    indicator.ended_on = ON
    assert queries.next_report(indicator, frozenset(), ON) is None
    over = IndicatorFactory(plan=PlanFactory(ended_on=ON))
    assert queries.next_report(over, frozenset(), ON) is None
    assert over not in queries.indicators_for(viewer("lead_bureau")).filter(queries.current(ON))


def test_a_standing_is_of_the_next_target_and_the_values_towards_it():
    indicator = IndicatorFactory()
    IndicatorTargetFactory(indicator=indicator, due_on=date(2022, 12, 31), value=Decimal(200))
    goal = IndicatorTargetFactory(indicator=indicator, value=Decimal(300))
    for day, value in ((date(2022, 12, 31), 250), (date(2023, 3, 31), 10), (SEPTEMBER, 120)):
        IndicatorValueFactory(indicator=indicator, as_of=day, value=Decimal(value))
    standing = queries.standings([indicator], ON)[indicator.pk]
    assert (standing.target, [point.value for point in standing.points]) == (goal, [10, 120])
    assert standing.course == Course.BEHIND


def test_an_indicator_of_ones_own_has_targets_that_may_be_changed_and_others_have_not():
    bureau = viewer("lead_bureau")
    wanted = Wanted("村集体收入", "万元", ">=", "quarter")
    by = {"by": bureau.actor(), "viewer": bureau}
    own = own_indicators.add(on=ON, wanted=wanted, **by)
    with pytest.raises(DutyRefused, match="同名"):
        own_indicators.add(on=ON, wanted=wanted, **by)
    own_indicators.set_target(indicator=own, due_on=SEPTEMBER, value=Decimal(5), **by)
    own_indicators.set_target(indicator=own, due_on=SEPTEMBER, value=Decimal(6), **by)
    assert own.targets.get().value == 6
    own_indicators.set_target(indicator=own, due_on=SEPTEMBER, value=None, **by)
    assert not own.targets.exists()
    with pytest.raises(DutyRefused, match="新版本"):
        own_indicators.set_target(
            indicator=IndicatorFactory(), due_on=SEPTEMBER, value=Decimal(1), **by
        )


def test_who_reports_is_set_by_the_bureau_only_and_an_end_has_a_reason():
    bureau, office = viewer("lead_bureau"), viewer("department", UnitFactory())
    indicator, unit = IndicatorFactory(), UnitFactory()
    settings = {"reporting_unit": unit, "every": "month", "definition": "按台账"}
    with pytest.raises(DutyRefused, match="岗位"):
        own_indicators.change(by=office.actor(), viewer=office, indicator=indicator, **settings)
    by = {"by": bureau.actor(), "viewer": bureau, "indicator": indicator}
    own_indicators.change(**by, **settings)
    found = Indicator.objects.get()
    assert (found.reporting_unit, found.every, found.definition) == (unit, "month", "按台账")
    with pytest.raises(DutyRefused, match="频次"):
        own_indicators.change(**by, **{**settings, "every": "day"})
    with pytest.raises(DutyRefused, match="理由"):
        own_indicators.end(on=ON, reason="", **by)
    own_indicators.end(on=ON, reason="方案已到期", **by)
    with pytest.raises(DutyRefused, match="已经终止"):
        own_indicators.end(on=ON, reason="方案已到期", **by)
