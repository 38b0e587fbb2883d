"""Beginning reports: the daily job those that are due, people those they want besides."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.periods import Period
from anju.duties.queries import unit_of
from anju.reporting.limits import ahead_days, due_days
from anju.reporting.models import Issuer, Report, ReportKind
from anju.reporting.queries import gates
from anju.reporting.queries.writers import county_unit, writing_units
from anju.reporting.refusals import ReportRefused
from anju.reporting.spans import in_words, periods_until

_BY_ITSELF = (ReportKind.MONTHLY, ReportKind.QUARTERLY)
_CAUGHT_UP = timedelta(days=31)
_LONGEST_SUBJECT = 60


def open_due(*, by: Actor, on: date) -> int:
    """The daily job: begin the monthly and quarterly reports of each unit and of the county that come
    due within some days; how many. Safe to repeat.

    What came due within the last month is caught up, so that days without the job lose none.
    """
    count = 0
    for kind in _BY_ITSELF:
        for period in periods_until(kind, on, count=2):
            due_on = _due(period)
            if due_on - timedelta(days=ahead_days(on)) <= on <= due_on + _CAUGHT_UP:
                count += _open_all(by, on, kind, period)
    return count


@transaction.atomic
def begin(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    kind: str,
    period: Period,
    is_whole: bool,
    subject: str = "",
) -> Report:
    """Begin a report by hand, of a time that has begun; one that is there already (its last edition)
    is given back.

    A special report needs a subject; others have none.
    """
    unit = _writer(viewer, is_whole)
    subject = subject.strip()
    if kind == ReportKind.SPECIAL and not subject:
        raise ReportRefused(_("请填写专题名称，例如“零就业家庭清零”。"))
    if kind != ReportKind.SPECIAL:
        subject = ""
    if len(subject) > _LONGEST_SUBJECT:
        raise ReportRefused(_("专题名称请写在 60 字以内。"))
    if period.first_day > on:
        raise ReportRefused(_("这个时间段还没有开始，请选择已经开始的。"))
    there = Report.objects.filter(kind=kind, period=period.label, subject=subject)
    there = there.order_by("-edition")
    whole = there.filter(is_whole=True).first() if is_whole else None
    found = whole or there.filter(unit=unit, is_whole=is_whole).first()
    if found is not None:
        if not gates.writes(viewer, found):
            raise ReportRefused(_("全县这一期的报告由%(unit)s编写。") % {"unit": found.unit.name})
        return found
    due_on = _due(period) if kind != ReportKind.SPECIAL else max(period.last_day, on)
    made = _new(unit, kind, period, on, due_on, is_whole=is_whole, subject=subject)
    made.changed_by = by.username
    made.save()
    _note(by, made)
    return made


@transaction.atomic
def _open_all(by: Actor, on: date, kind: ReportKind, period: Period) -> int:
    there = Report.objects.filter(kind=kind, period=period.label, subject="")
    theirs = set(there.filter(is_whole=False).values_list("unit_id", flat=True))
    due_on = _due(period)
    made = [
        _new(unit, kind, period, on, due_on) for unit in writing_units(on) if unit.pk not in theirs
    ]
    county = county_unit(on)
    if county is not None and not there.filter(is_whole=True).exists():
        made.append(_new(county, kind, period, on, due_on, is_whole=True))
    for report in made:
        report.save()
        _note(by, report)
    return len(made)


def _new(
    unit: Unit,
    kind: str,
    period: Period,
    on: date,
    due_on: date,
    *,
    is_whole: bool = False,
    subject: str = "",
) -> Report:
    issuer = Issuer.objects.filter(unit=unit).first()
    signer = issuer.signer if issuer else unit.name
    time = in_words(kind, period.first_day, period.last_day)
    about = subject or "防止返贫监测帮扶和后续扶持工作"
    return Report(
        unit=unit,
        is_whole=is_whole,
        kind=kind,
        period=period.label,
        first_day=period.first_day,
        last_day=period.last_day,
        subject=subject,
        due_on=due_on,
        title=f"{signer}关于{'全县' if is_whole else ''}{time}{about}情况的报告"[:120],
        recipient=_recipient(issuer, unit, on, is_whole=is_whole),
        copies=issuer.copies if issuer else "",
        created_on=on,
    )


def _recipient(issuer: Issuer | None, unit: Unit, on: date, *, is_whole: bool) -> str:
    """Whom a unit reports to: as set, else the lead bureau; the county's goes to the county."""
    if issuer is not None and issuer.recipient and not is_whole:
        return issuer.recipient
    if is_whole:
        return "县委，县人民政府"
    lead = county_unit(on)
    return lead.name if lead is not None and lead.pk != unit.pk else "县人民政府"


def _writer(viewer: Viewer, is_whole: bool) -> Unit:
    unit = unit_of(viewer)
    if unit is None or not viewer.may(Permission.WRITE_REPORTS):
        raise ReportRefused(_("您没有编写报告的单位，请联系安全管理员设置所在单位和岗位。"))
    if is_whole and not gates.writes_whole(viewer):
        raise ReportRefused(_("全县报告由县级牵头部门编写。"))
    return unit


def _due(period: Period) -> date:
    return period.last_day + timedelta(days=due_days(period.last_day))


def _note(by: Actor, report: Report) -> None:
    record(
        by=by,
        action="report.add",
        kind="report",
        ids=[report.pk],
        detail={"kind": report.kind, "period": report.period, "whole": report.is_whole},
        place=report.unit.division_code,
    )
