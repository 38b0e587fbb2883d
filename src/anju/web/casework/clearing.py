"""Lists that must reach zero each month: in numbers, and household by household with its case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, CaseKind
from anju.casework.queries import cases_for, clearing
from anju.casework.queries.clearing import STANDINGS, Standing, Tally
from anju.language import in_language
from anju.monitoring.models import Run
from anju.places import queries as places
from anju.procedures.calendars import Clock
from anju.web import lists
from anju.web.access import requires
from anju.web.casework import columns
from anju.web.casework.wording import Wording
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows, Text
from anju.web.lists.places import town, village

FIRST = CaseKind.ZERO_EMPLOYMENT
"""The list shown while none is chosen."""

NAMES: Mapping[CaseKind, Text] = {
    CaseKind.ZERO_EMPLOYMENT: _("零就业"),
    CaseKind.OUT_OF_SCHOOL: _("失学辍学"),
}


@dataclass(frozen=True)
class Shown:
    """One list above the table: its numbers, its limit, and where its households are."""

    name: Text
    tally: Tally
    limit: str
    standings: Sequence[tuple[Text, int, str]]
    elsewhere: str


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The lists of the latest run, and the households of the one that is chosen."""
    viewer = request.viewer  # type: ignore[attr-defined]
    on = timezone.localdate()
    run, procedures = clearing.latest_run(), clearing.procedures_on(on)
    others = [kind for kind in procedures if kind != FIRST]
    wanted = request.GET.get("kind", "")
    given = {"run": run, "kind": next((each for each in others if each == wanted), FIRST)}
    is_page = not request.htmx  # type: ignore[attr-defined]
    shown = [_shown(viewer, run, kind, each.within) for kind, each in procedures.items() if is_page]
    return lists.show(
        request,
        CLEARING,
        template="web/casework/clearing.html",
        given={**given, "others": others},
        context={"run": run, "shown": shown},
    )


def _shown(viewer: Viewer, run: Run | None, kind: CaseKind, within: Clock | None) -> Shown:
    chosen = "" if kind == FIRST else f"kind={kind.value}&"
    address = f"{reverse('web:clearing')}?{chosen}standing="
    tally = clearing.tally(viewer, run, kind, viewer.on)
    return Shown(
        name=NAMES[kind],
        tally=tally,
        limit="" if within is None else in_language(within.zh, within.en),
        standings=[
            (STANDINGS[each], number, f"{address}{each.value}")
            for each, number in tally.by_standing.items()
        ],
        elsewhere=f"{reverse('web:cases')}?kind={kind.value}",
    )


def _rows(ask: Ask) -> Rows:
    rows = clearing.listed_for(ask.viewer, ask.given["run"], ask.given["kind"], ask.on)
    return rows.select_related("household")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places and cases: a fixed number of queries."""
    names = places.names([row.village_code for row in rows])
    ids = [row.case_id for row in rows if row.case_id is not None]
    theirs: dict[int, Case] = cases_for(ask.viewer).in_bulk(ids)
    wording = Wording(ask.on)
    for row in rows:
        case = theirs.get(row.case_id)
        row.place_name = names.village(row.village_code) or row.village_code
        row.standing_text = STANDINGS[clearing.standing_of(row, ask.on)]
        row.number = case.number if case else ""
        is_open = case is not None and bool(case.step)
        row.step_text = (
            wording.step(case.pack, case.procedure, case.step) if case and is_open else ""
        )
        row.left = columns.left_in_words(case.due_on, ask.on) if case and is_open else ""


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(kind.value, NAMES[kind]) for kind in ask.given["others"]]


def _standings(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, STANDINGS[each]) for each in Standing]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    return clearing.of_standing(rows, Standing(value), ask.on)


def _case(row: Any) -> str:
    return reverse("web:case", args=[row.number]) if row.number else ""


CLEARING = Register(
    id="clearing",
    title=_("动态清零"),
    noun=_("户"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("名单上没有户。每月监测研判后，命中的户会列在这里，逐户立案清零。"),
    search=Search(columns.SEARCHED, columns.search),
    filters=(
        Filter("kind", _("名单"), _kinds, _unchanged, NAMES[FIRST]),
        Filter("standing", _("进展"), _standings, _by_standing),
        town(),
        village(),
    ),
    sorts=(Sort("place", _("按村"), ("village_code", "id")),),
    columns=(
        Column("head", _("户主"), lambda row: row.household.head_name, fixed=True),
        columns.household_column(),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("standing", _("进展"), lambda row: row.standing_text),
        Column("number", _("案件编号"), lambda row: row.number, Kind.CODE, link=_case),
        Column("step", _("当前环节"), lambda row: row.step_text),
        Column("left", _("剩余时间"), lambda row: row.left),
    ),
)
