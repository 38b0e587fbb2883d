"""Forms of help: planning a measure, beginning, finishing or cancelling one, writing down a visit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.casework.actions import follow_ups, measures, risks
from anju.casework.actions.measures import Planned
from anju.casework.models import Measure, MeasureState
from anju.casework.queries import help as helping
from anju.casework.queries import listing
from anju.language import in_language
from anju.privacy import HEALTH_RISKS
from anju.procedures import LEVELS
from anju.registry import queries as registry
from anju.registry.queries.people import is_member, memberships_of
from anju.web import words
from anju.web.casework.asked import Asked
from anju.web.casework.recording import Form, Prefill, Saving
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input

Values = Mapping[str, Any]


def may_help(asked: Asked) -> bool:
    """Whether the viewer may write down help here."""
    return asked.acts_for(*measures.ACTING)


def may_plan(asked: Asked) -> bool:
    """Whether new help may be planned in this case now."""
    return may_help(asked) and measures.is_helped(asked.case)


def may_follow(asked: Asked) -> bool:
    """Whether the viewer may write down a visit."""
    return follow_ups.is_followed(asked.case) and asked.acts_for(*LEVELS)


def _risks(asked: Asked) -> Sequence[Choice]:
    found = listing.risks_of(asked.viewer, [asked.case]).get(asked.case.pk, [])
    return [Choice(each, words.risk(each)) for each in found if each]


def _kinds(asked: Asked) -> Sequence[Choice]:
    """Kinds that answer one of the risks, each with those it answers."""
    risks = {choice.value: str(choice.label) for choice in _risks(asked)}
    return [
        Choice(kind.id, f"{in_language(kind.name, kind.name_en)}（{'、'.join(answered)}）")
        for kind in helping.catalogue(asked.case)
        if (answered := [label for risk, label in risks.items() if risk in kind.fits])
    ]


def _members(asked: Asked) -> Sequence[Choice]:
    found = memberships_of(asked.case.household)
    return [
        Choice(each.person.code, each.person.name) for each in found if is_member(each, asked.on)
    ]


def _plan_fields(asked: Asked) -> Sequence[Field]:
    return (
        Field("risk", _("针对的风险"), Input.CHOICE, _risks, is_required=True),
        Field("kind", _("措施类别（括号内为能化解的风险）"), Input.CHOICE, _kinds, is_required=True),
        Field("person", _("受益人"), Input.CHOICE, _members, note=_("帮扶全户的不选。")),
        Field("content", _("措施内容"), is_required=True, most=200),
        Field("provider", _("实施单位"), is_required=True, most=80),
        Field(
            "starts_on", _("开始日期"), Input.DATE, is_required=True,
            note=_("今天或以前的，登记后即为实施中。"),
        ),
        Field("ends_on", _("结束日期"), Input.DATE, note=_("贷款、岗位、学业等按约定的期限填。")),
        Field("amount", _("金额（元）"), Input.MONEY),
        Field("promised", _("预期成效"), is_required=True, most=200),
        Field("promised_income", _("预期年增收（元）"), Input.MONEY),
    )  # fmt: skip


def _plan(asked: Asked, saving: Saving, values: Values) -> None:
    given = dict(values)
    code = given.pop("person")
    person = registry.member_of(asked.case.household, code) if code else None
    measures.plan(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        planned=Planned(**given, person=person),
    )  # fmt: skip


PLAN = Form(
    "measure",
    _("登记帮扶措施"),
    "help",
    may_plan,
    _plan_fields,
    _plan,
    _("已登记帮扶措施。"),
    lambda asked: {"starts_on": Prefill(asked.on), "risk": Prefill(_only(_risks(asked)))},
    note=_(
        "有劳动力的户要有开发式措施（产业、就业、金融或公益岗位），整户没有劳动力的要有综合保障。"
    ),
)


def _new_risks(asked: Asked) -> Sequence[Choice]:
    """Those the case does not have; of health only where the viewer may see health."""
    known = helping.risks_of(asked.case)
    return [
        Choice(risk, words.risk(risk))
        for risk in helping.answered_risks(asked.case)
        if risk not in known and (asked.may_see_health or risk not in HEALTH_RISKS)
    ]


RISK = Form(
    "risk",
    _("补登风险"),
    "help",
    lambda asked: may_help(asked) and asked.case.closed_on is None,
    lambda asked: (
        Field("risk", _("风险"), Input.CHOICE, _new_risks, is_required=True),
        Field("found_on", _("发现日期"), Input.DATE, is_required=True),
    ),
    lambda asked, saving, values: risks.add(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case, **values
    ),
    _("已补登风险。"),
    lambda asked: {"found_on": Prefill(asked.on)},
    note=_("立案前就在监测的户，或帮扶期间发现的其他风险，在这里补登；措施按风险对症选择。"),
)


def _only(choices: Sequence[Choice]) -> str:
    """The one choice there is; nothing where there are several."""
    return choices[0].value if len(choices) == 1 else ""


FOLLOW_UP = Form(
    "follow-up",
    _("登记回访"),
    "follow-ups",
    may_follow,
    lambda asked: (
        Field("done_on", _("回访日期"), Input.DATE, is_required=True),
        Field("is_steady", _("是否稳定向好"), Input.YES_NO, is_required=True),
        Field(
            "found", _("回访情况"), Input.LONG, is_required=True, most=2000,
            note=_("收入、支出、保障有什么变化，措施落实得怎样。人在外地的可电话回访。"),
        ),
    ),
    lambda asked, saving, values: follow_ups.record(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case, **values
    ),
    _("已登记回访。"),
    lambda asked: {"done_on": Prefill(asked.on)},
    note=_(
        "收入、住房、健康、就业等有变化的，请同时在户档案中更正。风险消除后也按间隔回访；"
        "又出现风险的，请在户档案中上报线索。"
    ),
)  # fmt: skip

HELP_FORMS = (PLAN, RISK, FOLLOW_UP)


def of_measure(asked: Asked, what: str) -> Form | None:
    """The form of an address `measure-finish-12`; None for other addresses and other cases."""
    name, _dash, key = what.rpartition("-")
    make = _OF_MEASURE.get(name)
    if make is None or not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    measure = asked.case.measures.select_related("case__household__grid").filter(pk=key).first()
    return make(what, measure) if measure is not None else None


def _begin(what: str, measure: Measure) -> Form:
    return Form(
        what,
        _title(gettext("登记开始"), measure),
        "help",
        lambda asked: may_help(asked) and measure.state == MeasureState.PLANNED,
        lambda asked: (Field("started_on", _("开始日期"), Input.DATE, is_required=True),),
        lambda asked, saving, values: measures.begin(
            by=saving.by, viewer=saving.viewer, on=saving.on, measure=measure, **values
        ),
        _("已登记开始。"),
        lambda asked: {"started_on": Prefill(asked.on)},
    )


def _finish(what: str, measure: Measure) -> Form:
    return Form(
        what,
        _title(gettext("登记完成"), measure),
        "help",
        lambda asked: may_help(asked) and measure.state == MeasureState.RUNNING,
        lambda asked: (
            Field("ended_on", _("完成日期"), Input.DATE, is_required=True),
            Field("achieved", _("实际成效"), is_required=True, most=200),
            Field("achieved_income", _("实际年增收（元）"), Input.MONEY),
        ),
        lambda asked, saving, values: measures.finish(
            by=saving.by, viewer=saving.viewer, on=saving.on, measure=measure, **values
        ),
        _("已登记完成，实际成效与预期对照列出。"),
        lambda asked: {"ended_on": Prefill(min(measure.ends_on or asked.on, asked.on))},
        note=gettext("预期成效：%(promised)s") % {"promised": measure.promised},
    )


def _cancel(what: str, measure: Measure) -> Form:
    return Form(
        what,
        _title(gettext("取消措施"), measure),
        "help",
        lambda asked: (
            may_help(asked) and measure.state in (MeasureState.PLANNED, MeasureState.RUNNING)
        ),
        lambda asked: (Field("reason", _("取消理由"), is_required=True, most=200),),
        lambda asked, saving, values: measures.cancel(
            by=saving.by, viewer=saving.viewer, on=saving.on, measure=measure, **values
        ),
        _("已取消，原来的登记保留。"),
        note=gettext("已经实施的部分保留在底册中，到今天为止。"),
    )


def _title(verb: str, measure: Measure) -> str:
    return f"{verb}（{measure.content}）"


_OF_MEASURE: Mapping[str, Callable[[str, Measure], Form]] = {
    "measure-begin": _begin,
    "measure-finish": _finish,
    "measure-cancel": _cancel,
}
