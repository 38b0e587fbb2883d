"""The tables of the figures: each once, for the page and the workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.accounts.viewer import Viewer
from anju.casework.models import Channel
from anju.casework.queries import figures, listing
from anju.casework.queries.figures import Period, Span
from anju.language import in_language
from anju.places import queries as places
from anju.rules import packs
from anju.web import words
from anju.web.casework.wording import Wording


class Unit(StrEnum):
    """What a column counts: decides how it is written."""

    TEXT = "text"
    COUNT = "count"
    DAYS = "days"
    SHARE = "share"  # 0 to 1
    MONEY = "money"  # integer fen


@dataclass(frozen=True)
class Heading:
    """One column."""

    title: str
    unit: Unit = Unit.COUNT

    @property
    def with_unit(self) -> str:
        """The title, and in what days and money are counted."""
        unit = {Unit.DAYS: _("天"), Unit.MONEY: _("元")}.get(self.unit)
        told = {"title": self.title, "unit": unit}
        return _("%(title)s（%(unit)s）") % told if unit else self.title


Value = str | int | float | None


@dataclass(frozen=True)
class Cell:
    """One value with the column it stands in."""

    heading: Heading
    value: Value

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.heading.unit != Unit.TEXT

    @property
    def text(self) -> str:
        """As the page writes it; a gap is a dash."""
        value = self.value
        if value is None:
            return "—"
        if isinstance(value, str):
            return value
        if self.heading.unit == Unit.SHARE:
            return f"{value:.1%}"
        return words.yuan(int(value)) if self.heading.unit == Unit.MONEY else f"{value:,}"


@dataclass(frozen=True)
class Table:
    """One table: what it tells, its columns, its rows; the first row may be the sum of the others."""

    id: str
    title: str
    note: str
    headings: tuple[Heading, ...]
    values: Sequence[tuple[Value, ...]]

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows, each value with its column."""
        return [
            [Cell(heading, value) for heading, value in zip(self.headings, row, strict=True)]
            for row in self.values
        ]


def tables(viewer: Viewer, period: Period, *, by_village: bool) -> list[Table]:
    """All tables of the figures, in the order they are read."""
    return [
        _channels(viewer, period),
        _rules(viewer, period),
        _steps(viewer, period),
        _places(viewer, period, by_village),
        _help(viewer, period),
    ]


def span_values(span: Span) -> tuple[Value, ...]:
    """How many, half within, nine of ten within, the part that kept the limit."""
    if not span.count:
        return 0, None, None, None
    return span.count, span.half, span.most, span.share


def _channels(viewer: Viewer, period: Period) -> Table:
    rows = figures.leads_by_channel(viewer, period)
    return Table(
        "channels",
        _("线索来源"),
        _("期内首次发现的线索；多个渠道反映的，各渠道都计。"),
        (
            Heading(_("渠道"), Unit.TEXT), Heading(_("线索")), Heading(_("转入案件")),
            Heading(_("核实无风险")), Heading(_("过期")), Heading(_("待核实")),
            Heading(_("超过核实期限")),
        ),
        [
            (
                str(Channel(row.channel).label) if row.channel else _("合计"),
                row.total, row.to_case, row.no_risk, row.expired, row.waiting,
                row.late,
            )
            for row in rows
        ],
    )  # fmt: skip


def _rules(viewer: Viewer, period: Period) -> Table:
    rows = figures.leads_by_rule(viewer, period)
    return Table(
        "rules",
        _("规则准确度"),
        _("已核实的线索中最后纳入监测（清零名单为核实清零）的比例，用来判断标准定得高低；按岗位不能看健康信息的，不列健康类规则。"),
        (
            Heading(_("规则"), Unit.TEXT), Heading(_("线索")), Heading(_("已核实")),
            Heading(_("转入案件")), Heading(_("纳入或清零")), Heading(_("核实无风险")),
            Heading(_("占已核实"), Unit.SHARE),
        ),
        [
            (
                _rule_name(row.rule), row.total, row.looked_at, row.to_case, row.included,
                row.no_risk, row.precision,
            )
            for row in rows
        ],
    )  # fmt: skip


def _rule_name(rule_id: str) -> str:
    found = [rule for rule in packs.load(settings.POLICY_PACK).rules if rule.id == rule_id]
    return in_language(found[0].name, found[0].name_en) if found else rule_id


def _steps(viewer: Viewer, period: Period) -> Table:
    wording = Wording(period.last)
    return Table(
        "steps",
        _("各环节用时"),
        _("期内离开该环节的案件从进入到离开的天数；退回后再办的另计一次。"),
        (
            Heading(_("程序"), Unit.TEXT), Heading(_("环节"), Unit.TEXT), Heading(_("件次")),
            Heading(_("半数不超过"), Unit.DAYS), Heading(_("九成不超过"), Unit.DAYS),
            Heading(_("期限内办结"), Unit.SHARE),
        ),
        [
            (
                wording.procedure(row.pack, row.procedure),
                wording.step(row.pack, row.procedure, row.step),
                *span_values(row.span),
            )
            for row in figures.steps(viewer, period)
        ],
    )  # fmt: skip


def _places(viewer: Viewer, period: Period, by_village: bool) -> Table:
    rows = figures.by_place(viewer, period, by_village=by_village)
    names = places.names([row.code for row in rows if row.code])
    return Table(
        "places",
        _("各地案件"),
        _("立案、纳入、消除等为期内发生数；在办和逾期为目前数。"),
        (
            Heading(_("地方"), Unit.TEXT), Heading(pgettext("figures", "立案")), Heading(_("纳入监测")),
            Heading(_("不纳入")), Heading(_("风险消除")), Heading(pgettext("figures", "清零")), Heading(pgettext("figures", "撤回")),
            Heading(_("目前在办")), Heading(_("环节逾期")),
        ),
        [
            (
                (names.of(row.code) or row.code) if row.code else _("合计"),
                row.opened, row.included, row.not_included, row.removed, row.cleared,
                row.withdrawn, row.under_way, row.late,
            )
            for row in rows
        ],
    )  # fmt: skip


def _help(viewer: Viewer, period: Period) -> Table:
    return Table(
        "help",
        _("分风险帮扶"),
        _("期内开始的帮扶措施；预期和实际增收只计已完成并都填写的措施。"),
        (
            Heading(_("针对的风险"), Unit.TEXT), Heading(pgettext("figures", "措施")), Heading(_("户数")),
            Heading(_("已完成")), Heading(_("金额"), Unit.MONEY),
            Heading(_("预期年增收"), Unit.MONEY), Heading(_("实际年增收"), Unit.MONEY),
        ),
        [
            (
                str(words.risk(row.risk)) if row.risk else str(listing.HIDDEN),
                row.measures, row.households, row.done, row.amount, row.promised, row.achieved,
            )
            for row in figures.help_by_risk(viewer, period)
        ],
    )  # fmt: skip
