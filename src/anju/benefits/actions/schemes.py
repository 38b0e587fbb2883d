"""Opening a scheme, changing its days, ending it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.benefits import spans
from anju.benefits.actions import holding, moving
from anju.benefits.models import Claim, Recipient, Rounding, Scheme, SchemeState
from anju.benefits.queries import may
from anju.benefits.queries.limits import days
from anju.benefits.queries.offers import offer
from anju.benefits.refusals import BenefitRefused
from anju.benefits.states import DROPPED, State
from anju.benefits.terms import Basis, Terms, decided

_ENDED: Final = (*DROPPED, State.PAID, State.RECOVERED)
_DAYS: Final = (
    "title", "unit_id", "payer_id", "opens_on", "closes_on", "pay_by", "publicity_days",
    "document_title", "document_number", "document_date",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What the office's own document sets, in fen; needed where the pack leaves the figure open."""

    amount: int | None = None
    rate: Fraction | None = None
    cap: int | None = None


@dataclass(frozen=True)
class About:
    """What a scheme is: for which time, by whom, until when, by which document."""

    title: str
    every: str
    period: str
    unit: Unit
    opens_on: date
    closes_on: date
    payer: Unit | None = None
    pay_by: date | None = None
    publicity_days: int | None = None  # as the pack says
    rounding: str = Rounding.FEN
    document_title: str = ""
    document_number: str = ""
    document_date: date | None = None


@dataclass(frozen=True)
class Own:
    """What the county pays by a document of its own, where no pack names it."""

    recipient: str
    terms: Terms


@transaction.atomic
def set_up(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    county_code: str,
    about: About,
    benefit: str = "",
    pack: str = "",
    figures: Figures | None = None,
    own: Own | None = None,
) -> Scheme:
    """Open a scheme for a benefit of the pack as it stands on the last day of the scheme's time, or
    for one of the county's `own`. What it pays is read once and kept with it.

    Refused: who may not; a benefit the pack does not pay by rolls then; a figure without its document,
    or one where the pack sets it; a second scheme of a benefit for the same unit and time.
    """
    _refuse_strangers(viewer, county_code, about)
    span = _span(about)
    scheme = Scheme(
        county_code=county_code[:6],
        title=_title(about),
        benefit=benefit,
        starts_on=span.first,
        ends_on=span.last,
        opened_by=by.username,
        opened_on=on,
        publicity_days=about.publicity_days or days("benefit_publicity", on, pack=pack),
        **{name: getattr(about, name) for name in _ABOUT},
    )
    if own is not None:
        scheme.recipient, terms = own.recipient, _own_terms(own, about)
    else:
        terms = _of_pack(scheme, pack, figures, about)
    _refuse_days(scheme)
    _refuse_second(scheme)
    scheme.terms = terms.kept()
    scheme.number = _number(scheme)
    scheme.save()
    _record(by, "scheme.set_up", scheme, {"benefit": benefit, "period": scheme.period})
    return scheme


_ABOUT: Final = (
    "every", "period", "unit", "payer", "opens_on", "closes_on", "pay_by", "rounding",
    "document_title", "document_number", "document_date",
)  # fmt: skip


@transaction.atomic
def amend(*, by: Actor, viewer: Viewer, scheme: Scheme, seen: int, about: About) -> Scheme:
    """Change title, units, days and document. What it pays and for which time stays as it was opened:
    another figure is another scheme."""
    held = holding.scheme(viewer, scheme, seen)
    moving.acting(viewer, held, held.county_code, "approve")
    holding.refuse_closed(held)
    before = state(held, _DAYS)
    for name in _DAYS:
        value = getattr(about, name.removesuffix("_id"))
        setattr(held, name.removesuffix("_id"), value)
    held.title = _title(about)
    held.publicity_days = about.publicity_days or before["publicity_days"]
    _refuse_days(held)
    held.version += 1
    held.save()
    changes = between(Scheme, before, state(held, _DAYS))
    if changes:
        _record(by, "scheme.amend", held, {"changes": changes})
    return held


@transaction.atomic
def close(*, by: Actor, on: date, viewer: Viewer, scheme: Scheme, seen: int, reason: str) -> Scheme:
    """End a scheme; nothing may be left on its way."""
    held = holding.scheme(viewer, scheme, seen)
    moving.acting(viewer, held, held.county_code, "approve")
    holding.refuse_closed(held)
    left = Claim.objects.filter(scheme=held).exclude(state__in=_ENDED).count()
    if left:
        raise BenefitRefused(
            _("还有 %(count)s 笔申领没有办完，请先发放、撤回或不予补贴，再结束项目。")
            % {"count": left}
        )
    held.state, held.closed_on = SchemeState.CLOSED, on
    held.close_reason = moving.reason_of(reason, _("年度发放工作已完成"))
    held.version += 1
    held.save()
    _record(by, "scheme.close", held, {}, held.close_reason)
    return held


def _refuse_strangers(viewer: Viewer, county_code: str, about: About) -> None:
    if not may.may_set_up(viewer, county_code):
        raise BenefitRefused(_("您的岗位不能设立补贴项目，请由县级责任单位办理。"))
    if about.unit.pk != may.unit_of(viewer):
        raise BenefitRefused(_("补贴项目由责任单位自己设立，责任单位请选您所在的单位。"))


def _title(about: About) -> str:
    title = about.title.strip()[:80]
    if not title:
        raise BenefitRefused(_("请填写项目名称，例如“种植养殖奖扶·2023年度”。"))
    return title


def _span(about: About) -> spans.Span:
    try:
        return spans.span(about.every, about.period)
    except ValueError as error:
        raise BenefitRefused(
            _("所属期“%(period)s”不对，年度写 2023，季度写 2023Q3，月度写 2023-09。")
            % {"period": about.period}
        ) from error


def _of_pack(scheme: Scheme, pack: str, figures: Figures | None, about: About) -> Terms:
    """The pack's terms on the last day of the time, with the office's figures where it leaves them open."""
    found = offer(scheme.benefit, scheme.ends_on, pack=pack)
    if found is None:
        raise BenefitRefused(
            _("政策包里没有在 %(day)s 按花名册发放的这项补贴，请核对所属期，或按本县自定项目设立。")
            % {"day": scheme.ends_on}
        )
    scheme.recipient = found.recipient
    scheme.pack, scheme.pack_hash = found.pack, found.pack_hash
    scheme.pay_by = about.pay_by or found.pay_by
    if not found.needs_document:
        if figures is not None:
            raise BenefitRefused(
                _("“%(name)s”的标准由政策包规定，不能另填。如标准有变，请更新政策包。")
                % {"name": found.name}
            )
        return found.terms
    if figures is None or (figures.amount, figures.rate, figures.cap) == (None, None, None):
        raise BenefitRefused(
            _("方案没有载明“%(name)s”的标准，请按本县文件填写金额或比例。") % {"name": found.name}
        )
    _refuse_without_document(about)
    if figures.amount is not None and figures.rate is not None:
        raise BenefitRefused(_("金额和比例只能填一项。"))
    return _positive(
        decided(found.terms, amount=figures.amount, rate=figures.rate, cap=figures.cap)
    )


def _own_terms(own: Own, about: About) -> Terms:
    if own.recipient not in Recipient.values:
        raise BenefitRefused(_("请选择发放对象：户、个人或单位。"))
    if not own.terms.is_set:
        raise BenefitRefused(_("请填写金额、比例或封顶数。"))
    _refuse_without_document(about)
    title = f"{about.document_title}（{about.document_number}）"
    return _positive(replace(own.terms, basis=Basis(title=title)))


def _positive(terms: Terms) -> Terms:
    if 0 in (terms.amount, terms.rate, terms.cap):
        raise BenefitRefused(_("金额、比例和封顶数要大于 0。"))
    return terms


def _refuse_without_document(about: About) -> None:
    """A figure that no plan states stands on a paper of the office, with number and date."""
    if not (about.document_title.strip() and about.document_number.strip()):
        raise BenefitRefused(_("本县自定的标准要有依据文件，请填写文件名称和文号。"))
    if about.document_date is None:
        raise BenefitRefused(_("请填写依据文件的日期。"))


def _refuse_days(scheme: Scheme) -> None:
    if scheme.closes_on < scheme.opens_on:
        raise BenefitRefused(_("申领截止日期早于起始日期，请核对。"))
    if scheme.pay_by is not None and scheme.pay_by < scheme.opens_on:
        raise BenefitRefused(_("应发放到位日期早于申领起始日期，请核对。"))


def _refuse_second(scheme: Scheme) -> None:
    same = Scheme.objects.filter(
        county_code=scheme.county_code,
        benefit=scheme.benefit,
        period=scheme.period,
        title=scheme.title,
    ).first()
    if same is not None:
        raise BenefitRefused(
            _("同名的项目已经设立（%(number)s），请在那一个里办理，或换一个名称。")
            % {"number": same.number}
        )


def _number(scheme: Scheme) -> str:
    """The next one of the county and year."""
    head = f"BT{scheme.starts_on.year}-"
    last = (
        Scheme.objects.filter(county_code=scheme.county_code, number__startswith=head)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{head}{int(last.removeprefix(head)) + 1 if last else 1:03}"


def _record(
    by: Actor, action: str, scheme: Scheme, detail: dict[str, Any], reason: str = ""
) -> None:
    record(
        by=by,
        action=action,
        kind="scheme",
        ids=[scheme.number],
        reason=reason,
        detail=detail,
        place=scheme.county_code.ljust(12, "0"),
    )
