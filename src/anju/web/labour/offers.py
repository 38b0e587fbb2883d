"""Putting an opening to somebody, and noting what came of it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.employment.actions import offers as actions
from anju.employment.models import LabourProfile, Offer, Reason, Result
from anju.employment.queries import offers as queries
from anju.employment.queries import seekers, vacancies
from anju.registry.models import Household
from anju.web.access import requires
from anju.web.assets import forms
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.labour.sheets import Sheet, answer, choice, source, told
from anju.web.labour.vacancy import vacancy_or_404
from anju.web.registers.editing.fields import Field, Input

ANSWER: Final = (
    choice("result", gettext_lazy("结果"), Result.choices[1:], is_required=True),
    Field("answered_on", gettext_lazy("答复日期"), Input.DATE, is_required=True),
    choice("reason", gettext_lazy("不愿去的原因"), Reason.choices,
           note=gettext_lazy("只在本人不愿去时选；不问、不记健康情况。")),
    Field("started_on", gettext_lazy("到岗日期"), Input.DATE,
          note=gettext_lazy("已录用的必填，同时登记到务工台账，不用再录。")),
    Field("monthly_wage", gettext_lazy("约定月工资（元）"), Input.MONEY),
)  # fmt: skip


@requires(Permission.EDIT_REGISTERS)
@require_POST
def make(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Note that the opening was put to somebody today; back to the page it was done on."""
    done = doing(request)
    vacancy = vacancy_or_404(done.viewer, vacancy_id)
    profile = _seeker(done.viewer, request.POST.get("person", ""), done)
    _must_write(done.viewer, profile.household)
    (worker,) = seekers.workers([profile], done.on)
    try:
        actions.offer(
            by=done.by, on=done.on, household=profile.household, person=profile.person,
            worker=worker, vacancy=vacancy, source=source(done.viewer),
        )  # fmt: skip
        said = _("已记下向%(name)s推荐“%(trade)s”。有了答复，请登记结果。")
        messages.success(request, said % {"name": profile.person.name, "trade": vacancy.trade})
    except Refusal as refused:
        messages.error(request, refused.zh)
    if request.POST.get("back") == "household":
        return HttpResponseRedirect(_home(profile.household))
    return HttpResponseRedirect(reverse("web:vacancy", args=[vacancy.pk]))


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What came of an offer."""
    row = _editable(request, offer_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    values: dict[str, Any] = {
        "result": "" if row.result == Result.WAITING else row.result,
        "answered_on": row.answered_on or timezone.localdate(),
        "reason": row.reason,
        "started_on": row.started_on,
        "monthly_wage": row.vacancy.wage_from,
    }
    sheet = Sheet(
        _("登记结果"),
        ANSWER,
        values,
        (reverse("web:vacancy", args=[row.vacancy_id]), row.vacancy.trade),
        _home(row.household),
        row.person.name,
        note=_("%(employer)s，%(trade)s") % {
            "employer": row.vacancy.employer, "trade": row.vacancy.trade,
        },
        withdraw=reverse("web:offer-withdraw", args=[row.pk]),
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        said = typed.values
        actions.answer(
            by=done.by, on=done.on, row=row, result=Result(said["result"]),
            answered_on=said["answered_on"], reason=said["reason"], started_on=said["started_on"],
            monthly_wage=said["monthly_wage"], source=source(viewer),
        )  # fmt: skip
        told(request, True)
        return _home(row.household)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take back an offer that was never made."""
    row, done = _editable(request, offer_id), doing(request)
    try:
        actions.withdraw(
            by=done.by, on=done.on, row=row, reason=request.POST.get("reason", "")[:200]
        )
        messages.success(request, _("已撤销，原来的记录保留在审计中。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:offer", args=[row.pk]))
    return HttpResponseRedirect(_home(row.household))


def _seeker(viewer: Viewer, person: str, done: Doing) -> LabourProfile:
    """Who is meant: somebody who looks for work in the viewer's places."""
    if not person.isascii() or not person.isdigit() or len(person) > 18:
        raise Http404
    found = seekers.profiles_of(viewer, [int(person)], done.on)
    if not found:
        raise Http404
    return found[int(person)]


def _editable(request: HttpRequest, offer_id: int) -> Offer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.offer_for(viewer, offer_id)
    except Offer.DoesNotExist:
        raise Http404 from None
    _must_write(viewer, row.household)
    row.vacancy = vacancies.vacancy_for(viewer, row.vacancy_id)
    return row


def _must_write(viewer: Viewer, household: Household) -> None:
    grid = household.grid.code if household.grid else ""
    if not forms.scope_of(viewer).covers(household.village_code, grid):
        raise PermissionDenied


def _home(household: Household) -> str:
    return reverse("web:household-tab", args=[household.code, "work"])
