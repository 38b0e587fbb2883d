"""One village's clinic: the case of its blank spot, what was seen there, and writing down what is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework import books
from anju.casework.actions import clinic_cases as moves
from anju.casework.actions import clinics as actions
from anju.casework.models import ClinicCase
from anju.casework.queries import clinic_cases
from anju.casework.queries import clinics as queries
from anju.places import queries as places
from anju.registry.models import ClinicReport
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import story
from anju.web.casework.columns import left_in_words
from anju.web.casework.offering import Offered, offered
from anju.web.casework.recording import typed
from anju.web.casework.wording import Wording, level_word
from anju.web.doing import Doing, carry_out
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong

FIELDS = (
    Field("seen_on", _("核实日期"), Input.DATE, is_required=True),
    Field("has_clinic", _("有无村卫生室"), Input.YES_NO, is_required=True),
    Field("has_staff", _("有无合格村医"), Input.YES_NO, is_required=True),
    Field(
        "source", _("来源"), is_required=True, most=80,
        note=_("例如实地查看、县卫生健康局名单。"),
    ),
    Field(
        "arrangement", _("空白期间的安排"), Input.LONG, most=200,
        note=_("是空白点的必填：群众现在到哪里看病，例如乡镇卫生院巡诊、邻村代管。"),
    ),
)  # fmt: skip


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, village_code: str) -> HttpResponse:
    """One village: its case, what was seen so far, and writing down what is seen now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not queries.villages_for(viewer).filter(code=village_code).exists():
        raise Http404
    if request.method != "POST":
        record(
            by=viewer.actor(address_of(request)),
            action="clinic.read",
            kind="division",
            ids=[village_code],
            place=village_code,
        )
        return _shown(request, village_code)
    texts = typed(FIELDS, request.POST)
    values, problems = _read(texts)
    if problems:
        return _shown(request, village_code, texts=texts, problems=problems)

    def do(doing: Doing) -> str:
        actions.record(
            by=doing.by, viewer=doing.viewer, at=doing.at, on=doing.on, village_code=village_code,
            **values,
        )  # fmt: skip
        messages.success(request, gettext("已登记。"))
        return reverse("web:clinic", args=[village_code])

    return carry_out(
        request, do, lambda why: _shown(request, village_code, texts=texts, problem=why)
    )


@requires(Permission.VIEW_CASES)
@require_POST
def act(request: HttpRequest, village_code: str) -> HttpResponse:
    """Take an action on the village's case, as it stood when the page was opened."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    case = clinic_cases.latest_of(viewer, village_code)
    if case is None:
        raise Http404
    sent = request.POST
    seen, action = sent.get("seen", ""), sent.get("action", "")

    def do(doing: Doing) -> str:
        moves.take(
            by=doing.by, at=doing.at, on=doing.on, viewer=doing.viewer, case=case, action=action,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
            reason=sent.get("reason", ""), note=sent.get("note", ""),
        )  # fmt: skip
        messages.success(request, gettext("已办理，案件进入下一步。"))
        return reverse("web:clinic", args=[village_code])

    return carry_out(
        request, do, lambda why: _shown(request, village_code, problem=why, chosen=action)
    )


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    values, problems = {}, {}
    for each in FIELDS:
        try:
            values[each.name] = each.read(texts[each.name])
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    return values, problems


def _shown(
    request: HttpRequest,
    village_code: str,
    *,
    texts: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    problem: str = "",
    chosen: str = "",
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    reports = queries.reports_of(viewer, village_code)
    last = reports.first()
    given = texts or {"seen_on": viewer.on.isoformat(), **(known_of(last) if last else {})}
    yes_no = [Choice("1", gettext("是")), Choice("0", gettext("否"))]
    context = {
        "village_name": places.names([village_code]).village(village_code) or village_code,
        "reports": reports,
        "may_report": queries.may_report(viewer, village_code),
        "fields": [
            Shown(
                each,
                given.get(each.name, ""),
                yes_no if each.input is Input.YES_NO else (),
                (problems or {}).get(each.name, ""),
                **(_from(last) if last and not texts and each.name in known_of(last) else {}),
            )
            for each in FIELDS
        ],
        "problem": problem,
        **_case(viewer, village_code),
        "chosen": chosen,
        "typed": request.POST,
    }
    status = 422 if problem or problems else 200
    return render(request, "web/casework/clinic.html", context, status=status)


def known_of(last: ClinicReport) -> dict[str, str]:
    """What the last report said, as it stands in the fields of the next; how it was seen is asked."""
    said = {
        each.name: each.write(getattr(last, each.name))
        for each in FIELDS
        if each.name in ("has_clinic", "has_staff", "arrangement")
    }
    return {name: text for name, text in said.items() if text}


def _from(last: ClinicReport) -> dict[str, Any]:
    return {"source": last.source, "known_on": last.seen_on}


def _case(viewer: Viewer, village_code: str) -> dict[str, Any]:
    """The village's case under way, or its last one, with what may be done and what was."""
    case, wording = clinic_cases.latest_of(viewer, village_code), Wording(viewer.on)
    if case is None:
        return {"case": None}
    has_pack = books.has_pack(case)
    rows = clinic_cases.moves_since(case, 0)
    people = accounts.names_of({name for each in rows for name in (each.by, each.on_behalf_of)})
    is_open = bool(case.step)
    return {
        "case": case,
        "step": wording.step(case.pack, case.procedure, case.step) if is_open else "",
        "holder": level_word(case.holder) if is_open else "",
        "left": left_in_words(case.step_due_on, viewer.on),
        "is_late": is_open and case.step_due_on is not None and case.step_due_on < viewer.on,
        "left_in_all": left_in_words(case.due_on, viewer.on) if is_open else "",
        "offers": _offers(viewer, case) if is_open and has_pack else [],
        "move_address": reverse("web:clinic-move", args=[village_code]),
        "pack_is_gone": "" if has_pack or not is_open else books.pack_is_gone(case),
        "moves": story.done_in_words(case, rows, wording, people),
    }


def _offers(viewer: Viewer, case: ClinicCase) -> list[Offered]:
    remedy = (gettext("登记核实情况"), "#seen")
    return offered(clinic_cases.offers(viewer, case, viewer.on), lambda requirement: remedy)
