"""The forms, one a sheet: which fields, in which words, from which choices."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.privacy import HEALTH_EVENTS, HEALTH_STATUSES
from anju.registry.models import Household
from anju.registry.models.household import HouseholdClass
from anju.registry.models.person import Labour, Schooling, Sex
from anju.registry.queries.health import may_see_health
from anju.registry.queries.people import is_member, memberships_of
from anju.web import words
from anju.web.lists.declaration import Choice, Text
from anju.web.registers.editing.fields import Field, Form, Input


@dataclass(frozen=True)
class Asked:
    """For whom and about which household choices are made."""

    viewer: Viewer
    household: Household

    @property
    def scope(self) -> Scope:
        """Where the viewer may edit."""
        return self.viewer.scope_for(Permission.EDIT_REGISTERS)

    @property
    def may_see_health(self) -> bool:
        """Whether health may be read, and so written, in this household."""
        return may_see_health(self.viewer, self.household)


Choices = Callable[[Asked], Sequence[Choice]]


def _of(pairs: Iterable[tuple[str, Text]]) -> Choices:
    fixed = [Choice(value, label) for value, label in pairs]
    return lambda asked: fixed


def _but(pairs: Iterable[tuple[str, Text]], health: frozenset[str]) -> Choices:
    """Kinds, without those about health for whoever may not see health."""
    known = list(pairs)
    return lambda asked: [
        Choice(value, label)
        for value, label in known
        if asked.may_see_health or value not in health
    ]


def _villages(asked: Asked) -> Sequence[Choice]:
    """Where the viewer may edit: nobody moves a household out of their own sight."""
    codes = list(places.villages_in(asked.scope).values_list("code", flat=True))
    names = places.names(codes)
    return [Choice(code, names.village(code) or code) for code in codes]


def _sites(asked: Asked) -> Sequence[Choice]:
    rows = places.sites_in(asked.scope).values_list("code", "name")
    return [Choice(code, name) for code, name in rows]


def _grids(asked: Asked) -> Sequence[Choice]:
    """The grids of the household's town: those of a county are too many to choose from."""
    town = asked.household.village_code[:9].ljust(12, "0")
    rows = places.grids_in(asked.scope).filter(places.inside("village_code", town))
    return [Choice(code, name) for code, name in rows.values_list("code", "name")]


def _buildings(asked: Asked) -> Sequence[Choice]:
    if asked.household.site is None:
        return []
    found = places.buildings_of(asked.household.site)
    return [Choice(str(each.pk), f"{asked.household.site.name} {each.number}") for each in found]


def members(asked: Asked) -> Sequence[Choice]:
    """Who belongs to the household now."""
    found = memberships_of(asked.household)
    return [
        Choice(each.person.code, each.person.name)
        for each in found
        if is_member(each, asked.viewer.on)
    ]


def _quarters(asked: Asked) -> Sequence[Choice]:
    """The last twelve that have begun."""
    number = asked.viewer.on.year * 4 + (asked.viewer.on.month - 1) // 3
    each = [(past // 4, past % 4 + 1) for past in range(number, number - 12, -1)]
    said = gettext("%(year)s年第%(quarter)s季度")
    return [Choice(f"{y}{q}", said % {"year": y, "quarter": q}) for y, q in each]


HOUSEHOLD = Form(
    "household",
    _("户情况"),
    (
        Field("village_code", _("现居村（社区）"), Input.CHOICE, _villages, is_required=True),
        Field("site", _("安置点"), Input.CHOICE, _sites, note=_("不在安置点的不选。")),
        Field("grid", _("网格"), Input.CHOICE, _grids),
        Field(
            "household_class",
            _("户类型"),
            Input.CHOICE,
            _of(HouseholdClass.choices),
            is_required=True,
        ),
        Field("relocated", _("易地搬迁户"), Input.YES_NO, is_required=True),
        Field("self_moved", _("自主迁徙居民"), Input.YES_NO, is_required=True),
    ),
    tab="people",
    has_since=True,
)
MEMBER = Form(
    "member",
    _("成员"),
    (
        Field("name", _("姓名"), is_required=True, most=60),
        Field("relation", _("与户主关系"), Input.CHOICE, _of(words.RELATIONS.items()), True),
        Field("sex", _("性别"), Input.CHOICE, _of(Sex.choices)),
        Field("born_on", _("出生日期"), Input.DATE),
        Field("phone", _("联系电话"), Input.PHONE, most=40, note=_("留空则保持原号码不变。")),
        Field("education", _("文化程度"), Input.CHOICE, _of(words.EDUCATIONS.items())),
        Field("schooling", _("在校情况"), Input.CHOICE, _of(Schooling.choices), is_nullable=True),
        Field("labour", _("劳动技能"), Input.CHOICE, _of(Labour.choices), is_nullable=True),
        Field("health", _("健康状况"), most=40),
        Field("joined_on", _("加入本户日期"), Input.DATE),
    ),
    tab="people",
    has_since=True,
)
JOINING = Form(
    "joining",
    _("新成员"),
    (
        Field("name", _("姓名"), is_required=True, most=60),
        Field("relation", _("与户主关系"), Input.CHOICE, _of(words.RELATIONS.items()), True),
        Field("joined_on", _("加入本户日期"), Input.DATE, is_required=True),
        Field(
            "identity",
            _("证件号码"),
            Input.IDENTITY,
            is_nullable=True,
            most=22,
            note=_("没有的留空；填了号码，出生日期和性别可以不填。"),
        ),
        Field(
            "code",
            _("人编号"),
            is_nullable=True,
            most=24,
            note=_("全国系统中已有编号的照填；留空则按户编号往下编。"),
        ),
        Field("sex", _("性别"), Input.CHOICE, _of(Sex.choices)),
        Field("born_on", _("出生日期"), Input.DATE),
        Field("phone", _("联系电话"), Input.PHONE, most=40),
        Field("education", _("文化程度"), Input.CHOICE, _of(words.EDUCATIONS.items())),
        Field("schooling", _("在校情况"), Input.CHOICE, _of(Schooling.choices), is_nullable=True),
        Field("labour", _("劳动技能"), Input.CHOICE, _of(Labour.choices), is_nullable=True),
        Field("health", _("健康状况"), most=40),
    ),
    tab="people",
)
HOUSING = Form(
    "housing",
    _("住房"),
    (
        Field("building", _("楼栋"), Input.CHOICE, _buildings),
        Field("entrance", _("单元"), most=10),
        Field("room", _("房号"), most=20),
        Field("address", _("住址")),
        Field("area_dm2", _("住房面积（平方米）"), Input.AREA),
        Field("has_title", _("是否已办产权证"), Input.YES_NO),
        Field("valid_from", _("入住日期"), Input.DATE),
    ),
    tab="housing",
)
INCOME = Form(
    "income",
    _("季度收入"),
    (
        Field("wage", _("工资性收入（元）"), Input.MONEY),
        Field("business", _("生产经营性收入（元）"), Input.MONEY),
        Field("business_cost", _("生产经营性支出（元）"), Input.MONEY),
        Field("property", _("财产性收入（元）"), Input.MONEY),
        Field("transfer", _("转移性收入（元）"), Input.MONEY),
    ),
    tab="income",
    keys=(Field("quarter", _("季度"), Input.CHOICE, _quarters, is_required=True),),
    can_withdraw=True,
)
_WHOSE = Field("person", _("谁的"), Input.CHOICE, members, note=_("不选指全户。"))
_KIND = _("类别")
_BEGAN = Field("valid_from", _("开始日期"), Input.DATE)
_ENDED = Field("valid_to", _("结束日期（不含当日）"), Input.DATE, note=_("仍在继续的留空。"))
STATUS = Form(
    "status",
    _("身份或状况"),
    (
        Field("level", _("等级或类别"), most=40),
        Field("reference", _("编号或内容")),
        _BEGAN,
        _ENDED,
    ),
    tab="guarantees",
    keys=(
        Field("kind", _KIND, Input.CHOICE, _but(words.STATUSES.items(), HEALTH_STATUSES), True),
        _WHOSE,
    ),
    can_withdraw=True,
)
EVENT = Form(
    "event",
    _("事件"),
    (
        Field("occurred_on", _("发生日期"), Input.DATE, is_required=True),
        Field("amount", _("金额（元）"), Input.MONEY),
        Field("level", _("等级、天数或类别"), most=40),
        Field("reference", _("单号或事由")),
    ),
    tab="timeline",
    keys=(
        Field("kind", _KIND, Input.CHOICE, _but(words.EVENTS.items(), HEALTH_EVENTS), True),
        _WHOSE,
    ),
    can_withdraw=True,
)
HOLDING = Form(
    "holding",
    _("财产线索"),
    (
        Field("reference", _("登记编号")),
        Field("value", _("价值（元）"), Input.MONEY),
        _BEGAN,
        _ENDED,
    ),
    tab="housing",
    keys=(Field("kind", _KIND, Input.CHOICE, _of(words.HOLDINGS.items()), True), _WHOSE),
    can_withdraw=True,
)
FORMS = {
    form.id: form for form in (HOUSEHOLD, MEMBER, JOINING, HOUSING, INCOME, STATUS, EVENT, HOLDING)
}
