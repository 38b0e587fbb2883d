"""The reports of the demo county: last month's of a bureau issued, of a town waiting, others begun."""

from datetime import date
from typing import Any

_WORDS = {
    "difficulties": "（一）搬迁群众就近就业岗位偏少，冬季务工人数会有回落。\n"
    "（二）部分安置点公共设施进入维修期，管护经费不足。",
    "next": "继续按月研判、逐户核实，逾期任务本月内办结；配合做好冬季务工返乡人员的岗位对接。",
}


def make(*, today: date) -> int:
    """Say how units number what they send, begin what is due, and hand two reports in; how many were begun."""
    from anju.accounts.models import User
    from anju.accounts.queries import viewer_of
    from anju.audit.actor import SYSTEM
    from anju.reporting.actions import issuing, opening
    from anju.reporting.models import Report, ReportKind
    from anju.reporting.queries.writers import writing_units

    leader = viewer_of(User.objects.get(username="leader"), on=today)
    taken: set[str] = set()
    for unit in writing_units(today):
        values = _headed(unit, _mark(unit, taken))
        issuing.set_issuer(by=leader.actor(), viewer=leader, unit_id=unit.pk, values=values)
    begun = opening.open_due(by=SYSTEM, on=today)
    for who in ("department", "town"):
        user = User.objects.get(username=who)
        report = (
            Report.objects.filter(
                unit=user.unit, kind=ReportKind.MONTHLY, last_day__lt=today, is_whole=False
            )
            .select_related("unit")
            .first()
        )
        if report is not None:
            submitted = _hand_in(report, viewer_of(user, on=today), today)
            if who == "department":
                issuing.issue(
                    by=leader.actor(),
                    on=today,
                    viewer=leader,
                    report=submitted,
                    version=submitted.version,
                    leader=leader.name,
                )
    return begun


def _headed(unit: Any, mark: str) -> dict[str, str]:
    return {
        "head": f"{unit.name}文件",
        "mark": mark,
        "signer": unit.name,
        "printed_by": f"{unit.name}办公室",
        "copies": "县委办公室，县政府办公室" if unit.kind == "bureau" else "",
    }


def _mark(unit: Any, taken: set[str]) -> str:
    """机关代字: the county's and the office's first letters, as many as make it another's no more."""
    county, is_of_county, office = unit.name.partition("县")
    office = office or county.removesuffix("人民政府")
    for length in range(1, len(office) + 1):
        mark = f"{county[0]}{office[:length]}发" if is_of_county else f"{office[: length + 1]}政发"
        if mark not in taken:
            taken.add(mark)
            return mark
    return f"{unit.name}发"


def _hand_in(report: Any, viewer: Any, today: date) -> Any:
    from anju.reporting.actions import issuing, writing

    kept = writing.save(
        by=viewer.actor(),
        viewer=viewer,
        report=report,
        version=report.version,
        lines={name: getattr(report, name) for name in ("title", "recipient", "copies")},
        words=_WORDS,
    )
    return issuing.submit(
        by=viewer.actor(), on=today, viewer=viewer, report=kept, version=kept.version
    )
