"""The forms of the labour ledger: a training, and what a worker said when asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anju.employment.models import Answer, Category, Certificate, Level, Residence
from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Form, Input
from anju.web.registers.editing.forms import Asked, members


def _of(choices: Any) -> Any:
    """The values of a code list."""

    def offered(asked: Asked) -> Sequence[Choice]:
        return [Choice(value, label) for value, label in choices.choices]

    return offered


_WHOSE: Final = Field("person", _("谁的"), Input.CHOICE, members, is_required=True)
TRAINING: Final = Form(
    "training",
    _("就业培训"),
    (
        Field("category", _("培训类别"), Input.CHOICE, _of(Category), is_required=True),
        Field("trade", _("工种或培训内容"), is_required=True, most=60),
        Field("organiser", _("培训机构")),
        Field("started_on", _("开班日期"), Input.DATE, is_required=True),
        Field("ended_on", _("结业日期（含当日）"), Input.DATE, note=_("还没有结业的留空。")),
        Field("certificate", _("取得证书"), Input.CHOICE, _of(Certificate), is_nullable=True),
        Field(
            "level",
            _("证书等级"),
            Input.CHOICE,
            _of(Level),
            note=_("只有职业资格证书和职业技能等级证书有等级。"),
        ),
        Field("subsidy", _("培训补贴（元）"), Input.MONEY),
    ),
    tab="work",
    keys=(_WHOSE,),
    can_withdraw=True,
)
LABOUR: Final = Form(
    "labour",
    _("劳动力意愿"),
    (
        Field("residence", _("常住情况"), Input.CHOICE, _of(Residence), is_nullable=True),
        Field("wants_work", _("就业意愿"), Input.CHOICE, _of(Answer), is_nullable=True),
        Field("wants_training", _("培训意愿"), Input.CHOICE, _of(Answer), is_nullable=True),
        Field("wished_trade", _("意向工种"), most=60),
        Field("wished_wage", _("期望月工资（元）"), Input.MONEY),
        Field("skill", _("技能特长"), most=60),
        Field("talks", _("政策宣讲（次）"), Input.NUMBER, note=_("上次摸底以来的次数，下同。")),
        Field("openings", _("推荐岗位（个）"), Input.NUMBER),
        Field("offers", _("提供培训机会（次）"), Input.NUMBER),
    ),
    tab="work",
    keys=(_WHOSE, Field("told_on", _("摸底日期"), Input.DATE, is_required=True)),
    can_withdraw=True,
)
LABOUR_FORMS: Final = {form.id: form for form in (TRAINING, LABOUR)}
