"""The fields of the forms of posts: setting one up, its terms, hiring, leaving, a month's pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.employment.models import EndReason, Insurance, PostFund, PostKind
from anju.employment.queries import posts as queries
from anju.web.assets.forms import divisions, sites
from anju.web.labour.sheets import choice
from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Input


def _posts(viewer: Viewer) -> Sequence[Choice]:
    """Posts that are needed, of the places where the viewer may write."""
    rows = [
        row
        for row in queries.posts_for(viewer).filter(queries.open_on(viewer.on))
        if queries.may_edit_post(viewer, row)
    ]
    return [Choice(str(row.pk), f"{row.unit} · {row.name}") for row in rows]


POST: Final = (
    choice("kind", _("岗位类型"), PostKind.choices, is_required=True),
    Field("name", _("岗位名称"), is_required=True, most=60),
    Field("division_code", _("所在地"), Input.CHOICE, divisions,
          note=_("岗位做事的地方；选了安置点的可不选。")),
    Field("site", _("安置点"), Input.CHOICE, sites, note=_("不在安置点的不选。")),
    Field("unit", _("设岗单位"), is_required=True, most=80),
    Field("started_on", _("设岗日期"), Input.DATE),
)  # fmt: skip
TERMS: Final = (
    Field("places", _("核定人数"), Input.NUMBER, most=4),
    Field("monthly_pay", _("月补贴标准（元）"), Input.MONEY),
    choice("fund", _("资金来源"), PostFund.choices),
    Field("paper", _("设岗依据文号"), most=120),
)
SINCE: Final = Field(
    "since", _("从哪天起"), Input.DATE,
    note=_("后来变的，填变化那天，原来的情况留作记录；原来就登记错了的，不填。"),
)  # fmt: skip
END_POST: Final = (
    Field("ended_on", _("从哪天起不再需要"), Input.DATE, is_required=True),
    Field("reason", _("撤岗原因"), is_required=True, most=200),
)
_AGREED: Final = (
    Field("agreed_until", _("协议终止日期（含当日）"), Input.DATE),
    Field("monthly_pay", _("月补贴（元）"), Input.MONEY),
    choice("insurance", _("参保情况"), Insurance.choices, is_nullable=True),
    Field("is_part_time", _("是否非全日制"), Input.YES_NO,
          note=_("非全日制的，可以另外从事灵活就业。")),
)  # fmt: skip
_ASKED: Final = (
    Field("has_licence", _("本人是否办有营业执照"), Input.YES_NO, note=_("请问本人。")),
    Field("has_official", _("家庭成员是否有村干部"), Input.YES_NO, note=_("请问本人。")),
    Field("note", _("核实说明"), most=200,
          note=_("底册没有掌握的条件，写明怎样核实的；不写证件号码和电话。")),
)  # fmt: skip
_STARTED: Final = Field("started_on", _("聘用日期"), Input.DATE, is_required=True)
HIRE: Final = (_STARTED, *_AGREED, *_ASKED)
_LEFT: Final = (
    Field("ended_on", _("退岗日期（不再上岗的第一天）"), Input.DATE),
    choice("end_reason", _("退岗原因"), EndReason.choices, is_nullable=True),
    Field("end_note", _("退岗说明"), most=200),
)
HOLDING: Final = (*HIRE, *_LEFT)
RENEW: Final = (
    Field("agreed_until", _("续签后的终止日期（含当日）"), Input.DATE, is_required=True),
)
LEAVE: Final = (
    Field("ended_on", _("退岗日期（不再上岗的第一天）"), Input.DATE, is_required=True),
    choice("reason", _("退岗原因"), EndReason.choices, is_required=True),
    Field("note", _("退岗说明"), most=200),
)
TAKE_UP: Final = (
    Field("post", _("岗位"), Input.CHOICE, _posts, is_required=True),
    *_AGREED,
    *_LEFT[1:],
)
PAY: Final = (
    Field("due", _("应发（元）"), Input.MONEY),
    Field("amount", _("实发（元）"), Input.MONEY),
    Field("paid_on", _("发放日期"), Input.DATE),
    Field("days", _("计发天数"), Input.NUMBER, most=2, note=_("按天计发的才填。")),
)
