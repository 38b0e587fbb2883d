"""Entering vacancies by hand, and putting right what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment import elsewhere
from anju.employment.actions import vacancies as actions
from anju.employment.models import Keep, Vacancy
from anju.employment.queries import vacancies as queries
from anju.employment.queries import workshops
from anju.employment.refusals import WrongWork
from anju.web.access import requires
from anju.web.assets import forms
from anju.web.assets.forms import Typed
from anju.web.doing import Doing
from anju.web.labour.sheets import Sheet, answer, choice, source, told
from anju.web.labour.vacancy import vacancy_or_404
from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Input

_EDIT = ["GET", "POST"]


def _workshops(viewer: Viewer) -> Sequence[Choice]:
    """Workshops that are open, in places where the viewer may write."""
    rows = workshops.workshops_for(viewer).filter(
        forms.scope_of(viewer).q("division_code", None), workshops.running(viewer.on)
    )
    return [Choice(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _wheres(viewer: Viewer) -> Sequence[Choice]:
    """Places the viewer may write of; and provinces, for who writes for the whole county."""
    near = forms.divisions(viewer)
    if not forms.scope_of(viewer).is_county_wide:
        return near
    far = elsewhere.PROVINCES.items()
    return [*near, *(Choice(code.ljust(12, "0"), name) for code, name in far)]


_PHONE: Final = Field("phone", gettext_lazy("联系电话"), Input.PHONE, most=20)
VACANCY: Final = (
    Field("workshop_id", gettext_lazy("帮扶车间"), Input.CHOICE, _workshops, is_nullable=True,
          note=gettext_lazy("车间自己招人的选车间，单位和工作地随车间；其他单位不选。")),
    Field("employer", gettext_lazy("用人单位")),
    Field("trade", gettext_lazy("岗位（工种）"), is_required=True, most=60),
    Field("division_code", gettext_lazy("工作地"), Input.CHOICE, _wheres,
          note=gettext_lazy("县内的选村、乡镇或县；县外的选省。")),
    Field("address", gettext_lazy("工作地点")),
    Field("wanted", gettext_lazy("招聘人数"), Input.NUMBER, is_required=True, most=4),
    Field("filled", gettext_lazy("单位报的已招人数"), Input.NUMBER, most=4),
    Field("wage_from", gettext_lazy("月工资从（元）"), Input.MONEY),
    Field("wage_to", gettext_lazy("月工资到（元）"), Input.MONEY),
    Field("age_from", gettext_lazy("年龄从"), Input.NUMBER, most=2),
    Field("age_to", gettext_lazy("年龄到（含）"), Input.NUMBER, most=2),
    Field("needs_skill", gettext_lazy("是否要求技能"), Input.YES_NO),
    Field("requirements", gettext_lazy("其他要求"), most=200),
    choice("keep", gettext_lazy("食宿"), Keep.choices),
    Field("contact", gettext_lazy("联系人"), most=40),
    _PHONE,
    Field("opened_on", gettext_lazy("发布日期"), Input.DATE, is_required=True),
    Field("closes_on", gettext_lazy("截止日期（含当日）"), Input.DATE,
          note=gettext_lazy("没有截止日期的不填，按发布后若干天有效（见政策“岗位需求有效期”）。")),
)  # fmt: skip


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """A vacancy no list has brought; `?workshop=` comes from the page of a workshop."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    values = _blank(viewer, request.GET.get("workshop", ""))
    sheet = Sheet(_("登记岗位"), VACANCY, values, _crumb(), reverse("web:vacancies"))

    def do(done: Doing, typed: Typed) -> str:
        said = _told(typed)
        county = _county(done.viewer, said.values)
        phone = said.values.pop("phone")
        vacancy = actions.add(
            by=done.by, on=done.on, county_code=county, values=said.values, phone=phone,
            source=source(done.viewer),
        )  # fmt: skip
        messages.success(request, _("已登记。"))
        return _page(vacancy)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def edit(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """What is offered, how many were found, until when."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    vacancy = vacancy_or_404(viewer, vacancy_id)
    if not queries.may_edit_vacancy(viewer, vacancy):
        raise PermissionDenied
    values = {name: getattr(vacancy, name) for name in actions.FIELDS}
    note = _("电话已登记，不显示；换了号码的才填。") if vacancy.phone_sealed else ""
    fields = [replace(_PHONE, note=note) if each is _PHONE else each for each in VACANCY]
    sheet = Sheet(
        _("更正"), fields, values, _crumb(), _page(vacancy), f"{vacancy.employer} {vacancy.trade}"
    )

    def do(done: Doing, typed: Typed) -> str:
        said = _told(typed)
        _county(done.viewer, said.values)
        phone, _old = said.values.pop("phone"), said.seen.pop("phone", "")
        changed = actions.correct(
            by=done.by, on=done.on, vacancy=vacancy, seen=said.seen, typed=said.values,
            phone=phone, source=source(done.viewer),
        )  # fmt: skip
        told(request, bool(changed))
        return _page(vacancy)

    return answer(request, sheet, do)


def _told(typed: Typed) -> Typed:
    """The same, the workshop by its number."""
    values, seen = dict(typed.values), dict(typed.seen)
    for said in (values, seen):
        said["workshop_id"] = int(said.get("workshop_id") or 0) or None
    return replace(typed, values=values, seen=seen)


def _blank(viewer: Viewer, workshop: str) -> dict[str, Any]:
    """Today, the workshop whose page led here, and the place of who has only one."""
    known: dict[str, Any] = {"opened_on": timezone.localdate()}
    if workshop in {each.value for each in _workshops(viewer)}:
        known["workshop_id"] = workshop
    near = forms.divisions(viewer)
    if len(near) == 1:
        known["division_code"] = near[0].value
    return known


def _county(viewer: Viewer, values: dict[str, Any]) -> str:
    """The county that tells of it, where the viewer may write of such work."""
    code = str(values["division_code"])
    if values["workshop_id"] is not None:
        workshop = workshops.workshop_for(viewer, values["workshop_id"])
        code = values["division_code"] = workshop.division_code
    own = sorted({low[:6] for low, _high in forms.scope_of(viewer).ranges})
    county = code[:6] if code[:6] in own else own[0] if own else ""
    if not code or not queries.may_tell_of(viewer, code, county):
        raise WrongWork(_("请选择工作地：您负责的村、乡镇；县外的由县级登记。"), "division_code")
    return county


def _crumb() -> tuple[str, str]:
    return reverse("web:vacancies"), _("岗位需求")


def _page(vacancy: Vacancy) -> str:
    return reverse("web:vacancy", args=[vacancy.pk])
