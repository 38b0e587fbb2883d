"""What a paper can say: every attribute is one placeholder of the templates, by its Chinese name.

All values are texts as they are to be printed; empty means "not known", and leaves a blank to write
on. Each says whether it may stand on a public notice (`is_public`) and whether it tells of health
(`is_health`), so that no template can bring out what must not be published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any


class Blank(StrEnum):
    """What is left to write on where nothing is known."""

    LINE = "________"
    SHORT = "____"
    DAY = "____年__月__日"
    CHOICE = "☐是　☐否"
    NOTHING = ""


def named(
    placeholder: str,
    blank: Blank = Blank.LINE,
    *,
    is_public: bool = False,
    is_health: bool = False,
) -> Any:
    """Declare an attribute as a placeholder."""
    said = {"placeholder": placeholder, "blank": blank, "public": is_public, "health": is_health}
    return field(default="", metadata=said)


def listed(placeholder: str, row: type, blank_rows: int, *, is_public: bool = False) -> Any:
    """Declare an attribute as a list, whose table row (or paragraph) is repeated for each entry."""
    said = {"placeholder": placeholder, "row": row, "blank_rows": blank_rows, "public": is_public}
    return field(default=(), metadata=said)


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """One member of the household; numbers are masked."""

    name: str = named("姓名")
    relation: str = named("与户主关系")
    sex: str = named("性别")
    age: str = named("年龄")
    identity: str = named("证件号码")
    education: str = named("文化程度")
    schooling: str = named("在校情况")
    labour: str = named("劳动技能")
    health: str = named("健康状况", is_health=True)
    phone: str = named("联系电话")


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One item asked at home: what is known already, where from, and what was found."""

    item: str = named("项目")
    known: str = named("系统掌握")
    source: str = named("来源和日期")
    found: str = named("核查结果")


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One help measure of the plan."""

    risk: str = named("针对风险")
    measure: str = named("措施")
    kind: str = named("类别")
    content: str = named("内容")
    provider: str = named("责任单位")
    period: str = named("起止日期")
    amount: str = named("金额")
    promised: str = named("预期成效")
    state: str = named("进展")
    achieved: str = named("实际成效")


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One household on a public notice: the masked name, how many they are, what is proposed."""

    name: str = named("姓名", is_public=True)
    members: str = named("人数", is_public=True)
    proposed: str = named("拟定类别", is_public=True)


@dataclass(frozen=True, kw_only=True)
class Values:
    """Everything the papers of one case may say. Days are written 2023年10月9日, money in yuan."""

    county: str = named("县", is_public=True)
    town: str = named("乡镇", is_public=True)
    village: str = named("村", is_public=True)
    today: str = named("制表日期", Blank.DAY, is_public=True)

    case_number: str = named("案件编号")
    opened_on: str = named("立案日期", Blank.DAY)
    found_on: str = named("发现日期", Blank.DAY)
    sources: str = named("线索来源")
    risks: str = named("风险类别")
    kind: str = named("监测对象类别")

    household_code: str = named("户编码")
    head: str = named("户主姓名")
    head_identity: str = named("户主证件号码")
    phone: str = named("联系电话")
    household_class: str = named("户类型")
    address: str = named("住址")
    size: str = named("家庭人口", Blank.SHORT)
    workers: str = named("劳动力人数", Blank.SHORT)
    students: str = named("在校生人数", Blank.SHORT)
    members: tuple[MemberRow, ...] = listed("家庭成员", MemberRow, 6)

    authorised_on: str = named("授权日期", Blank.DAY)
    authorised_by: str = named("授权人")

    checked_on: str = named("核查日期", Blank.DAY)
    checked_by: str = named("核查人")
    met: str = named("接待人")
    income: str = named("人均纯收入")
    spending: str = named("刚性支出")
    education_safe: str = named("义务教育有保障", Blank.CHOICE)
    medical_safe: str = named("基本医疗有保障", Blank.CHOICE)
    housing_safe: str = named("住房安全有保障", Blank.CHOICE)
    water_safe: str = named("饮水安全有保障", Blank.CHOICE)
    own_means: str = named("自主应对能力", Blank.NOTHING)
    has_risk: str = named("存在风险", Blank.CHOICE)
    check_note: str = named("核查说明", Blank.NOTHING)
    items: tuple[ItemRow, ...] = listed("核查项", ItemRow, 6)

    reviewed_on: str = named("评议日期", Blank.DAY, is_public=True)
    review_place: str = named("评议地点")
    chair: str = named("主持人")
    entitled: str = named("应到人数", Blank.SHORT)
    present: str = named("实到人数", Blank.SHORT)
    in_favour: str = named("同意票数", Blank.SHORT)
    against: str = named("反对票数", Blank.SHORT)
    minutes: str = named("评议记录", Blank.NOTHING)

    posted_on: str = named("公示开始日期", Blank.DAY, is_public=True)
    notice_ends_on: str = named("公示截止日期", Blank.DAY, is_public=True)
    notice_days: str = named("公示天数", Blank.SHORT, is_public=True)
    notice_contact: str = named("公示受理方式", is_public=True)
    notice_matter: str = named("公示事项", is_public=True)
    notice: tuple[NoticeRow, ...] = listed("公示名单", NoticeRow, 6, is_public=True)
    objections: str = named("异议情况")

    decided_on: str = named("审定日期", Blank.DAY)
    decision: str = named("审定结果")
    included_on: str = named("纳入日期", Blank.DAY)

    measures: tuple[MeasureRow, ...] = listed("帮扶措施", MeasureRow, 5)
    next_visit_on: str = named("下次回访日期", Blank.DAY)

    removal_checked_on: str = named("消除核查日期", Blank.DAY)
    removal_kind: str = named("风险消除方式")
    removal_items: tuple[ItemRow, ...] = listed("消除核查项", ItemRow, 8)
    acknowledged_by: str = named("认可人")
    acknowledged_on: str = named("认可日期", Blank.DAY)


@dataclass(frozen=True)
class Placeholder:
    """One name that may stand in a template: `村` or, of a list, `家庭成员.姓名`."""

    name: str
    blank: Blank
    is_public: bool
    is_health: bool


@cache
def placeholders() -> Mapping[str, Placeholder]:
    """All placeholders by name, those of lists with the list's name before the dot."""
    found = {}
    for each in fields(Values):
        said = each.metadata
        if "row" not in said:
            found[said["placeholder"]] = _placeholder("", said)
            continue
        for column in fields(said["row"]):
            one = _placeholder(f"{said['placeholder']}.", column.metadata)
            found[one.name] = one
        ordinal = f"{said['placeholder']}.{ORDINAL}"
        found[ordinal] = Placeholder(ordinal, Blank.NOTHING, said["public"], False)
    return found


ORDINAL = "序号"
"""In every list: 1, 2, 3 …"""


def spoken(values: Values) -> dict[str, str]:
    """Placeholder → text, of what is no list."""
    single = (each for each in fields(Values) if "row" not in each.metadata)
    return {each.metadata["placeholder"]: getattr(values, each.name) for each in single}


def rows(values: Values, placeholder: str) -> list[dict[str, str]]:
    """The entries of a list as `column → text`; empty ones to write on where nothing is known."""
    declared = next(each for each in fields(Values) if each.metadata["placeholder"] == placeholder)
    kind: type = declared.metadata["row"]
    entries = getattr(values, declared.name)
    entries = entries or (kind(),) * int(declared.metadata["blank_rows"])
    return [
        {ORDINAL: str(number)}
        | {each.metadata["placeholder"]: getattr(entry, each.name) for each in fields(kind)}
        for number, entry in enumerate(entries, start=1)
    ]


def without_health(values: Values) -> Values:
    """The same with every text left blank that is declared to tell of health."""
    changed: dict[str, Any] = {}
    for each in fields(Values):
        if "row" not in each.metadata:
            if each.metadata["health"]:
                changed[each.name] = ""
            continue
        secret = [one.name for one in fields(each.metadata["row"]) if one.metadata["health"]]
        if secret:
            entries = getattr(values, each.name)
            emptied = dict.fromkeys(secret, "")
            changed[each.name] = tuple(replace(entry, **emptied) for entry in entries)
    return replace(values, **changed)


def _placeholder(prefix: str, said: Mapping[str, Any]) -> Placeholder:
    return Placeholder(prefix + said["placeholder"], said["blank"], said["public"], said["health"])
