"""Papers that are filled in at home or in a meeting: application, home check, minutes."""

from anju.papers.templates.sheet import Sheet

_MEMBERS_HEAD = ["姓名", "关系", "性别", "年龄", "文化程度", "在校情况", "劳动技能", "健康状况"]
_MEMBERS = [
    "{{家庭成员.姓名}}",
    "{{家庭成员.与户主关系}}",
    "{{家庭成员.性别}}",
    "{{家庭成员.年龄}}",
    "{{家庭成员.文化程度}}",
    "{{家庭成员.在校情况}}",
    "{{家庭成员.劳动技能}}",
    "{{家庭成员.健康状况}}",
]
_MEMBER_WIDTHS = [10, 8, 6, 6, 9, 9, 10, 9]
_HOUSEHOLD = [
    ["户主姓名", "{{户主姓名}}", "户编码", "{{户编码}}"],
    ["住址", "{{县}}{{乡镇}}{{村}} {{住址}}", "", ""],
    ["户类型", "{{户类型}}", "联系电话", "{{联系电话}}"],
    ["家庭人口", "{{家庭人口}}人", "劳动力", "{{劳动力人数}}人"],
]


def application(sheet: Sheet) -> None:
    """The household asks for monitoring and help."""
    sheet.title("防止返贫监测帮扶申请书")
    sheet.table(_HOUSEHOLD, widths=[3, 6, 3, 6])
    sheet.table([_MEMBERS_HEAD, _MEMBERS], widths=_MEMBER_WIDTHS, heads=1)
    sheet.table(
        [
            ["主要困难", "{{风险类别}}", "发现日期", "{{发现日期}}"],
            ["困难情况和\n需要的帮助", " ", "", ""],
        ],
        widths=[3, 6, 3, 6],
        tall=[1],
    )
    sheet.note("申报人如实填写；看不清、写不了的，可由村（社区）人员代填并读给申报人听后签字。")
    sheet.signed("申请人（签字或按印）：________", "{{制表日期}}")


def home_check(sheet: Sheet) -> None:
    """The four criteria together; what the registers know is printed, and only the rest asked."""
    sheet.title("防止返贫监测入户核查表")
    sheet.note("案件编号：{{案件编号}}　线索来源：{{线索来源}}　风险类别：{{风险类别}}")
    sheet.table(_HOUSEHOLD, widths=[3, 6, 3, 6])
    sheet.table([_MEMBERS_HEAD, _MEMBERS], widths=_MEMBER_WIDTHS, heads=1)
    sheet.table(
        [
            ["核查项目", "系统已掌握", "来源和日期", "核查结果"],
            [
                "{{核查项.项目}}",
                "{{核查项.系统掌握}}",
                "{{核查项.来源和日期}}",
                "{{核查项.核查结果}}",
            ],
        ],
        widths=[6, 4, 6, 5],
        heads=1,
    )
    sheet.table(
        [
            ["人均纯收入", "{{人均纯收入}}元", "刚性支出", "{{刚性支出}}元"],
            ["义务教育有保障", "{{义务教育有保障}}", "基本医疗有保障", "{{基本医疗有保障}}"],
            ["住房安全有保障", "{{住房安全有保障}}", "饮水安全有保障", "{{饮水安全有保障}}"],
            ["自主应对能力", "{{自主应对能力}}", "", ""],
            ["是否存在风险", "{{存在风险}}", "核查日期", "{{核查日期}}"],
            ["核查说明", "{{核查说明}}", "", ""],
        ],
        widths=[4, 5, 4, 5],
        tall=[3, 5],
    )
    sheet.note("系统已掌握的内容只需核对；与实际不符的，在“核查结果”中写明并签字。")
    sheet.line("核查人（签字）：________　　接待人（签字）：________", indented=False)


def minutes(sheet: Sheet) -> None:
    """What the village meeting said and how it voted."""
    sheet.title("村级民主评议记录")
    sheet.table(
        [
            ["评议日期", "{{评议日期}}", "评议地点", "{{评议地点}}"],
            ["主持人", "{{主持人}}", "案件编号", "{{案件编号}}"],
            ["评议对象", "{{户主姓名}}户（{{家庭人口}}人）", "拟定类别", "{{监测对象类别}}"],
            ["应到人数", "{{应到人数}}", "实到人数", "{{实到人数}}"],
            ["同意票数", "{{同意票数}}", "反对票数", "{{反对票数}}"],
            ["评议记录", "{{评议记录}}", "", ""],
            ["评议结论", " ", "", ""],
        ],
        widths=[3, 6, 3, 6],
        tall=[5, 6],
    )
    sheet.line("参会人员签字：", indented=False)
    sheet.table([[" "] * 5, [" "] * 5, [" "] * 5], widths=[1] * 5, height=11)
    sheet.note(
        "与评议对象有亲属关系的人员应当回避。公示只写姓氏，不写证件号码、电话、账号和健康状况。"
    )
