"""编制花名册: what the registers propose for a village, taken over in one go, and claims typed one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.benefits import amounts
from anju.benefits.actions import claims as actions
from anju.benefits.actions.lines import Line
from anju.benefits.models import Recipient, Scheme
from anju.benefits.queries import rolls_for
from anju.benefits.queries.candidates import Candidate, candidates
from anju.benefits.queries.naming import Named, named
from anju.benefits.refusals import RowsRefused
from anju.benefits.terms import Terms
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.benefits import forms, scheme, words
from anju.web.benefits.forms import Sheet
from anju.web.doing import Doing, carry_out, doing
from anju.web.registers.editing.fields import Field, Input
from anju.web.tasks import typed

_MOST = 200


@dataclass(frozen=True)
class Row:
    """A candidate on the page: who, what the registers hold and where, what it would come to."""

    who: Named
    measured: str
    origin: str
    amount: int | None


@requires(Permission.CLAIM_BENEFITS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, scheme_id: int, village_code: str) -> HttpResponse:
    """What the registers propose; sent, they are put into the village's roll."""
    row = _claimed(request, scheme_id, village_code)
    if request.method != "POST":
        return _shown(request, row, village_code)

    def do(doing: Doing) -> str:
        made = actions.propose(
            by=doing.by, on=doing.on, viewer=doing.viewer, scheme=row, villages=[village_code]
        )
        if not made.claims:
            messages.info(request, _("没有新的户可以带出，什么也没有写。"))
            return reverse("web:benefit-begin", args=[row.pk, village_code])
        told = ngettext("已带出 %(count)s 笔", "已带出 %(count)s 笔", made.claims)
        messages.success(request, told % {"count": made.claims} + _("，请逐笔核对后提交。"))
        return _roll_address(doing.viewer, row, village_code)

    return carry_out(request, do, lambda why: _shown(request, row, village_code, why))


@requires(Permission.CLAIM_BENEFITS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, scheme_id: int, village_code: str) -> HttpResponse:
    """One claim, typed."""
    row = _claimed(request, scheme_id, village_code)
    sheet = _sheet(row, village_code)
    if request.method != "POST":
        known = {name: request.GET.get(name) for name in ("household_code",)}
        return forms.shown(request, sheet, typed.known(sheet.fields, known))
    given = typed.read(sheet.fields, request.POST)
    if given.problems:
        return forms.shown(request, sheet, given)
    now = doing(request)
    try:
        line = Line(
            row=1,
            village_code=village_code,
            **{name: value for name, value in given.values.items() if value not in (None, "")},
        )
        made = actions.add(by=now.by, on=now.on, viewer=now.viewer, scheme=row, added=[line])
    except RowsRefused as refused:
        return forms.shown(request, sheet, given, refused.problems[1].said)
    except Refusal as refused:
        return forms.shown(request, sheet, given, refused.zh)
    messages.success(request, _("已登记申领 %(number)s。") % {"number": made[0].number})
    return HttpResponseRedirect(words.roll_address(made[0].roll))


def measure_fields(terms: Terms) -> list[Field]:
    """What a claim of these terms is asked for: how many, or how much money."""
    what = terms.measure or (_("数量") if terms.by_quantity else _("申请金额"))
    if terms.by_quantity:
        unit = _("%(what)s（%(unit)s）") % {"what": what, "unit": terms.counted or _("个")}
        return [Field("quantity", unit, Input.DECIMAL)]
    return [Field("base_fen", _("%(what)s（元）") % {"what": what}, Input.MONEY)]


def item_fields(terms: Terms) -> list[Field]:
    """What tells several claims of one recipient apart, and a note."""
    return [
        Field(
            "item",
            _("事项"),
            most=40,
            note=_("同一户有几项的写明是哪一项，例如机器名称；只有一项的不填。"),
        ),
        Field("note", _("说明"), most=200),
    ]


def _sheet(row: Scheme, village_code: str) -> Sheet:
    terms = Terms.of_kept(row.terms)
    fields: list[Field] = []
    if row.recipient == Recipient.ORGANISATION:
        fields.append(Field("organisation", _("单位名称"), is_required=True, most=120))
    else:
        fields.append(Field("household_code", _("户编码"), is_required=True, most=20))
    if row.recipient == Recipient.PERSON:
        fields.append(Field("person_code", _("人员编码"), is_required=True, most=20))
    fields += [*measure_fields(terms), *item_fields(terms)]
    return Sheet(
        title=_("登记申领：%(place)s") % {"place": _place(village_code)},
        back=reverse("web:benefit-begin", args=[row.pk, village_code]),
        back_title=row.title,
        submit=_("登记"),
        groups=[("", fields)],
        facts=(amounts.figure(terms),),
        note=_("资格由系统按底册核对，金额自动计算。"),
    )


def _claimed(request: HttpRequest, scheme_id: int, village_code: str) -> Scheme:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.scope_for(Permission.CLAIM_BENEFITS).covers(village_code):
        raise PermissionDenied
    return scheme.scheme_or_404(request, scheme_id)


def _shown(request: HttpRequest, row: Scheme, village_code: str, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    terms = Terms.of_kept(row.terms)
    found = candidates(row, terms, [village_code], viewer.on) if row.is_open else []
    names = named([each.subject for each in found[:_MOST]])
    rows = [_row(each, names[each.subject], terms, row) for each in found[:_MOST]]
    if rows:
        record(
            by=viewer.actor(address_of(request)),
            action="claim.read",
            kind="claim",
            ids=[row.number],
            count=len(rows),
            place=village_code,
        )
    context: dict[str, Any] = {
        "scheme": row,
        "village_code": village_code,
        "place_name": _place(village_code),
        "figure": amounts.figure(terms),
        "has_source": bool(terms.source),
        "source": words.ORIGINS.get(terms.source, terms.source),
        "rows": rows,
        "count": len(found),
        "more": max(0, len(found) - _MOST),
        "rolls": list(rolls_for(viewer).filter(scheme=row, village_code=village_code)),
        "problem": problem,
    }
    return render(request, "web/benefits/begin.html", context, status=422 if problem else 200)


def _row(each: Candidate, who: Named, terms: Terms, row: Scheme) -> Row:
    measure = each.quantity if terms.by_quantity else each.base_fen
    amount = None
    if measure is not None and terms.is_set:
        amount = amounts.compute(terms, measure, rounding=row.rounding, room=terms.cap).paid
    return Row(
        who,
        amounts.measured(terms, measure),
        words.origin_of(each.origin, each.evidence),
        amount,
    )


def _roll_address(viewer: Viewer, row: Scheme, village_code: str) -> str:
    latest = rolls_for(viewer).filter(scheme=row, village_code=village_code).order_by("-sequence")
    return words.roll_address(latest[0])


def _place(village_code: str) -> str:
    return places.names([village_code]).village(village_code) or village_code
