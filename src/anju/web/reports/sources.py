"""Where the figures of a report come from: the list behind each, for who may open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission as P
from anju.accounts.viewer import Viewer
from anju.reporting import queries
from anju.reporting.models import Report
from anju.reporting.told import Figure, Part


@dataclass(frozen=True)
class Source:
    """A list: what it is called, its address, and who may open it."""

    title: str | Promise
    name: str
    permission: P
    dated: tuple[str, str] | None = None  # parameters that narrow it to the report's time
    by_unit: bool = False  # whether `unit` narrows it to the report's unit

    def address(self, report: Report, query: Mapping[str, str]) -> str:
        """The list as the report has it."""
        said = dict(query)
        if self.dated is not None:
            first, last = self.dated
            said |= {first: report.first_day.isoformat(), last: report.last_day.isoformat()}
        if self.by_unit and not report.is_whole:
            said["unit"] = str(report.unit_id)
        return f"{reverse(self.name)}?{urlencode(said)}" if said else reverse(self.name)


SOURCES = {
    "runs": Source(_("研判"), "web:runs", P.VIEW_FINDINGS),
    "findings": Source(_("预警"), "web:findings", P.VIEW_FINDINGS),
    "leads": Source(_("线索"), "web:leads", P.VIEW_CASES),
    "cases": Source(_("案件"), "web:cases", P.VIEW_CASES),
    "figures": Source(_("办理统计"), "web:figures", P.VIEW_CASES, ("from", "to")),
    "clearing": Source(_("动态清零"), "web:clearing", P.VIEW_CASES),
    "tasks": Source(_("任务台账"), "web:tasks", P.VIEW_DUTIES, by_unit=True),
    "indicators": Source(_("指标"), "web:indicators", P.VIEW_DUTIES, by_unit=True),
    "problems": Source(_("问题清单"), "web:problems", P.VIEW_DUTIES, by_unit=True),
    "rectifications": Source(_("整改清单"), "web:rectifications", P.VIEW_DUTIES, by_unit=True),
    "imports": Source(_("导入"), "web:imports", P.IMPORT_FILES),
    "reports": Source(_("调度报告"), "web:reports", P.VIEW_DUTIES),
}


#: `{span}` becomes both days of the report's time.
_WITH_IT: tuple[tuple[Promise, str, dict[str, str]], ...] = (
    (_("本期到期的任务"), "tasks", {"state": "all", "due": "{span}"}),
    (_("本期办结的任务"), "tasks", {"state": "done", "closed": "{span}"}),
    (_("逾期任务"), "tasks", {"light": "red"}),
    (_("本期发现的问题"), "problems", {"standing": "all", "found": "{span}"}),
    (_("本期销号的问题"), "problems", {"standing": "closed", "closed": "{span}"}),
    (_("整改清单"), "rectifications", {"standing": "all"}),
    (_("指标"), "indicators", {}),
)


@dataclass(frozen=True)
class Shown:
    """A figure with the list it was counted in; no address for who may not open that."""

    figure: Figure
    title: str | Promise
    address: str


def shown(viewer: Viewer, report: Report, parts: list[Part]) -> Iterator[tuple[Part, list[Shown]]]:
    """The parts that have figures, each figure with its source."""
    for part in parts:
        if part.figures:
            yield part, [_shown(viewer, report, figure) for figure in part.figures]


def workbooks(viewer: Viewer, report: Report) -> list[tuple[str | Promise, str]]:
    """The lists that go with a report, of its unit and time, and the responsibility list of each plan it
    has tasks of; each can be taken as a workbook."""
    span = f"{report.first_day}..{report.last_day}"
    found: list[tuple[str | Promise, str]] = []
    for title, source, query in _WITH_IT:
        if viewer.may(SOURCES[source].permission):
            asked = {name: text.format(span=span) for name, text in query.items()}
            found.append((title, SOURCES[source].address(report, asked)))
    unit = "" if report.is_whole else f"?{urlencode({'unit': report.unit_id})}"
    for plan in queries.plans_told(viewer, report):
        said = gettext("责任清单：%(plan)s") % {"plan": plan.short_title}
        found.append((said, reverse("web:responsibilities", args=[plan.pk]) + unit))
    return found


def _shown(viewer: Viewer, report: Report, figure: Figure) -> Shown:
    source = SOURCES.get(figure.source)
    if source is None:
        return Shown(figure, "", "")
    address = source.address(report, figure.query) if viewer.may(source.permission) else ""
    return Shown(figure, source.title, address)
