"""The list of findings of one run: warnings, or (chosen as such) gaps in the data."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.monitoring import queries
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Filter, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.monitoring import choices, columns


@requires(Permission.VIEW_FINDINGS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Findings of the chosen run, else of the latest."""
    runs = choices.done_runs(request.viewer)  # type: ignore[attr-defined]
    run = choices.chosen_run(runs, request.GET.get("run", ""))
    book = queries.Rulebook(run) if run else None
    given: dict[str, Any] = {
        "runs": runs,
        "run": run,
        "book": book,
        "books": {run.pk: book} if run else {},
    }
    return lists.show(
        request,
        FINDINGS,
        template="web/monitoring/findings.html",
        given=given,
        context={"run": run},
    )


def _rows(ask: Ask) -> Rows:
    wanted = "unknown" if ask.chosen("status") == "unknown" else "hit"
    found = queries.findings_for(ask.viewer, ask.given["run"]).filter(status=wanted)
    return found.select_related("household")


def _statuses(ask: Ask) -> Sequence[Choice]:
    return [Choice("unknown", _("缺数据，无法判断"))]


def _as_asked(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it: the index begins with run and status


FINDINGS = Register(
    id="findings",
    title=_("预警"),
    noun=_("条"),
    rows=_rows,
    prepare=columns.prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("还没有研判结果。请先在“研判”中选月份和政策包开始一次研判。"),
    search=Search(_("户编码、姓名、姓名首字母、证件号后四位"), columns.search),
    filters=(
        choices.run_filter("run", _("研判"), _("最近")),
        choices.rule_filter(),
        choices.level_filter(),
        town(),
        village(),
        Filter("status", _("情况"), _statuses, _as_asked, _("预警")),
        narrowing.behind("findings"),
    ),
    sorts=(Sort("place", _("按村"), ("village_code", "id")),),
    columns=columns.COLUMNS,
)
