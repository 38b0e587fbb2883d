"""Setting up a scheme: filled in from the policy pack; what the plan leaves open is typed with its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.benefits import amounts
from anju.benefits.actions import schemes as actions
from anju.benefits.models import Every, Recipient, Rounding, Scheme
from anju.benefits.queries import limits, schemes_for
from anju.benefits.queries.offers import Offer, offer, offers
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile
from anju.benefits.terms import Terms
from anju.duties.queries import unit_of, units_for
from anju.web.access import requires
from anju.web.benefits import forms, scheme, words
from anju.web.benefits.forms import Sheet
from anju.web.doing import doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.tasks import typed

OWN = "own"
_STEPS = ("benefit_publicity", "benefit_check", "benefit_approval", "benefit_payment")


@requires(Permission.APPROVE_BENEFITS)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """What the pack pays by rolls in a year, and what is set up of it already."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    year = _year(request.GET.get("year", ""), viewer.on)
    there: dict[str, list[Scheme]] = {}
    for row in schemes_for(viewer).filter(starts_on__year=year).exclude(benefit=""):
        there.setdefault(row.benefit, []).append(row)
    context = {
        "year": str(year),
        "years": [str(each) for each in range(viewer.on.year + 1, viewer.on.year - 6, -1)],
        "offers": [
            (
                each,
                amounts.figure(each.terms),
                amounts.capped(each.terms),
                there.get(each.benefit, []),
            )
            for each in offers(date(year, 12, 31))
        ],
        "unit": unit_of(viewer),
    }
    return render(request, "web/benefits/choose.html", context)


@requires(Permission.APPROVE_BENEFITS)
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, benefit: str) -> HttpResponse:
    """The form for one of them, or for one of the county's own."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    year = _year(request.GET.get("year", ""), viewer.on)
    found = None if benefit == OWN else offer(benefit, date(year, 12, 31))
    if found is None and benefit != OWN:
        messages.error(request, _("方案在这一年没有这项补贴。请换一个年度，或按本县文件自定。"))
        return HttpResponseRedirect(f"{reverse('web:benefit-new')}?year={year}")
    sheet = _sheet(viewer, found)
    if request.method != "POST":
        return forms.shown(
            request, sheet, typed.known(sheet.fields, _prefilled(found, year, viewer.on))
        )
    given = typed.read(sheet.fields, request.POST)
    if given.problems:
        return forms.shown(request, sheet, given)
    now = doing(request)
    try:
        made = actions.set_up(
            by=now.by,
            on=now.on,
            viewer=viewer,
            county_code=_county(viewer),
            about=_about(viewer, given.values),
            benefit="" if found is None else found.benefit,
            pack="" if found is None else found.pack,
            figures=_figures(given.values) if found and found.needs_document else None,
            own=_own(given.values) if found is None else None,
        )
    except Refusal as refused:
        return forms.shown(request, sheet, given, refused.zh)
    messages.success(request, _("补贴项目已设立，各村可以编制花名册。"))
    return HttpResponseRedirect(words.scheme_address(made))


@requires(Permission.APPROVE_BENEFITS)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Title, units, days and document; what it pays stays."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = scheme.scheme_or_404(request, scheme_id)
    sheet = _amending(viewer, row)
    if request.method != "POST":
        present = {each.name: getattr(row, each.name, None) for each in sheet.fields}
        present["payer"] = str(row.payer_id or "")
        return forms.shown(request, sheet, typed.known(sheet.fields, present))
    given = typed.read(sheet.fields, request.POST)
    if given.problems:
        return forms.shown(request, sheet, given)
    about = _about(viewer, {"every": row.every, "period": row.period, **given.values}, row)
    now = doing(request)
    try:
        actions.amend(by=now.by, viewer=viewer, scheme=row, seen=typed.seen(request), about=about)
    except ChangedMeanwhile as refused:
        return forms.shown(request, sheet, given, refused.zh, 409)
    except Refusal as refused:
        return forms.shown(request, sheet, given, refused.zh)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(words.scheme_address(row))


@requires(Permission.APPROVE_BENEFITS)
@require_POST
def close(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """End a scheme, saying why."""
    row = scheme.scheme_or_404(request, scheme_id)
    now = doing(request)
    try:
        actions.close(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            scheme=row,
            seen=typed.seen(request),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refused:
        return scheme.shown(request, row, refused.zh)
    messages.success(request, _("补贴项目已结束。"))
    return HttpResponseRedirect(words.scheme_address(row))


def _year(text: str, on: date) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else on.year


def _county(viewer: Viewer) -> str:
    ranges = viewer.scope_for(Permission.APPROVE_BENEFITS).ranges
    return ranges[0][0][:6] if ranges else ""


def _sheet(viewer: Viewer, found: Offer | None) -> Sheet:
    groups: list[tuple[Any, Sequence[Field]]] = [(_("项目"), _about_fields())]
    if found is None:
        groups.append((_("发给谁、按什么算"), _own_fields()))
    if found is None or found.needs_document:
        groups.append((_("补贴标准（金额和比例填一项）"), _figure_fields()))
    groups.append((_("时间"), _day_fields()))
    groups.append(
        (
            _("单位和依据文件"),
            _paper_fields(viewer, is_required=found is None or found.needs_document),
        )
    )
    unit = unit_of(viewer)
    return Sheet(
        title=_("设立补贴项目：%(name)s") % {"name": found.name if found else _("本县自定")},
        back=reverse("web:benefit-new"),
        back_title=_("设立补贴项目"),
        submit=_("设立"),
        groups=groups,
        facts=_facts(found) if found else (),
        note=_("责任单位：%(name)s")
        % {"name": unit.name if unit else _("您还没有所属单位，请安全管理员先登记")},
    )


def _amending(viewer: Viewer, row: Scheme) -> Sheet:
    terms = Terms.of_kept(row.terms)
    title = [each for each in _about_fields() if each.name == "title"]
    return Sheet(
        title=_("调整补贴项目：%(name)s") % {"name": row.title},
        back=words.scheme_address(row),
        back_title=row.number,
        submit=_("保存"),
        groups=[
            (_("项目"), title),
            (_("时间"), _day_fields()),
            (_("单位和依据文件"), _paper_fields(viewer, is_required=False)),
        ],
        facts=(amounts.figure(terms),),
        note=_("补贴标准和所属期在设立时定下，不能再改；标准有变的另设一个项目。"),
        hidden={"seen": str(row.version)},
    )


def _facts(found: Offer) -> list[amounts.Line]:
    """What the pack says of it, with its clause."""
    lines = [amounts.Line(_("补贴对象"), found.who, ""), amounts.figure(found.terms)]
    if found.needs_document:
        lines[1] = amounts.Line(_("补贴标准"), found.terms.open, amounts.clause(found.terms))
    if cap := amounts.capped(found.terms):
        lines.append(amounts.Line(_("封顶"), cap))
    if found.terms.measure:
        lines.append(amounts.Line(_("按什么计算"), found.terms.measure))
    lines += [amounts.Line(_("享受条件"), each) for each in words.conditions(found.terms)]
    return lines


def _about_fields() -> list[Field]:
    every = _choices(Every.choices)
    return [
        Field("title", _("项目名称"), is_required=True, most=80),
        Field("every", _("周期"), Input.CHOICE, every, is_required=True),
        Field(
            "period",
            _("所属期"),
            is_required=True,
            most=8,
            note=_("年度写 2023，季度写 2023Q3，月度写 2023-09。"),
        ),
        Field("rounding", _("取整"), Input.CHOICE, _choices(Rounding.choices), is_required=True),
    ]


def _own_fields() -> list[Field]:
    return [
        Field(
            "recipient", _("发放对象"), Input.CHOICE, _choices(Recipient.choices), is_required=True
        ),
        Field(
            "measure",
            _("按什么计算"),
            is_required=True,
            most=30,
            note=_("例如：养蜂箱数、贷款利息。"),
        ),
        Field(
            "unit",
            _("金额的单位"),
            is_required=True,
            most=20,
            note=_("按数量的写“元/箱”，按比例的写“元”。"),
        ),
    ]


def _figure_fields() -> list[Field]:
    return [
        Field("amount", _("金额（元）"), Input.MONEY, note=_("每一个单位多少元。")),
        Field("rate", _("比例（%）"), Input.DECIMAL, note=_("按基数的百分之几。")),
        Field("cap", _("封顶（元）"), Input.MONEY, note=_("没有封顶的不填。")),
    ]


def _day_fields() -> list[Field]:
    return [
        Field("opens_on", _("申领起始日期"), Input.DATE, is_required=True),
        Field(
            "closes_on",
            _("申领截止日期"),
            Input.DATE,
            is_required=True,
            note=_("新设立时按公示、审核、审定、发放的天数从应发放到位日期倒推。"),
        ),
        Field("pay_by", _("应发放到位日期"), Input.DATE),
        Field("publicity_days", _("公示天数"), Input.NUMBER, is_required=True),
    ]


def _paper_fields(viewer: Viewer, *, is_required: bool) -> list[Field]:
    units = [Choice(str(each.pk), each.name) for each in units_for(viewer).order_by("name")]
    return [
        Field(
            "payer",
            _("发放单位"),
            Input.CHOICE,
            lambda _asked: units,
            note=_("由责任单位自己发放的不填。"),
        ),
        Field("document_title", _("依据文件名称"), is_required=is_required, most=120),
        Field("document_number", _("文号"), is_required=is_required, most=60),
        Field("document_date", _("文件日期"), Input.DATE, is_required=is_required),
    ]


def _choices(pairs: Sequence[tuple[Any, Any]]) -> Any:
    return lambda _asked: [Choice(value, label) for value, label in pairs]


def _prefilled(found: Offer | None, year: int, on: date) -> dict[str, Any]:
    """What is known: from the pack, and days counted back from the one by which to pay."""
    opens = on if on.year == year else date(year, 1, 1)
    pay_by = found.pay_by if found else None
    closes = date(year, 12, 31)
    if pay_by is not None:
        needed = sum(limits.days(each, on) for each in _STEPS)
        closes = max(opens, pay_by - timedelta(days=needed))
    return {
        "title": _("%(name)s·%(year)s年度") % {"name": found.name, "year": year} if found else "",
        "every": Every.YEAR,
        "period": str(year),
        "rounding": Rounding.FEN,
        "opens_on": opens,
        "closes_on": closes,
        "pay_by": pay_by if pay_by is None or pay_by >= opens else None,
        "publicity_days": found.publicity_days if found else limits.days("benefit_publicity", on),
    }


def _about(viewer: Viewer, values: Mapping[str, Any], row: Scheme | None = None) -> actions.About:
    unit = row.unit if row is not None and row.unit is not None else unit_of(viewer)
    if unit is None:
        raise BenefitRefused(_("您还没有所属单位。请安全管理员在“用户”中登记后再设立。"))
    payer = values.get("payer")
    return actions.About(
        title=values["title"],
        every=values["every"],
        period=values["period"],
        unit=unit,
        payer=units_for(viewer).filter(pk=int(payer)).first() if payer else None,
        opens_on=values["opens_on"],
        closes_on=values["closes_on"],
        pay_by=values["pay_by"],
        publicity_days=values["publicity_days"],
        rounding=values.get("rounding") or (row.rounding if row else Rounding.FEN),
        document_title=values["document_title"],
        document_number=values["document_number"],
        document_date=values["document_date"],
    )


def _figures(values: Mapping[str, Any]) -> actions.Figures:
    rate = values.get("rate")
    return actions.Figures(
        amount=values.get("amount"),
        rate=None if rate is None else Fraction(rate) / 100,
        cap=values.get("cap"),
    )


def _own(values: Mapping[str, Any]) -> actions.Own:
    figures = _figures(values)
    if figures.amount is not None and figures.rate is not None:
        raise BenefitRefused(_("金额和比例只能填一项。"))
    terms = Terms(
        unit=values["unit"],
        measure=values["measure"],
        amount=figures.amount,
        rate=figures.rate,
        cap=figures.cap,
    )
    return actions.Own(values["recipient"], terms)
