"""Writing a problem down: by itself, or from an item of a sample, with all that is known of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Task
from anju.duties.queries import task_for
from anju.language import in_language
from anju.registry.models import Household
from anju.registry.queries import household_for
from anju.supervision import queries
from anju.supervision.actions import problems as actions
from anju.supervision.models import ProblemSource, SampleItem, Seriousness, Supervision
from anju.supervision.queries.listing import unmet_of
from anju.supervision.refusals import SupervisionRefused
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision import choosing
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.supervision import supervision_or_404

_TITLE = 120


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a problem down and give it to units."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    supervision, item = _about(request)
    known: dict[str, Any] = {"supervision": supervision, "item": item}
    sheet = Sheet(
        title=_("登记问题"),
        back=_back(supervision, item),
        back_title=supervision.number if supervision else _("问题"),
        fields=FIELDS,
        done=_("已登记问题，整改单位的工作台会出现这一项。"),
        button=_("登记问题"),
        choices={
            "source": [Choice(each.value, each.label) for each in ProblemSource],
            "seriousness": [Choice(each.value, each.label) for each in Seriousness],
            "plan": choosing.plans(viewer),
            "indicator": choosing.indicators(viewer),
            "division_code": choosing.divisions(viewer) + choosing.villages(viewer),
        },
        prefill=_prefill(viewer, supervision, item),
        units=_near_first(choosing.units(viewer), item),
        units_title=_("整改单位"),
        chosen=chosen(item),
    )

    def keep(who: Doing, given: Given) -> str:
        values = dict(given.values)
        values["plan"] = choosing.plan_of(viewer, values["plan"])
        values["indicator"] = choosing.indicator_of(viewer, values["indicator"])
        values["task"] = _task(viewer, values["task"])
        values["household"] = _household(viewer, values["household"])
        values["about_health"] = bool(values["about_health"])
        new = actions.NewProblem(**values, **known, units=given.units)
        row = actions.find(by=who.by, on=who.on, viewer=viewer, new=new)
        return reverse("web:problem", args=[row.number])

    return answer(request, sheet, keep)


FIELDS = (
    Field("title", _("问题"), is_required=True, note=_("一句话；不写姓名和证件号码。")),
    Field("words", _("具体情况"), Input.LONG, is_required=True, most=4000),
    Field("seriousness", _("程度"), Input.CHOICE, is_required=True),
    Field("source", _("来源"), Input.CHOICE, is_required=True),
    Field("found_on", _("发现日期"), Input.DATE, is_required=True),
    Field("due_on", _("整改期限"), Input.DATE, is_required=True),
    Field("division_code", _("所在地"), Input.CHOICE, is_required=True),
    Field("plan", _("方案"), Input.CHOICE),
    Field("clause", _("条款"), most=80),
    Field(
        "task", _("任务"), most=40, offers="web:problem-tasks",
        note=_("输入任务编号或名称中的字，从列出的任务中选择。"),
    ),
    Field("indicator", _("指标"), Input.CHOICE, note=_("问题是某项指标没有达到或填报不实时选择。")),
    Field("household", _("户编码"), most=20, note=_("涉及某一户时填写；只有看得到这户的人能看到问题。")),
    Field(
        "about_health", _("涉及健康状况"), Input.YES_NO,
        note=_("涉及的，只有看得到健康状况的岗位能看到内容。"),
    ),
)  # fmt: skip


@requires(Permission.INSPECT)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks to choose from while the field is typed in: by number or words of the title, of the plan
    that is chosen."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    typed = request.GET.get("task", "").strip()[:40]
    plan = choosing.plan_of(viewer, request.GET.get("plan", ""))
    context = {"choices": choosing.tasks(viewer, typed, plan)}
    return render(request, "web/supervision/_offers.html", context)


def _about(request: HttpRequest) -> tuple[Supervision | None, SampleItem | None]:
    """The inspection and the item that the address names."""
    number, position = request.GET.get("supervision", ""), request.GET.get("item", "")
    if not number:
        return None, None
    supervision = supervision_or_404(request, number)
    if not position:
        return supervision, None
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not (position.isascii() and position.isdigit() and len(position) < 6):
        raise Http404
    try:
        return supervision, queries.item_for(viewer, supervision, int(position))
    except SampleItem.DoesNotExist:
        raise Http404 from None


def _prefill(
    viewer: Viewer, supervision: Supervision | None, item: SampleItem | None
) -> dict[str, Any]:
    county = choosing.divisions(viewer)
    blank = {
        "seriousness": Seriousness.COMMON,
        "source": ProblemSource.SUPERVISION,
        "found_on": viewer.on,
        "division_code": county[0].value if county else "",
    }
    known = known_of(supervision, item) if supervision is not None else {}
    return blank | known | (_unmet(viewer, supervision, item) if supervision and item else {})


def _unmet(viewer: Viewer, supervision: Supervision, item: SampleItem) -> dict[str, Any]:
    """What was not met, as the first of it names the problem; the words go on with what was seen."""
    item.supervision = supervision
    unmet = unmet_of(viewer, supervision, [item]).get(item.pk, [])
    asked = {each["id"]: in_language(each["zh"], each["en"]) for each in supervision.questions}
    said = [asked[each] for each in unmet if each in asked]
    if not said:
        return {}
    told = gettext("不符合：%(what)s") % {"what": "；".join(said)}
    title = gettext("不符合：%(what)s") % {"what": said[0]}
    return {"title": title[:_TITLE], "words": f"{told}\n{item.words}".strip()}


def _near_first(units: list[Unit], item: SampleItem | None) -> list[Unit]:
    """Units of the village and town of the household that was looked at before all others."""
    if item is None or item.household is None:
        return units
    village = item.household.village_code
    near = (village, f"{village[:9]}000")
    return sorted(units, key=lambda unit: unit.division_code not in near)


def known_of(supervision: Supervision, item: SampleItem | None) -> dict[str, Any]:
    """The fields that an inspection and what it looked at fill."""
    household, task = (item.household, item.task) if item else (None, None)
    plan = (task.plan_id if task else None) or supervision.plan_id
    known = {
        "source": ProblemSource.SUPERVISION,
        "found_on": item.checked_on if item else None,
        "division_code": household.village_code if household else supervision.division_code,
        "plan": str(plan) if plan else "",
        "clause": task.clause if task else "",
        "task": task.number if task else "",
        "household": household.code if household else "",
        "words": item.words if item else "",
        "about_health": item.about_health if item else None,
    }
    return {name: value for name, value in known.items() if value not in (None, "")}


def chosen(item: SampleItem | None) -> list[int]:
    """Units of the task that was looked at."""
    if item is None or item.task is None:
        return []
    return list(item.task.units.values_list("unit_id", flat=True))


def _back(supervision: Supervision | None, item: SampleItem | None) -> str:
    if supervision is None:
        return reverse("web:problems")
    if item is None:
        return reverse("web:supervision", args=[supervision.number])
    return reverse("web:supervision-item", args=[supervision.number, item.position])


def _task(viewer: Viewer, number: str) -> Task | None:
    if not number:
        return None
    try:
        return task_for(viewer, number)
    except Task.DoesNotExist:
        raise SupervisionRefused(
            _(
                "没有编号为“%(number)s”的任务，或不在您的范围内。请在“任务”一栏输入编号或名称后选择。"
            )
            % {"number": number},
            field="task",
        ) from None


def _household(viewer: Viewer, code: str) -> Household | None:
    if not code:
        return None
    try:
        return household_for(viewer, code)
    except Household.DoesNotExist:
        raise SupervisionRefused(
            _("没有这个户编码，或不在您负责的区域，请核对。"), field="household"
        ) from None
