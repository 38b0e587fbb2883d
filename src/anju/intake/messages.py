"""What is said about a row: one sentence with the value, and what to do. Listed in docs/imports.md.

Identity numbers never stand in a message in full.
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.assets.checking import WRONG
from anju.employment.checking import WRONG as WRONG_OF_WORK
from anju.intake.columns import Column, Kind
from anju.intake.labels import allowed
from anju.privacy.masking import mask_account, mask_identity, masked_text

_LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of message: what is wrong (`{label}`, `{value}`, `{more}`), and the remedy.

    `decides`: of a conflict, the office whose word counts; empty: the office that keeps the list.
    """

    text: str
    remedy: str
    decides: str = ""

    def __str__(self) -> str:
        return f"{self.text}。{self.remedy}。"


MESSAGES = {
    **{code: Message(wrong.text, wrong.remedy) for code, wrong in (WRONG | WRONG_OF_WORK).items()},
    "ends_unread": Message(
        "“{label}”认不出数字（{value}）", "请写成 3000-4500 或 18-50；没有定的写面议或不限"
    ),
    "work_code_unknown": Message(
        "“{label}”不是行政区划代码（{value}）",
        "请填 6 位或 12 位代码，或改填乡镇、行政村、工作地点",
    ),
    "required": Message("“{label}”没有填写", "请补填后重新导入这一行"),
    "text_too_long": Message("“{label}”太长（{value}）", "最多 {more} 个字，请缩短"),
    "name_digits": Message("“{label}”中有数字（{value}）", "请改为身份证上的姓名"),
    "code_format": Message("“{label}”有字母和数字以外的字符（{value}）", "请按系统中的编号改正"),
    "code_destroyed": Message(
        "“{label}”已被 Excel 当作数字（{value}），第 15 位以后的数字丢失了",
        "请把该列设为文本格式，从原系统重新导出",
    ),
    "account_format": Message(
        "“{label}”不是 12 至 19 位数字（{value}）", "请对照存折或银行卡改正；不发放到户的留空"
    ),
    "label_unknown": Message("“{label}”填的“{value}”不在代码表里", "可填：{more}"),
    "number_format": Message("“{label}”不是数字（{value}）", "请只填数字，不带单位和文字"),
    "number_negative": Message("“{label}”是负数（{value}）", "请核对；支出也填正数"),
    "number_too_large": Message("“{label}”过大（{value}）", "请核对单位是元还是万元"),
    "date_format": Message("“{label}”认不出是日期（{value}）", "请写成 2023-08-15 或 202308"),
    "date_impossible": Message("“{label}”没有这一天（{value}）", "请核对后改正"),
    "date_without_day": Message("“{label}”只有年月（{value}）", "请写到日，如 2023-08-15"),
    "date_future": Message("“{label}”晚于数据日期（{value}）", "请核对年份，或改正数据日期"),
    "date_order": Message("“{label}”早于“{more}”（{value}）", "请核对两个日期"),
    "staff_without_clinic": Message(
        "没有村卫生室却填了有合格村医", "“有无合格村医”请改为“否”，巡诊等写在“空白期间的安排”"
    ),
    "seen_later": Message(
        "“{label}”（{value}）早于这个村最近一次核实（{more}）", "请用最近核实的情况重新导入这一行"
    ),
    "division_not_found": Message(
        "没有叫“{value}”的乡镇或村（社区）",
        "请与行政区划表核对；全乡镇的项目只填乡镇，全县的都不填",
    ),
    "step_skipped": Message("填了“{label}”，却没有“{more}”", "请补填“{more}”"),
    "step_order": Message("“{label}”（{value}）早于“{more}”", "请核对两个日期"),
    "dropped_finished": Message(
        "已完工的项目不能退库（{value}）", "请清除“{label}”，或核对“{more}”"
    ),
    "plan_order": Message("“{label}”（{value}）早于“{more}”", "请核对两个日期"),
    "percent_above": Message("“{label}”大于 100（{value}）", "请填 0 至 100 的整数"),
    "year_format": Message("“{label}”不是年份（{value}）", "请写成四位年份，如 2023"),
    "funds_total": Message(
        "“{label}”（{value} 元）不等于各来源资金之和（{more} 元）",
        "请核对各列金额和单位是元还是万元",
    ),
    "project_unknown": Message("项目编号 {value} 不在项目库", "请先导入项目库清单，或核对编号"),
    "project_ambiguous": Message(
        "项目编号 {value} 在几个县都有", "请由项目所在的县导入，或改用唯一的编号"
    ),
    "project_elsewhere": Message(
        "项目编号 {value} 不在本次导入的区域内", "请由项目所在地的单位导入"
    ),
    "amount_zero": Message("“{label}”是 0", "请填实际支付的金额；退款请更正原来的一笔"),
    "paid_before_entry": Message(
        "“{label}”（{value}）早于项目入库日期（{more}）", "请核对两个日期"
    ),
    "workers_of_no_labour": Message(
        "不是劳务报酬却填了“{label}”（{value}）", "请清除人数，或改支付类别"
    ),
    "relocated_above_workers": Message("“{label}”（{value}）多于领取劳务报酬人数", "请核对两个数"),
    "quarter_format": Message("“{label}”认不出是季度（{value}）", "请写成 2023Q3"),
    "identity_destroyed": Message(
        "“{label}”已被 Excel 变成科学计数，后几位丢失（{value}）",
        "请把该列设为文本格式，从原系统重新导出；不要手工补零",
    ),
    "identity_length": Message(
        "“{label}”位数不对（{value}，{more} 位）",
        "应为 18 位（或老证 15 位）身份证号，或 20 位残疾人证号，没有证件的填 999999",
    ),
    "identity_format": Message(
        "“{label}”有不该有的字符（{value}）", "请对照证件改正，只有最后一位可以是字母 X"
    ),
    "identity_date": Message("“{label}”中的出生日期不存在（{value}）", "请对照证件改正"),
    "identity_check": Message("“{label}”校验位不对（{value}），至少有一位写错", "请对照证件改正"),
    "identity_card": Message(
        "“{label}”的第 19 位起不是残疾类别、等级和补证次数（{value}）", "请对照残疾人证改正"
    ),
    "identity_birth": Message("“{label}”与证件号码中的出生日期不一致（{value}）", "请对照证件改正"),
    "identity_sex": Message("“{label}”与证件号码中的性别不一致（{value}）", "请对照证件改正"),
    "identity_missing": Message(
        "没有证件号码，无法确认是谁", "请补填证件号码，或填写底册中的人编号"
    ),
    "duplicate": Message("与第 {more} 行重复", "重复的只取一行，不必处理；也可删去这一行"),
    "contradiction": Message(
        "与第 {more} 行是同一项，内容却不同", "请核对留下正确的一行，两行都没有写入"
    ),
    "household_unknown": Message("户编号 {value} 不在底册", "请核对户编号，或先导入该户的名单"),
    "household_elsewhere": Message(
        "户编号 {value} 不在本次导入的区域内", "请由该户所在地的单位导入"
    ),
    "household_disagrees": Message(
        "“{label}”与本户户主行不一致（{value}）", "同一户各行应相同，请核对", "农业农村"
    ),
    "second_head": Message("本户有两个户主（{value}）", "请核对“与户主关系”", "农业农村"),
    "person_unknown": Message("{value} 不在底册", "请核对证件号码，或先导入该户的人口名单"),
    "person_not_found": Message(
        "没有可用的证件号码，底册中没有找到“{value}”",
        "请补填正确的证件号码，或先导入该户的人口名单",
    ),
    "person_doubtful": Message(
        "没有可用的证件号码，“{value}”可能是底册中的几个人", "请在“待决定”页面认定是哪一个"
    ),
    "member_unknown": Message(
        "户 {more} 的成员中没有“{value}”",
        "请在“待决定”页面认定：是该户的哪一位成员，是新成员，还是退回",
    ),
    "member_doubtful": Message(
        "没有可用的证件号码，“{value}”可能是该户的几个人", "请在“待决定”页面认定是哪一个"
    ),
    "head_not_found": Message(
        "没有户编号，底册中没有找到户主“{value}”", "请补填户编号，或核对户主姓名和行政村"
    ),
    "head_doubtful": Message(
        "没有户编号，“{value}”可能是底册中的几个人", "请在“待决定”页面认定是哪一户的人"
    ),
    "head_unknown": Message(
        "户主证件号码不在底册（{value}）", "请核对户主证件号码，或先导入该户的名单"
    ),
    "person_decided_nobody": Message(
        "“{value}”不是底册中的人（{more}）",
        "如认定有误，请在“待决定”页面撤回；以后导入同样的行时会重新询问",
    ),
    "person_homeless": Message("{value} 在底册中不属于任何一户", "请先在人口变动表中登记"),
    "name_differs": Message(
        "姓名“{value}”与底册中该证件号码的姓名不同", "请核对姓名和证件号码哪一个写错", "公安"
    ),
    "head_differs": Message(
        "“{value}”不是户编号对应的户中的人", "请核对户编号和户主姓名哪一个写错", "农业农村"
    ),
    "person_code_differs": Message(
        "人编号 {value} 与底册中该证件号码的人编号不同", "请核对人编号和证件号码", "农业农村"
    ),
    "person_code_taken": Message(
        "人编号 {value} 在底册中是另一个证件号码", "请核对人编号和证件号码", "农业农村"
    ),
    "member_elsewhere": Message(
        "此人在底册中仍属于户 {value}", "户间迁移请用人口变动表，先登记减少再登记增加", "农业农村"
    ),
    "place_unknown": Message("没有叫“{value}”的村（社区）", "请与行政区划表核对乡镇和村的名称"),
    "place_outside": Message("“{value}”不在本次导入的区域内", "请由该村所在地的单位导入"),
    "division_unknown": Message("“{label}” {value} 不在行政区划表中", "请先导入行政区划"),
    "site_unknown": Message("安置点编码 {value} 不在底册", "请先导入安置点，或核对编码"),
    "grid_unknown": Message("网格编码 {value} 不在底册", "请先导入网格，或核对编码"),
    "parent_unknown": Message("上级代码 {value} 不在行政区划表中", "请补上上级一行"),
    "division_code": Message(
        "区划代码 {value} 与级别不符", "县 6 位、乡镇 9 位、村 12 位，后面补零"
    ),
    "income_empty": Message("五项收入都没有填写", "请至少填一项；没有收入的填 0"),
    "grade_differs": Message("“{label}”与证号中的等级不一致（{value}）", "请对照残疾人证改正"),
    "level_without_certificate": Message(
        "填了“{label}”，“取得证书”却不是职业技能等级证书或职业资格证书",
        "请核对取得证书；没有等级的留空",
    ),
    "post_end_to_come": Message(
        "退岗日期 {value} 还没有到", "退岗后再报；约定的期限填协议终止日期"
    ),
    "post_reason_without_end": Message(
        "填了“{label}”，没有填退岗日期", "请补填退岗日期；仍在岗的删去退岗原因"
    ),
    "post_told_twice": Message(
        "同一岗位的“{label}”在名册里前后不一（{value}）", "请把这个岗位各行的这一栏写成一样"
    ),
    "post_differs": Message(
        "此人同日聘用的是另一个岗位（底册：{value}）",
        "请核对岗位、设岗单位和所在地；换了岗位的，先登记退岗，再填新的聘用日期",
    ),
    "newer_known": Message(
        "底册中这一项是 {value} 掌握的，比本次数据新", "请核对数据日期；旧名单不改写新情况"
    ),
}


def row_message(
    problem: str,
    column: Column | None,
    value: str | None,
    more: str = "",
    *,
    is_own: bool = True,
) -> str:
    """The sentence for a problem in a cell; `more` fills what the problem itself adds.

    `is_own`: the value is the column's own (a number of a person is then masked), not that of
    another column which tells the row better.
    """
    message = MESSAGES[problem]
    shown = _shown(column if is_own else None, value)
    if column is not None and column.choices is not None and not more:
        more = allowed(column.choices)
    if problem == "text_too_long" and column is not None:
        more = str(column.limit)
    if problem == "identity_length":
        more = str(len((value or "").strip()))
    label = column.label if column is not None else ""
    return masked_text(str(message).format(label=label, value=shown, more=more))


def _shown(column: Column | None, value: str | None) -> str:
    """A value as it may be repeated: never a number of a person in full."""
    text = (value or "").strip()
    if column is not None and column.kind in (Kind.IDENTITY, Kind.PHONE):
        return mask_identity(text)
    if column is not None and column.kind is Kind.ACCOUNT:
        return mask_account(text)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
