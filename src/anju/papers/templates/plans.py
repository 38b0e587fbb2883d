"""Papers of the help itself: the plan for one household, and the household's word that it is over."""

from anju.papers.templates.sheet import Sheet


def help_plan(sheet: Sheet) -> None:
    """Measures, who, from–to, what they promise and what came of them."""
    sheet.title("一户一策帮扶计划")
    sheet.table(
        [
            ["户主姓名", "{{户主姓名}}", "户编码", "{{户编码}}"],
            ["住址", "{{县}}{{乡镇}}{{村}} {{住址}}", "", ""],
            ["监测对象类别", "{{监测对象类别}}", "纳入日期", "{{纳入日期}}"],
            ["家庭人口", "{{家庭人口}}人", "劳动力", "{{劳动力人数}}人"],
            ["风险类别", "{{风险类别}}", "人均纯收入", "{{人均纯收入}}元"],
        ],
        widths=[4, 6, 4, 6],
    )
    sheet.table(
        [
            ["针对风险", "措施", "责任单位", "起止日期", "金额（元）", "预期成效", "实际成效"],
            [
                "{{帮扶措施.针对风险}}",
                "{{帮扶措施.措施}}",
                "{{帮扶措施.责任单位}}",
                "{{帮扶措施.起止日期}}",
                "{{帮扶措施.金额}}",
                "{{帮扶措施.预期成效}}",
                "{{帮扶措施.实际成效}}",
            ],
        ],
        widths=[3, 6, 4, 4, 3, 4, 4],
        heads=1,
    )
    sheet.line("下次回访日期：{{下次回访日期}}", indented=False)
    sheet.line("帮扶责任人（签字）：________　　农户（签字）：________", indented=False)
    sheet.signed("{{制表日期}}")


def removal(sheet: Sheet) -> None:
    """The household reads the figures and agrees that the risk is gone."""
    sheet.title("防止返贫监测风险消除认可书")
    sheet.line(
        "{{县}}{{乡镇}}{{村}}{{户主姓名}}户（户编码{{户编码}}，案件编号{{案件编号}}，全家{{家庭人口}}人）于"
        "{{纳入日期}}纳入监测，类别为{{监测对象类别}}，风险类别为{{风险类别}}。纳入以来落实的帮扶措施："
    )
    sheet.table(
        [
            ["序号", "措施", "起止日期", "实际成效"],
            [
                "{{帮扶措施.序号}}",
                "{{帮扶措施.措施}}",
                "{{帮扶措施.起止日期}}",
                "{{帮扶措施.实际成效}}",
            ],
        ],
        widths=[2, 8, 5, 6],
        heads=1,
    )
    sheet.line("{{消除核查日期}}再次入户核查，结果如下：")
    sheet.table(
        [
            ["核查指标", "系统已掌握", "来源和日期", "核查结果"],
            [
                "{{消除核查项.项目}}",
                "{{消除核查项.系统掌握}}",
                "{{消除核查项.来源和日期}}",
                "{{消除核查项.核查结果}}",
            ],
        ],
        widths=[6, 4, 6, 5],
        heads=1,
    )
    sheet.line(
        "风险消除方式：{{风险消除方式}}。本户已了解上述情况，认可风险已经消除；正在享受的贷款、公益性岗位、"
        "就学资助等帮扶按约定期限继续。今后发生新的困难，可随时申报。"
    )
    sheet.signed("认可人（签字或按印）：{{认可人}}", "{{认可日期}}")
