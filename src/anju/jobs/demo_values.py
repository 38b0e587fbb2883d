"""Values of the demo county's indicators: computed from its registers, and reported by its offices."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

_SHARES = (Decimal("0.62"), Decimal("0.71"), Decimal("0.83"))
_COUNTED = "按台账逐项统计，名单留存备查。"


def make(*, duties: Any) -> int:
    """What the registers tell of the months with a run and of last month; what units report, three periods."""
    from anju.audit.actor import SYSTEM
    from anju.duties.models import Indicator, IndicatorSource
    from anju.monitoring.models import Run, RunState
    from anju.reporting.actions import indicators
    from anju.rules.months import Month

    today = duties.today
    run_months = Run.objects.filter(state=RunState.DONE).order_by("month")
    days = {Month.parse(month).last_day for month in run_months.values_list("month", flat=True)}
    computed = sum(
        indicators.compute(by=SYSTEM, on=today, as_of=as_of).new
        for as_of in sorted({*days, indicators.last_month_end(today)})
    )
    reported = Indicator.objects.filter(
        source=IndicatorSource.REPORTED, reporting_unit__isnull=False, ended_on__isnull=True
    )
    count = computed
    for indicator in reported.prefetch_related("targets").order_by("pk"):
        count += _report(duties, indicator)
    return count


def _report(duties: Any, indicator: Any) -> int:
    """Three periods, growing towards the first target; the last of every third one waits."""
    from anju.duties.actions import values
    from anju.duties.periods import period_of

    first = indicator.targets.all()[:1]
    if not first or indicator.reporting_unit_id not in duties.offices.reporting:
        return 0
    ends: list[date] = []
    day = duties.today
    while len(ends) < len(_SHARES):
        day = period_of(indicator.every, day).first_day - timedelta(days=1)
        ends.append(day)
    begun = [
        each for each in reversed(ends) if indicator.begun_on is None or each >= indicator.begun_on
    ]
    for share, as_of in zip(_SHARES[-len(begun) :] if begun else (), begun, strict=True):
        on = min(as_of + timedelta(days=4), duties.today)
        whole = Decimal("0.001") if indicator.unit in ("%", "比例") else Decimal(1)
        value = (first[0].value * share).quantize(whole)
        made = values.report(
            indicator=indicator,
            as_of=as_of,
            value=value,
            words=_COUNTED,
            **duties.of_unit(indicator.reporting_unit_id, on),
        )
        if as_of != begun[-1] or indicator.pk % 3:
            values.check(value=made, accept=True, **duties.county(on))
    return len(begun)
