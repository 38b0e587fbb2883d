"""How the entries of a paper read: members, items asked, measures; days, money, yes and no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.casework.indicators import INDICATORS
from anju.casework.models import Case, Measure, MeasureState
from anju.casework.queries import help as helping
from anju.casework.queries.known import ABOUT_HEALTH, Known
from anju.papers.values import ItemRow, MeasureRow, MemberRow
from anju.privacy import HEALTH_RISKS
from anju.registry.models.person import Sex
from anju.registry.queries.people import Member

Text = str | Promise
_COUNTED = ("members", "labour")
_ASKED_AT_HOME = (
    *("education", "medical", "housing", "water", "members", "labour", "wage", "business"),
    *("business_cost", "property", "transfer", "net_income_per_capita", "self_paid"),
    "rigid_spending",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What codes are called on screen; papers take the Chinese of it."""

    risk: Callable[[str], Text]
    relation: Callable[[str], Text]
    education: Callable[[str], Text]


def day(on: date | None) -> str:
    """2023年10月9日; empty where it is not known."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def yuan(fen: int | None) -> str:
    """Fen as yuan with two places only where there are fen; empty where it is not known."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")


def choice(value: bool | None) -> str:
    """A ticked box; empty where it is not known, so that both boxes stay open."""
    return "" if value is None else "☑是　☐否" if value else "☐是　☑否"


def members(people: Sequence[Member], words: Words) -> tuple[MemberRow, ...]:
    """One row a member, with masked numbers."""
    return tuple(
        MemberRow(
            name=each.person.name,
            relation=str(words.relation(each.membership.relation)),
            sex=str(Sex(each.person.sex).label) if each.person.sex else "",
            age="" if each.age is None else str(each.age),
            identity=each.identity or "",
            education=str(words.education(_value(each, "education"))),
            schooling=_label(each, "schooling"),
            labour=_label(each, "labour"),
            health=_value(each, "health"),
            phone=each.phone or "",
        )
        for each in people
    )


def asked_at_home(
    found: Mapping[str, Known], answers: Mapping[str, Any], with_health: bool
) -> tuple[ItemRow, ...]:
    """What a home check asks, in the order of the form."""
    return tuple(
        _item(id_, found.get(id_, Known(id_, None)), answers)
        for id_ in _ASKED_AT_HOME
        if with_health or id_ not in ABOUT_HEALTH
    )


def asked_at_removal(
    found: Mapping[str, Known], answers: Mapping[str, Any], with_health: bool
) -> tuple[ItemRow, ...]:
    """The thirteen indicators."""
    return tuple(
        _item(id_, found.get(id_, Known(id_, None)), answers)
        for id_ in INDICATORS
        if with_health or id_ not in ABOUT_HEALTH
    )


def measures(
    case: Case, rows: Iterable[Measure], words: Words, with_health: bool
) -> tuple[MeasureRow, ...]:
    """The plan, without measures that were cancelled and, where asked, without those about health."""
    shown = (
        row
        for row in rows
        if row.state != MeasureState.CANCELLED and (with_health or not is_about_health(row))
    )
    return tuple(_measure(case, row, words) for row in shown)


def _measure(case: Case, row: Measure, words: Words) -> MeasureRow:
    kind = helping.name_of(case, row.kind)
    return MeasureRow(
        risk=str(words.risk(row.risk)),
        measure=f"{kind}：{row.content}",
        kind=kind,
        content=row.content,
        provider=row.provider,
        period=f"{day(row.starts_on)}至{day(row.ends_on) or _('长期')}",
        amount=yuan(row.amount),
        promised=row.promised,
        state=str(MeasureState(row.state).label),
        achieved=row.achieved,
    )


def is_about_health(row: Measure) -> bool:
    """Whether a measure tells that somebody is ill or disabled."""
    return row.kind == "health" or row.risk in HEALTH_RISKS


def _item(id_: str, known: Known, answers: Mapping[str, Any]) -> ItemRow:
    names = {"members": _("家庭人口"), "labour": _("劳动力"), "rigid_spending": _("刚性支出")}
    name = str(INDICATORS[id_].name) if id_ in INDICATORS else names[id_]
    source = "，".join(part for part in (known.source, day(known.on)) if part)
    return ItemRow(
        item=name, known=_said(id_, known.value), source=source, found=_said(id_, answers.get(id_))
    )


def _said(id_: str, value: Any) -> str:
    """An answer as it is printed; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if not isinstance(value, int):
        return str(value)
    return _("%(count)s人") % {"count": value} if id_ in _COUNTED else f"{yuan(value)}元"


def _value(each: Member, field: str) -> str:
    return getattr(each.record, field) or "" if each.record else ""


def _label(each: Member, field: str) -> str:
    return str(getattr(each.record, f"get_{field}_display")()) if _value(each, field) else ""
