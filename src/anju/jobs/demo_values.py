"""Values of the demo county's indicators: computed from its registers, and reported by its offices."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

_SHARES = (Decimal("0.62"), Decimal("0.71"), Decimal("0.83"))
_COUNTED = "按台账逐项统计，名单留存备查。"


def make(*, duties: Any) -> int:
    """What the registers tell at the end of last month; of what units report, the last three periods."""
    from anju.audit.actor import SYSTEM
    from anju.duties.models import Indicator, IndicatorSource
    from anju.reporting.actions import indicators

    today = duties.today
    as_of = indicators.last_month_end(today)
    done = indicators.compute(by=SYSTEM, on=today, as_of=as_of)
    reported = Indicator.objects.filter(
        source=IndicatorSource.REPORTED, reporting_unit__isnull=False, ended_on__isnull=True
    )
    count = done.new
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
        value = (first[0].value * share).quantize(Decimal("0.1"))
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
