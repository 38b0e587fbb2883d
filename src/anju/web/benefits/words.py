"""Words and addresses of subsidies on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anju.benefits import amounts, checking
from anju.benefits.checking import Answer
from anju.benefits.models import Batch, Claim, Roll, Scheme
from anju.benefits.queries.listing import Part
from anju.benefits.states import State
from anju.benefits.terms import Terms
from anju.places import queries as places
from anju.web.lists.declaration import Text

VERBS: Mapping[str, Text] = {
    "propose": _("从底册带出"),
    "add": _("登记"),
    "change": _("更正"),
    "confirm": _("人工核实"),
    "submit": _("提交"),
    "publish": _("公示"),
    "object": _("收到异议"),
    "dismiss": _("异议不成立"),
    "clear": _("公示结束"),
    "check": _("乡镇审核通过"),
    "approve": _("县级审定通过"),
    "draw_up": _("编入发放批次"),
    "undraw": _("退出发放批次"),
    "pay": _("已发放"),
    "fail": _("发放失败"),
    "correct": _("更正后重新发放"),
    "recover": _("追回"),
    "send_back": _("退回村级"),
    "withdraw": _("撤回"),
    "refuse": _("不予补贴"),
}
#: What is done with a roll as a whole: the verb, in which state its lines wait for it, what it is called.
STEPS_OF_ROLLS: Sequence[tuple[str, State, Text]] = (
    ("submit", State.DRAFT, _("核对完毕，提交")),
    ("publish", State.SUBMITTED, _("张榜公示")),
    ("clear", State.PUBLISHED, _("公示结束，报乡镇审核")),
    ("check", State.CLEARED, _("乡镇审核通过")),
    ("approve", State.CHECKED, _("县级审定通过")),
)
ORIGINS: Mapping[str, Text] = {
    "business_income": _("收入台账的生产经营收入"),
    "certificate": _("就业培训台账的证书"),
    "employed_months": _("务工台账"),
    "entitled": _("底册"),
    "": _("人工填写"),
}
#: What the registers say of a condition, and its colour.
ANSWERS: Mapping[Answer, tuple[Text, str]] = {
    Answer.YES: (_("符合"), "done"),
    Answer.NO: (_("不符合"), "late"),
    Answer.UNKNOWN: (_("底册没有，待人工核实"), ""),
}


def scheme_address(scheme: Scheme) -> str:
    """The page of a scheme."""
    return reverse("web:benefit", args=[scheme.pk])


def roll_address(roll: Roll) -> str:
    """The page of a village's roll."""
    return reverse("web:benefit-roll", args=[roll.pk])


def claim_address(claim: Claim) -> str:
    """The page of a claim."""
    return reverse("web:benefit-claim", args=[claim.number])


def batch_address(batch: Batch) -> str:
    """The page of a payment batch."""
    return reverse("web:benefit-batch", args=[batch.number])


def recipient(claim: Claim) -> str:
    """Who is paid: the person, the head of the household, or the organisation."""
    if claim.organisation:
        return claim.organisation
    if claim.person is not None:
        return str(claim.person.name)
    return str(claim.household.head_name) if claim.household else ""


def measured(claim: Claim) -> str:
    """The quantity or the base with its unit."""
    terms = Terms.of_kept(claim.scheme.terms)
    return amounts.measured(terms, claim.quantity if terms.by_quantity else claim.base_fen)


def explained(claim: Claim) -> tuple[amounts.Line, ...]:
    """How the amount comes about, line by line."""
    terms = Terms.of_kept(claim.scheme.terms)
    measure = claim.quantity if terms.by_quantity else claim.base_fen
    amount = None
    if claim.raw_fen is not None and claim.amount_fen is not None:
        amount = amounts.Amount(claim.raw_fen, claim.amount_fen)
    return amounts.explain(terms, measure, amount, origin=origin(claim))


def formula(claim: Claim) -> str:
    """3张 × 35.00元 = 105.00元; empty while the measure is not known."""
    lines = explained(claim)
    return lines[2].value if claim.raw_fen is not None else ""


def waits_for_amounts(count: int) -> str:
    """Why a roll cannot be submitted yet."""
    told = ngettext("有 %(count)s 笔还没有数量", "有 %(count)s 笔还没有数量", count)
    return told % {"count": count} + gettext("，请补填或撤回后再提交。")


def hangs_until(day: date) -> str:
    """From when a publication may be ended."""
    return gettext("公示还没有期满，%(day)s 起可以办理。") % {"day": day}


def origin(claim: Claim) -> str:
    """Where the quantity comes from."""
    return origin_of(claim.origin, claim.evidence)


def origin_of(code: str, evidence: Mapping[str, Any]) -> str:
    """The register a quantity comes from, with what of it was counted."""
    said = str(ORIGINS.get(code, code))
    if code == "business_income":
        quarters = gettext("、").join(quarter(each) for each in evidence.get("quarters", []))
        return gettext("%(said)s（%(quarters)s）") % {"said": said, "quarters": quarters}
    if code == "employed_months":
        months = evidence.get("months", "")
        return gettext("%(said)s（%(months)s 个月）") % {"said": said, "months": months}
    return said


def quarter(number: int) -> str:
    """20233 → 2023年第3季度."""
    return gettext("%(year)s年第%(quarter)s季度") % {"year": number // 10, "quarter": number % 10}


def verb(code: str) -> str:
    """What was done with a claim."""
    return str(VERBS.get(code, code))


def conditions(terms: Terms) -> list[str]:
    """What a recipient has to be or to have done, in words."""
    return [checking.words(each) for each in (*terms.eligibility, *terms.conditions)]


def states(parts: Sequence[Part]) -> str:
    """编制中 3、待乡镇审核 12: how many stand where."""
    return "、".join(f"{each.state.label} {each.count:,}" for each in parts)


def period(scheme: Scheme) -> str:
    """2023年, 2023年第3季度, 2023年9月."""
    text = scheme.period
    if "Q" in text:
        year, part = text.split("Q")
        return gettext("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": part}
    if "-" in text:
        year, month = text.split("-")
        return gettext("%(year)s年%(month)s月") % {"year": year, "month": int(month)}
    return gettext("%(year)s年") % {"year": text}


def add_places(rows: Sequence[Any]) -> None:
    """The name of each row's village: one query."""
    names = places.names([row.village_code for row in rows])
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
