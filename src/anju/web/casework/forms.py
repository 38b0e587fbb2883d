"""The forms on the way to a decision, each with what is known of its answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.casework import books
from anju.casework.actions import cases, checks
from anju.casework.models import CaseKind, CaseState
from anju.casework.queries import hints, known, written
from anju.casework.queries.hints import Hint
from anju.language import in_language
from anju.procedures.model import Level
from anju.registry.queries.people import is_member, memberships_of
from anju.web.casework.asked import Asked
from anju.web.casework.clearing_forms import CLEARING_FORMS
from anju.web.casework.help_forms import HELP_FORMS, of_measure
from anju.web.casework.recording import Form, Prefill, Saving
from anju.web.casework.removal_forms import REMOVAL_FORMS
from anju.web.casework.story import GUARANTEE_NAMES, OTHER_NAMES, hint_word
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input

Values = Mapping[str, Any]


def _today(name: str, **more: Prefill) -> Any:
    def prefill(asked: Asked) -> dict[str, Prefill]:
        return {name: Prefill(asked.on), **more}

    return prefill


def _asking(requirement: str, *also: Level) -> Callable[[Asked], bool]:
    """Open while the present step asks for the requirement, to whoever acts for one of its levels."""
    return lambda asked: asked.may_record(requirement, *also)


_AT_HOME: tuple[Level, ...] = ("grid",)


def _members(asked: Asked) -> Sequence[Choice]:
    found = memberships_of(asked.case.household)
    return [
        Choice(each.person.name, each.person.name) for each in found if is_member(each, asked.on)
    ]


# 授权


def _authorise(asked: Asked, saving: Saving, values: Values) -> None:
    checks.authorise(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        signed_on=values["signed_on"], signed_by=values["signed_by"],
    )  # fmt: skip


AUTHORISE = Form(
    "authorise",
    _("登记承诺授权书"),
    "authorisation",
    _asking("authorisation", *_AT_HOME),
    lambda asked: (
        Field("signed_on", _("签字日期"), Input.DATE, is_required=True),
        Field("signed_by", _("签字人"), Input.CHOICE, _members, is_required=True),
    ),
    _authorise,
    _("已登记授权。"),
    _today("signed_on"),
    note=_("原件由村（社区）留存；农户可以随时撤回授权。"),
)


def _may_withdraw(asked: Asked) -> bool:
    """Whoever comes to the home, and the village, while a signature is valid."""
    signed = any(row.withdrawn_on is None for row in written.authorisations(asked.case))
    return signed and asked.acts_for(*_AT_HOME, "village")


WITHDRAW = Form(
    "withdraw",
    _("登记撤回授权"),
    "authorisation",
    _may_withdraw,
    lambda asked: (),
    lambda asked, saving, values: checks.withdraw_authorisation(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case
    ),
    _("已登记撤回授权。"),
    note=_("农户不再同意比对其家庭数据时登记。此前已比对的记录保留；再比对须重新签字。"),
)

# 入户核查


def _check_fields(asked: Asked) -> Sequence[Field]:
    return (
        Field("checked_on", _("核查日期"), Input.DATE, is_required=True),
        Field("met", _("接待核查的家庭成员"), is_required=True, most=60),
        Field("income_per_capita", _("人均纯收入（元/年）"), Input.MONEY, is_required=True),
        Field("rigid_spending", _("合规自付和刚性支出（元/年）"), Input.MONEY, is_required=True),
        *(Field(id_, name, Input.YES_NO, is_required=True) for id_, name in GUARANTEE_NAMES.items()),
        *(Field(id_, name, Input.NUMBER) for id_, name in OTHER_NAMES.items()),
        Field(
            "own_means", _("自主应对能力"), Input.LONG, is_required=True, most=1000,
            note=_("存款、资产、亲友互助、保险等，能否自己渡过难关。"),
        ),
        Field("has_risk", _("是否存在返贫致贫风险"), Input.YES_NO, is_required=True),
        Field("note", _("核查说明"), Input.LONG, most=2000),
    )  # fmt: skip


def _known(asked: Asked) -> dict[str, known.Known]:
    household = asked.case.household
    return known.shown_to(asked.viewer, household, known.of(household, asked.on))


def _check_prefill(asked: Asked) -> Mapping[str, Prefill]:
    found = _known(asked)
    names = {"income_per_capita": known.PER_HEAD, "rigid_spending": "rigid_spending"}
    names |= {id_: id_ for id_ in (*GUARANTEE_NAMES, *OTHER_NAMES)}
    filled = {"checked_on": Prefill(asked.on)}
    for name, id_ in names.items():
        each = found.get(id_)
        if each is not None and each.is_known:
            said = "，".join(part for part in (each.source, each.note) if part)
            filled[name] = Prefill(each.value, said or gettext("底册"), each.on or asked.on)
    return filled


def _check(asked: Asked, saving: Saving, values: Values) -> None:
    found = _known(asked)
    checks.check_home(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        checked_on=values["checked_on"], met=values["met"],
        income_per_capita=values["income_per_capita"], rigid_spending=values["rigid_spending"],
        guarantees={id_: values[id_] for id_ in GUARANTEE_NAMES},
        own_means=values["own_means"],
        values={id_: values[id_] for id_ in OTHER_NAMES if values[id_] is not None},
        known={id_: _kept(each) for id_, each in found.items() if each.is_known},
        has_risk=values["has_risk"], note=values["note"],
    )  # fmt: skip


def _kept(each: known.Known) -> dict[str, Any]:
    """What the registers said, as the check keeps it."""
    on = each.on.isoformat() if each.on else ""
    return {"value": each.value, "source": str(each.source), "on": on}


CHECK = Form(
    "check",
    _("登记入户核查"),
    "check",
    _asking("home_check", *_AT_HOME),
    _check_fields,
    _check,
    _("已登记入户核查。"),
    _check_prefill,
    note=_("收入、支出、保障和自主应对能力一并看，不能只凭收入认定。"),
    keeps_draft=True,
)

# 数据比对

_EXTRA = "extra"


def _hints(asked: Asked) -> list[Hint]:
    """What the registers hold now, and what was added by hand before; explained as far as it was."""
    latest = written.last(written.comparisons(asked.case))
    told = {_key(each): each for each in hints.of(latest)} if latest else {}
    fresh = {_key(each): each for each in hints.found(asked.case.household, asked.on)}
    added = {key: each for key, each in told.items() if each.kind == hints.OTHER}
    return [told.get(key, each) for key, each in (fresh | added).items()]


def _key(hint: Hint) -> str:
    """The same hint again, whatever else was found meanwhile."""
    return sha256(f"{hint.kind}|{hint.what}|{hint.source}|{hint.on}".encode()).hexdigest()[:10]


def _about(hint: Hint) -> tuple[Field, Field]:
    """What is asked about one hint."""
    said = " ".join(part for part in (str(hint_word(hint.kind)), hint.what) if part)
    return (
        Field(
            f"matters_{_key(hint)}",
            gettext("%(hint)s：是否影响认定") % {"hint": said},
            Input.YES_NO,
            note="，".join(part for part in (hint.source, hint.on) if part),
        ),
        Field(f"note_{_key(hint)}", gettext("%(hint)s：核实说明") % {"hint": said}, most=300),
    )


def _answered(hint: Hint, values: Values) -> Hint:
    key = _key(hint)
    return replace(hint, matters=values[f"matters_{key}"], note=values[f"note_{key}"])


def _answers(found: Sequence[Hint]) -> dict[str, Prefill]:
    """What was said of hints before."""
    matters = {f"matters_{_key(hint)}": Prefill(hint.matters) for hint in found}
    return matters | {f"note_{_key(hint)}": Prefill(hint.note) for hint in found}


def _compare_fields(asked: Asked) -> Sequence[Field]:
    fields = [Field("compared_on", _("比对日期"), Input.DATE, is_required=True)]
    for hint in _hints(asked):
        fields += _about(hint)
    return (
        *fields,
        Field(
            f"what_{_EXTRA}", _("其他比对提示"), most=120, note=_("名单之外发现的，没有的留空。")
        ),
        Field(f"note_{_EXTRA}", _("其他提示的核实说明"), most=300),
    )


def _compare_prefill(asked: Asked) -> Mapping[str, Prefill]:
    return {"compared_on": Prefill(asked.on)} | _answers(_hints(asked))


def _compare(asked: Asked, saving: Saving, values: Values) -> None:
    found = [_answered(hint, values) for hint in _hints(asked)]
    if extra := values[f"what_{_EXTRA}"]:
        found.append(Hint(hints.OTHER, extra, note=values[f"note_{_EXTRA}"]))
    checks.compare(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        compared_on=values["compared_on"], hints=[each.stored for each in found],
    )  # fmt: skip


COMPARE = Form(
    "compare",
    _("登记数据比对"),
    "comparison",
    _asking("comparison"),
    _compare_fields,
    _compare,
    _("已登记数据比对。"),
    _compare_prefill,
    note=_("比对提示只是核实的理由，不能单独作为不纳入的依据；每条都要写明核实情况。"),
    keeps_draft=True,
)


def _explain_fields(asked: Asked) -> Sequence[Field]:
    return tuple(each for hint in _compared(asked) for each in _about(hint))


def _compared(asked: Asked) -> list[Hint]:
    latest = written.last(written.comparisons(asked.case))
    return hints.of(latest) if latest else []


def _explain(asked: Asked, saving: Saving, values: Values) -> None:
    checks.explain(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        hints=[_answered(hint, values).stored for hint in _compared(asked)],
    )  # fmt: skip


EXPLAIN = Form(
    "explain",
    _("填写比对核实说明"),
    "comparison",
    lambda asked: bool(_compared(asked)) and asked.may_record("hints_explained", *_AT_HOME),
    _explain_fields,
    _explain,
    _("已保存核实说明。"),
    lambda asked: _answers(_compared(asked)),
    note=_("到户问清每条提示的来由，写明是否影响认定。"),
)

# 民主评议

REVIEW = Form(
    "review",
    _("登记民主评议"),
    "review",
    _asking("review"),
    lambda asked: (
        Field("held_on", _("评议日期"), Input.DATE, is_required=True),
        Field("place", _("地点"), most=80),
        Field("chair", _("主持人"), most=60),
        Field("entitled", _("应到（人）"), Input.NUMBER, is_required=True),
        Field("present", _("实到（人）"), Input.NUMBER, is_required=True),
        Field("in_favour", _("同意（票）"), Input.NUMBER, is_required=True),
        Field("against", _("反对（票）"), Input.NUMBER, is_required=True),
        Field("minutes", _("评议记录"), Input.LONG, is_required=True, most=4000),
    ),
    lambda asked, saving, values: checks.review(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case, **values
    ),
    _("已登记民主评议。"),
    _today("held_on"),
    keeps_draft=True,
)

# 监测对象类别


def _kinds(asked: Asked) -> Sequence[Choice]:
    """The classes that the household may enter today."""
    case = asked.case
    return [
        Choice(each.id, in_language(each.name, each.name_en))
        for each in books.book_of(case, asked.on).open_classes
        if case.household.household_class in each.household_classes
    ]


def _may_set_kind(asked: Asked) -> bool:
    """Whoever acts on it, while it is looked into: the notice of the village already names it."""
    case = asked.case
    is_open = case.kind == CaseKind.RELAPSE and case.state == CaseState.CHECKING and case.step
    return bool(is_open) and asked.acts_for("village", "town", "county")


KIND = Form(
    "kind",
    _("确定监测对象类别"),
    "now",
    _may_set_kind,
    lambda asked: (
        Field(
            "kind", _("监测对象类别"), Input.CHOICE, _kinds, is_required=True,
            note=_("只列出这类农户按现行政策可以认定的类别。"),
        ),
    ),
    lambda asked, saving, values: cases.set_kind(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        seen=saving.seen, kind=values["kind"],
    ),
    _("已确定类别。"),
    lambda asked: {"kind": Prefill(asked.case.monitored_kind)},
)  # fmt: skip

FORMS: Mapping[str, Form] = {
    form.id: form
    for form in (
        AUTHORISE, WITHDRAW, CHECK, COMPARE, EXPLAIN, REVIEW, KIND, *HELP_FORMS, *REMOVAL_FORMS,
        *CLEARING_FORMS,
    )
}  # fmt: skip


def form_of(asked: Asked, what: str) -> Form | None:
    """The form of an address; None where there is no such form of this case."""
    return FORMS.get(what) or of_measure(asked, what)
