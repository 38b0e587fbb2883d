"""The official list of lifted-out and monitored households in 33 columns, with its header groups."""

from typing import Final

_PLACE, _NUMBER, _MEMBER, _HOME = "所在地", "编号", "家庭成员", "户情况"
_PERSON = (_MEMBER, "基本身份")
_CONTACT, _IDENTIFIED, _MONITORED = "联系方式", "识别时间", "监测对象"

#: Headings from the widest group down; the last is the column's own.
NATIONAL: Final[tuple[tuple[str, ...], ...]] = (
    (_PLACE, "", "县(市、区、旗)"), (_PLACE, "", "乡(镇)"), (_PLACE, "", "行政村"),
    (_PLACE, "", "自然村"), (_PLACE, "", "所属网格"),
    (_NUMBER, "", "户编号"), (_NUMBER, "", "人编号"),
    (*_PERSON, "姓名"), (*_PERSON, "性别"), (*_PERSON, "出生日期"), (*_PERSON, "证件号码"),
    (_MEMBER, "", "人数"), (_MEMBER, "", "与户主关系"), (_MEMBER, "", "民族"),
    (_MEMBER, "教育", "文化程度"), (_MEMBER, "教育", "在校生状况"),
    (_MEMBER, "健康与劳动", "健康状况"), (_MEMBER, "健康与劳动", "劳动技能"),
    (_MEMBER, "健康与劳动", "务工时间（月）"), (_MEMBER, "健康与劳动", "是否参加大病保险"),
    (_HOME, "", "致贫原因1"), (_HOME, "", "危房户"), (_HOME, "", "是否解决安全饮用水"),
    (_HOME, "", "人均纯收入"),
    (_CONTACT, "", "户联系电话"), (_CONTACT, "", "人联系电话"),
    (_IDENTIFIED, "", "首次识别时间"), (_IDENTIFIED, "", "人员识别时间"),
    ("", "", "户类型"),
    (_MONITORED, "", "易返贫致贫户(监测对象)类型"), (_MONITORED, "", "风险是否消除"),
    (_MONITORED, "", "风险识别时间"), (_MONITORED, "", "风险消除时间"),
)  # fmt: skip
