"""Entering workshops by hand, putting right what is known of them, and noting what they tell."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.employment.actions import workshops as actions
from anju.employment.models import Rating, Workshop, WorkshopCount, WorkshopKind
from anju.employment.queries import workshops as queries
from anju.employment.refusals import WorkRefused
from anju.web.access import requires
from anju.web.assets import forms
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.labour.sheets import Sheet, answer, choice, source, told
from anju.web.labour.workshop import workshop_or_404
from anju.web.registers.editing.fields import Field, Input

_EDIT = ["GET", "POST"]
WORKSHOP: Final = (
    Field("name", gettext_lazy("名称"), is_required=True, most=80),
    choice("kind", gettext_lazy("类型"), WorkshopKind.choices, is_required=True),
    Field("division_code", gettext_lazy("所在地"), Input.CHOICE, forms.divisions,
          note=gettext_lazy("在安置点的随安置点，可不选。")),
    Field("site", gettext_lazy("安置点"), Input.CHOICE, forms.sites,
          note=gettext_lazy("不在安置点的不选。")),
    Field("operator", gettext_lazy("经营主体"), most=80, note=gettext_lazy("填单位或经营者名称。")),
    Field("products", gettext_lazy("主要产品或业务"), most=80),
    Field("opened_on", gettext_lazy("开办（认定）日期"), Input.DATE),
    Field("closed_on", gettext_lazy("停办日期"), Input.DATE,
          note=gettext_lazy("还在办的不填；填停办那天。")),
    choice("rating", gettext_lazy("评定结果"), Rating.choices,
           note=gettext_lazy("没有评过的不选。")),
    Field("rated_on", gettext_lazy("评定日期"), Input.DATE),
)  # fmt: skip
COUNT: Final = (
    Field("posts", gettext_lazy("岗位数"), Input.NUMBER, most=4),
    Field("workers", gettext_lazy("吸纳就业人数"), Input.NUMBER, most=4),
    Field("lifted_out", gettext_lazy("其中脱贫人口（含监测对象）"), Input.NUMBER, most=4),
    Field("relocated", gettext_lazy("其中搬迁群众"), Input.NUMBER, most=4),
    Field("average_wage", gettext_lazy("月平均工资（元）"), Input.MONEY),
)
NEW_COUNT: Final = (
    Field("told_on", gettext_lazy("统计日期"), Input.DATE, is_required=True), *COUNT,
)  # fmt: skip


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """A workshop no list has brought."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    sheet = Sheet(_("登记车间"), WORKSHOP, _blank(viewer), _crumb(), reverse("web:workshops"))

    def do(done: Doing, typed: Typed) -> str:
        _inside(done.viewer, typed.values)
        workshop = actions.add(
            by=done.by, on=done.on, values=typed.values, source=source(done.viewer)
        )
        messages.success(request, _("已登记。"))
        return _page(workshop)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def edit(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """What the workshop is, and how it was rated."""
    workshop = _editable(request, workshop_id)
    values = {name: getattr(workshop, name) for name in actions.FIELDS}
    sheet = _sheet(_("更正"), WORKSHOP, values, workshop)

    def do(done: Doing, typed: Typed) -> str:
        _inside(done.viewer, {**values, **typed.values})
        changed = actions.correct(
            by=done.by, on=done.on, workshop=workshop, seen=typed.seen, typed=typed.values,
            source=source(done.viewer),
        )  # fmt: skip
        told(request, bool(changed))
        return _page(workshop)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def count(request: HttpRequest, workshop_id: int, key: int | None = None) -> HttpResponse:
    """What the workshop told on a day, new or put right."""
    workshop = _editable(request, workshop_id)
    row = _count(workshop, key) if key is not None else None
    values = {name: getattr(row, name) for name in actions.COUNT} if row else {}
    title = _("%(day)s 的人数") % {"day": row.told_on} if row else _("登记人数")
    withdraw = reverse("web:workshop-withdraw", args=[workshop.pk, row.pk]) if row else ""
    sheet = _sheet(title, COUNT if row else NEW_COUNT, values, workshop, withdraw)

    def do(done: Doing, typed: Typed) -> str:
        said = dict(typed.values)
        given: dict[str, Any] = {"by": done.by, "on": done.on, "source": source(done.viewer)}
        if row is None:
            day = said.pop("told_on")
            actions.record_count(**given, workshop=workshop, told_on=day, values=said)
        else:
            actions.correct_count(**given, row=row, values=said)
        told(request, True)
        return _page(workshop)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, workshop_id: int, key: int) -> HttpResponse:
    """Take back numbers that were never told."""
    workshop = _editable(request, workshop_id)
    row, done = _count(workshop, key), doing(request)
    try:
        actions.withdraw_count(
            by=done.by, on=done.on, row=row, reason=request.POST.get("reason", "")[:200]
        )
        messages.success(request, _("已撤销，原来的记录保留在审计中。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:workshop-count", args=[workshop.pk, key]))
    return HttpResponseRedirect(_page(workshop))


def _sheet(
    title: str, fields: Any, values: dict[str, Any], workshop: Workshop, withdraw: str = ""
) -> Sheet:
    return Sheet(title, fields, values, _crumb(), _page(workshop), workshop.name, withdraw=withdraw)


def _blank(viewer: Viewer) -> dict[str, Any]:
    """The place of who has only one."""
    places_of = forms.divisions(viewer)
    return {"division_code": places_of[0].value} if len(places_of) == 1 else {}


def _editable(request: HttpRequest, workshop_id: int) -> Workshop:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    workshop = workshop_or_404(viewer, workshop_id)
    if not queries.may_edit_workshop(viewer, workshop):
        raise PermissionDenied
    return workshop


def _inside(viewer: Viewer, values: dict[str, Any]) -> None:
    """Nobody puts a workshop out of their own sight: it stands in a place they may write."""
    site = values.get("site")
    code = site.village_code if site else values["division_code"]
    if not code or not forms.scope_of(viewer).covers(code):
        raise WorkRefused(_("请选择所在地：您负责的村、乡镇或县。"))


def _count(workshop: Workshop, key: int) -> WorkshopCount:
    try:
        return queries.count_of(workshop, key)
    except WorkshopCount.DoesNotExist:
        raise Http404 from None


def _crumb() -> tuple[str, str]:
    return reverse("web:workshops"), _("就业帮扶车间")


def _page(workshop: Workshop) -> str:
    return reverse("web:workshop", args=[workshop.pk])
