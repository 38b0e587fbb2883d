"""The sample of an inspection as a list: households or tasks, with what was found of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from anju.language import in_language
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.models import AnswerResult
from anju.supervision.queries import looking_back
from anju.supervision.queries.listing import unmet_of
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.supervision.wording import strata_names


def _rows(ask: Ask) -> Rows:
    rows = queries.items_for(ask.viewer, ask.given["supervision"])
    return rows.select_related("household__site", "task", "supervision")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of strata and places, and what was not met: four queries at most."""
    supervision = ask.given["supervision"]
    strata = strata_names(ask.viewer, supervision, {row.stratum for row in rows})
    names = places.names([row.household.village_code for row in rows if row.household])
    unmet = unmet_of(ask.viewer, supervision, rows)
    words = {each["id"]: in_language(each["zh"], each["en"]) for each in supervision.questions}
    for row in rows:
        row.stratum_name = strata[row.stratum]
        village = row.household.village_code if row.household else ""
        row.place_name = (names.village(village) or village) if village else ""
        missing = [words.get(each, each) for each in unmet.get(row.pk, [])]
        row.found = gettext("未检查") if row.checked_on is None else _found(missing)


def _found(missing: list[str]) -> str:
    if not missing:
        return gettext("全部符合")
    return gettext("不符合：%(what)s") % {"what": "；".join(missing)}


def _standings(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("waiting", _("未检查")),
        Choice("checked", _("已检查")),
        Choice("unmet", _("有不符合")),
    ]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "waiting":
        return rows.filter(checked_on__isnull=True)
    if value == "unmet":
        return rows.filter(answers__result=AnswerResult.UNMET).distinct()
    return rows.filter(checked_on__isnull=False)


def _strata(ask: Ask) -> Sequence[Choice]:
    supervision = ask.given["supervision"]
    names = strata_names(ask.viewer, supervision, supervision.frame)
    return [Choice(each, names[each]) for each in sorted(names)]


def _by_stratum(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(stratum=value)


def _questions(ask: Ask) -> Sequence[Choice]:
    asked = ask.given["supervision"].questions
    return [Choice(each["id"], in_language(each["zh"], each["en"])) for each in asked]


def _by_question(rows: Rows, value: str, ask: Ask) -> Rows:
    """Items where one question was not met, and that may be told."""
    unmet = rows.filter(answers__question=value, answers__result=AnswerResult.UNMET)
    return unmet.exclude(pk__in=looking_back.secret_items(ask.viewer, ask.given["supervision"]))


def _item(row: Any) -> str:
    return reverse("web:supervision-item", args=[row.supervision.number, row.position])


def _register(id_: str, audit_kind: str, row_id: Any, columns: tuple[Column, ...]) -> Register:
    return Register(
        id=id_,
        title=_("督查样本"),
        noun=pgettext_lazy("items", "个"),
        rows=_rows,
        prepare=_prepare,
        audit_kind=audit_kind,
        row_id=row_id,
        empty=_("还没有抽取样本。"),
        filters=(
            Filter("standing", _("进展"), _standings, _by_standing),
            Filter("stratum", _("所在层"), _strata, _by_stratum),
            Filter("unmet", _("不符合的检查项"), _questions, _by_question),
        ),
        sorts=(Sort("position", _("按次序"), ("position",)),),
        columns=(
            Column("position", _("次序"), lambda row: row.position, Kind.CODE, link=_item,
                   fixed=True),
            Column("stratum", _("所在层"), lambda row: row.stratum_name),
            *columns,
            Column("checked_on", _("检查日期"), lambda row: row.checked_on or "", Kind.DATE),
            Column("found", _("检查结果"), lambda row: row.found),
        ),
    )  # fmt: skip


HOUSEHOLDS = _register(
    "supervision-homes",
    "household",
    lambda row: row.household.code,
    (
        Column("head", _("户主"), lambda row: row.household.head_name),
        Column("household", _("户编码"), lambda row: row.household.code, Kind.CODE),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
    ),
)
TASKS = _register(
    "supervision-tasks",
    "task",
    lambda row: row.task.number,
    (
        Column("task", _("任务编号"), lambda row: row.task.number, Kind.CODE),
        Column("title", _("任务名称"), lambda row: row.task.title),
    ),
)
