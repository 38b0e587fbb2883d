"""A household's history in words: what, of whom, from when to when, known since when, from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from anju.employment.models import Employment, LabourProfile, Offer, Training
from anju.registry.models import (
    Event,
    Holding,
    HouseholdRecord,
    Housing,
    Income,
    Membership,
    PersonRecord,
    Status,
)
from anju.registry.queries.history import Moment
from anju.registry.queries.money import net
from anju.web import words

# Events that cost money: an amount that is missing is worth saying.
_COSTS = frozenset({"medical_selfpaid", "accident", "disaster", "tuition"})

_FORMS = {
    Status: "status", Event: "event", Holding: "holding", Income: "income", Training: "training",
    LabourProfile: "labour",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    moment: Moment
    what: str
    detail: str

    @property
    def what_to_edit(self) -> str:
        """The form that corrects this line; empty where it is no fact that holds now."""
        return "" if self.moment.is_corrected else _FORMS.get(type(self.moment.row), "")

    @property
    def sources(self) -> str:
        """From which list it is known."""
        return str(self.moment.row.source)


def lines(moments: Iterable[Moment], told: Iterable[Line] = ()) -> list[Line]:
    """The latest first; what has no date stands at the end. `told` are lines of other packages."""
    return sorted(
        [*(Line(moment, *_said(moment.row)) for moment in moments), *told],
        key=lambda line: (
            line.moment.on or date.min,
            line.moment.row.known_from,
            line.moment.row.pk,
        ),
        reverse=True,
    )


def _join(*parts: Any) -> str:
    return _("，").join(str(part) for part in parts if part)


def _money(fen: int | None) -> str:
    if fen is None:
        return _("金额未掌握")
    return _("%(yuan)s 元") % {"yuan": words.yuan(fen)}


@singledispatch
def _said(row: Any) -> tuple[str, str]:
    raise TypeError(f"No words for {type(row).__name__}.")


@_said.register
def _membership(row: Membership) -> tuple[str, str]:
    return _("家庭成员"), _join(words.relation(row.relation), words.leaving(row.left_reason))


@_said.register
def _household(row: HouseholdRecord) -> tuple[str, str]:
    monitored = row.get_monitored_kind_display() if row.monitored_kind else ""
    removed = _("风险已消除") if row.risk_removed_on else ""
    relocated = _("易地搬迁") if row.relocated else ""
    site = row.site.name if row.site else ""
    return _("户情况"), _join(
        row.get_household_class_display(), relocated, site, monitored, removed
    )


@_said.register
def _person(row: PersonRecord) -> tuple[str, str]:
    schooling = row.get_schooling_display() if row.schooling else _("在校情况未掌握")
    labour = row.get_labour_display() if row.labour else _("劳动技能未掌握")
    return _("人员情况"), _join(words.education(row.education), schooling, labour, row.health)


@_said.register
def _status(row: Status) -> tuple[str, str]:
    return str(words.status(row.kind)), _join(
        words.status_level(row.kind, row.level), words.status_reference(row.kind, row.reference)
    )


@_said.register
def _income(row: Income) -> tuple[str, str]:
    title = _("%(year)s年第%(quarter)s季度收入") % {
        "year": row.quarter // 10,
        "quarter": row.quarter % 10,
    }
    total = net(row)
    if total is None:
        return title, _("有未掌握的项目")
    return title, _("纯收入 %(amount)s") % {"amount": _money(total)}


@_said.register
def _event(row: Event) -> tuple[str, str]:
    has_amount = row.amount is not None or row.kind in _COSTS
    amount = _money(row.amount) if has_amount else ""
    return str(words.event(row.kind)), _join(
        amount, words.event_level(row.kind, row.level), row.reference
    )


@_said.register
def _holding(row: Holding) -> tuple[str, str]:
    value = _("价值 %(amount)s") % {"amount": _money(row.value)} if row.value is not None else ""
    return str(words.holding(row.kind)), _join(value, row.reference)


@_said.register
def _housing(row: Housing) -> tuple[str, str]:
    building = f"{row.building.site.name}{row.building.number}" if row.building else ""
    return _("住房"), _join(building, row.entrance, row.room, row.address)


@_said.register
def _employment(row: Employment) -> tuple[str, str]:
    wage = _("月工资 %(amount)s") % {"amount": _money(row.monthly_wage)} if row.monthly_wage else ""
    return str(row.get_channel_display()), _join(row.employer, wage)


@_said.register
def _training(row: Training) -> tuple[str, str]:
    until = _("至 %(day)s") % {"day": row.ended_on} if row.ended_on else ""
    subsidy = _("补贴 %(amount)s") % {"amount": _money(row.subsidy)} if row.subsidy else ""
    certificate = row.get_certificate_display() or _("证书情况未掌握")
    return str(row.get_category_display()), _join(
        row.trade, row.organiser, until, certificate, row.get_level_display(), subsidy
    )


@_said.register
def _offer(row: Offer) -> tuple[str, str]:
    return _("推荐岗位"), _join(
        row.vacancy.employer, row.vacancy.trade, row.get_result_display(), row.get_reason_display()
    )


@_said.register
def _profile(row: LabourProfile) -> tuple[str, str]:
    work = _("就业意愿：%(answer)s") % {"answer": row.get_wants_work_display() or words.UNKNOWN}
    training = _("培训意愿：%(answer)s") % {
        "answer": row.get_wants_training_display() or words.UNKNOWN
    }
    return _("劳动力意愿"), _join(
        row.get_residence_display(), work, training, row.wished_trade, row.skill
    )
