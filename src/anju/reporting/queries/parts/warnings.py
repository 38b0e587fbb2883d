"""监测预警: households by level in the latest run of the time, and the leads that came in."""

from __future__ import annotations

from anju.casework.queries import figures
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run, RunState
from anju.reporting.models import ReportKind
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part

TITLE = "监测预警情况"
_LEVELS = {"red": "红色", "orange": "橙色", "yellow": "黄色", "hint": "提示"}


def tell(asked: Asked) -> Part | None:
    """None where the unit keeps no households."""
    if not asked.tells_households:
        return None
    sentences, figures_told = _runs(asked)
    leads = figures.leads_by_channel(asked.viewer, asked.period)[0]
    query = {"state": "all", "first": asked.span}
    told = [
        Figure("leads.total", "新增线索", leads.total, "条", "leads", query),
        Figure("leads.case", "其中已立案", leads.to_case, "条", "leads", query),
        Figure("leads.no_risk", "其中核实无风险", leads.no_risk, "条", "leads", query),
        Figure("leads.waiting", "其中待核实", leads.waiting, "条", "leads", query),
    ]
    if leads.total:
        sentences.append(
            f"本期新增线索{leads.total}条，已立案{leads.to_case}条，核实无风险{leads.no_risk}条，"
            f"待核实{leads.waiting}条。"
        )
    else:
        sentences.append("本期没有新增线索。")
    return Part("warnings", TITLE, sentences, [*figures_told, *told])


def _runs(asked: Asked) -> tuple[list[str], list[Figure]]:
    runs = _done(asked)
    if not runs:
        return ["本期没有完成监测研判。"], []
    latest = runs[0]
    counted = monitoring.level_counts(asked.viewer, latest).get("", {})
    levels = {name: counted.get(level, 0) for level, name in _LEVELS.items()}  # type: ignore[call-overload]
    source = {"run": str(latest.pk)}
    month = {"month": latest.month} if asked.report.kind == ReportKind.MONTHLY else {}
    told = [Figure("runs", "监测研判", len(runs), "次", "runs", month)]
    told += [
        Figure(f"level.{level}", f"{name}预警", levels[name], "户", "findings", source)
        for level, name in _LEVELS.items()
    ]
    listed = "、".join(f"{name}{count}户" for name, count in levels.items())
    year, month = latest.month.split("-")
    return [
        f"本期完成监测研判{len(runs)}次。最近一次（{year}年{int(month)}月）有预警的农户"
        f"{sum(levels.values())}户，其中{listed}。"
    ], told


def _done(asked: Asked) -> list[Run]:
    """The latest finished run of each month of the time, the latest month first."""
    first, last = f"{asked.period.first:%Y-%m}", f"{asked.period.last:%Y-%m}"
    found: dict[str, Run] = {}
    for run in monitoring.runs_for(asked.viewer).filter(
        state=RunState.DONE, month__gte=first, month__lte=last
    ):
        if run.month not in found:
            latest = monitoring.latest_run(month=run.month)
            if latest is not None:
                found[run.month] = latest
    return [found[month] for month in sorted(found, reverse=True)]
