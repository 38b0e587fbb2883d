"""各单位报送: the reports of units for the same time added up, and who has not handed in yet.

In the order of places and names of units: this ranks nobody.
"""

from __future__ import annotations

from anju.reporting.models import OPEN, Replacing, Report, ReportKind, ReportState
from anju.reporting.queries.asked import Asked
from anju.reporting.queries.writers import writing_units
from anju.reporting.told import Figure, Grid, Part, read

TITLE = "各单位报送情况"
_COLUMNS = ("tasks.due", "tasks.accepted_of_due", "tasks.late", "problems.open")
_NAMED = 8
"""More units than these are not named in a sentence: the table names them."""
_HEAD = ("单位", "报告", "到期节点", "已认定", "逾期节点", "未销号问题")


def tell(asked: Asked) -> Part | None:
    """None but in the report of the whole county for a time that units report on."""
    report = asked.report
    if not report.is_whole or report.kind == ReportKind.SPECIAL:
        return None
    reports = of_units(report)
    units = {each.pk: each for each in writing_units(asked.at)}
    units |= {each.unit_id: each.unit for each in reports.values()}
    ordered = sorted(units.values(), key=lambda each: (each.division_code, each.name))
    lines: list[tuple[str, ...]] = [_HEAD]
    sums = [0] * len(_COLUMNS)
    missing = []
    for unit in ordered:
        theirs = reports.get(unit.pk)
        if theirs is None or theirs.state in OPEN:
            missing.append(unit.name)
            lines.append((unit.name, "未报", *[""] * len(_COLUMNS)))
            continue
        found = {each.id: each.value for part in read(theirs.parts) for each in part.figures}
        values = [int(found.get(column) or 0) for column in _COLUMNS]
        sums = [one + other for one, other in zip(sums, values, strict=True)]
        lines.append((unit.name, "已报", *map(str, values)))
    if not ordered:
        return None
    handed_in = len(ordered) - len(missing)
    lines.append(("合计", f"{handed_in}/{len(ordered)}", *map(str, sums)))
    return Part(
        "units", TITLE, _sentences(len(ordered), missing), _figures(report, handed_in, missing),
        Grid(lines, [8, 4, 4, 4, 4, 4], caption=TITLE, numbers=(2, 3, 4, 5)),
    )  # fmt: skip


def of_units(report: Report) -> dict[int, Report]:
    """Unit → its report of the same kind and time that holds: a correction once it is issued, none
    once it was withdrawn; one query."""
    rows = Report.objects.filter(
        kind=report.kind, period=report.period, subject="", is_whole=False
    ).select_related("unit")
    found: dict[int, Report] = {}
    for row in rows.order_by("edition"):
        is_issued = row.state == ReportState.ISSUED
        if row.replacing == Replacing.WITHDRAWAL:
            if is_issued:
                found.pop(row.unit_id, None)
        elif is_issued or row.unit_id not in found:
            found[row.unit_id] = row
    return found


def _sentences(total: int, missing: list[str]) -> list[str]:
    told = f"应报送单位{total}个，已报送{total - len(missing)}个。"
    if 0 < len(missing) <= _NAMED:
        told += f"未报送：{'、'.join(missing)}。"
    return [told, "各单位报告中的数字如下表，一项任务由几个单位负责的分别计入各单位。"]


def _figures(report: Report, handed_in: int, missing: list[str]) -> list[Figure]:
    query = {"kind": report.kind, "period": report.period}
    return [
        Figure("units.handed_in", "已报送单位", handed_in, "个", "reports", query),
        Figure("units.missing", "未报送单位", len(missing), "个", "reports", query),
    ]
