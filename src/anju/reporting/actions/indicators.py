"""Computing indicators from the registers and keeping their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions import values
from anju.duties.actions.values import Kept
from anju.duties.models import Indicator, IndicatorSource
from anju.duties.periods import period_of
from anju.duties.queries import indicators as queries
from anju.duties.refusals import DutyRefused
from anju.reporting.figures import FIGURES, Asked, Made


@dataclass(frozen=True)
class Computed:
    """How many values were kept for the first time, changed, unchanged, and left as they stood."""

    new: int
    changed: int
    same: int
    left: int


def last_month_end(on: date) -> date:
    """The last day of the month before: the latest that can be told in full."""
    return on.replace(day=1) - timedelta(days=1)


@transaction.atomic
def compute(*, by: Actor, on: date, as_of: date) -> Computed:
    """Compute what is due at a month's end; safe to repeat, and known values stay as they are."""
    due = [each for each in queries.computed_on(as_of) if _is_due(each, as_of)]
    return _keep_all(by, on, due, as_of, "")


@transaction.atomic
def compute_one(
    *, by: Actor, on: date, viewer: Viewer, indicator: Indicator, as_of: date, reason: str = ""
) -> Computed:
    """Compute one indicator now; with a reason a known value is replaced, and the trail keeps the old."""
    if not viewer.may(Permission.MANAGE_PLANS):
        raise DutyRefused(_("您的岗位不能计算指标。"))
    if indicator.source != IndicatorSource.COMPUTED:
        raise DutyRefused(_("这个指标由单位填报，系统不能计算。"))
    if as_of > on or not _is_due(indicator, as_of):
        raise DutyRefused(_("请选择已经结束的一期。"))
    if indicator.figure not in FIGURES:
        raise DutyRefused(_("系统里已经没有这个口径，请重新设置取数方式。"))
    return _keep_all(by, on, [indicator], as_of, reason.strip())


def _is_due(indicator: Indicator, as_of: date) -> bool:
    return as_of == period_of(indicator.every, as_of).last_day


def _keep_all(
    by: Actor, on: date, indicators: Iterable[Indicator], as_of: date, reason: str
) -> Computed:
    known: dict[str, Made] = {}
    counts: Counter[Kept] = Counter()
    codes = []
    for indicator in indicators:
        figure = FIGURES.get(indicator.figure)
        if figure is None:
            continue
        made = known.get(figure.id) or known.setdefault(figure.id, figure.compute(Asked(as_of)))
        kept = values.keep(
            by=by,
            on=on,
            indicator=indicator,
            as_of=as_of,
            value=made.value,
            made_of={"figure": figure.id, "version": figure.version, **made.kept()},
            reason=reason,
        )
        counts[kept] += 1
        if kept in (Kept.NEW, Kept.FILLED, Kept.CHANGED):
            codes.append(indicator.code)
    if codes:
        detail = {"as_of": as_of.isoformat(), **{str(kept): n for kept, n in counts.items()}}
        record(by=by, action="indicator.compute", kind="indicator", ids=codes, detail=detail)
    return Computed(
        new=counts[Kept.NEW] + counts[Kept.FILLED],
        changed=counts[Kept.CHANGED],
        same=counts[Kept.SAME],
        left=counts[Kept.LEFT],
    )
