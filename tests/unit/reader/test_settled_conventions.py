"""What plans leave open and is read one way: rhythms, limits, rates, the reach of a date, duties in prose."""

import pytest

from anju.reader import Plan, read

OTHERS = "（二）其他工作。做好宣传。（责任单位：县司法局）"


def plan_of(sentence: str) -> Plan:
    """A plan whose first measure says this."""
    return read(f"溪口县方案\n一、重点任务\n（一）{sentence}（责任单位：县财政局）\n{OTHERS}\n")


@pytest.mark.parametrize(
    ("sentence", "rhythms"),
    [
        (
            "每两个月召开一次会议，每半月通报一次，每两周走访一次。",
            ["two_months", "half_month", "two_weeks"],
        ),
        ("每季度末月25日前报送进展，每季度结束后5个工作日内公示。", ["quarter", "quarter"]),
        ("每学期开学前劝返，双周调度、月通报。", ["half_year", "two_weeks", "month"]),
        ("产值年均增长6%，月均务工收入不低于3000元。", []),
        ("每人每年补助600元，每户每月免收2吨水费，污水厂每天处理20万吨。", ["day"]),
    ],
)
def test_a_rhythm_is_what_is_done_again_and_again(sentence: str, rhythms: list[str]) -> None:
    found = plan_of(sentence).measures[0].deadlines
    assert [each.every for each in found] == rhythms


@pytest.mark.parametrize(
    ("sentence", "deadlines", "targets"),
    [
        ("办理时限压缩到5个工作日以内。", [], [("<=", 5.0, "个工作日")]),
        ("响应时间由48小时缩短至24小时。", [], [("<=", 24.0, "小时")]),
        ("自受理之日起15日内办结。", ["自受理之日起15日内"], []),
        ("收到申请后5个工作日内完成核查。", ["收到申请后5个工作日内"], []),
        ("对离校两年内未就业的毕业生，提供3年内免租的场地。", [], []),
        ("留用率达到50%以上的单位，补贴提高到每人每月800元。", [], []),
        (
            "提供3次以上岗位推荐、1次以上技能培训，配备一名网格员。",
            [],
            [(">=", 3.0, "次"), (">=", 1.0, "次"), ("=", 1.0, "名")],
        ),
        ("对全县136个村开展清查，漏报率为零。", [], [("=", 0.0, "")]),
    ],
)
def test_limits_are_targets_and_who_is_meant_is_neither(
    sentence: str, deadlines: list[str], targets: list[tuple[str, float, str]]
) -> None:
    measure = plan_of(sentence).measures[0]
    assert [each.text for each in measure.deadlines] == deadlines
    assert [(each.operator, each.value, each.unit) for each in measure.targets] == targets


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("2024年6月底前，新建冷库5座，带动农户210户；培训率达到90%。", ["2024-06-30"] * 3),
        ("改造管网6公里，维修电梯37部，2025年10月底前全部完工。", ["2025-10-31"] * 2),
        ("2024年6月底前新建冷库5座，2025年6月底前新建8座。", ["2024-06-30", "2025-06-30"]),
        ("新建冷库5座（2024年底前），培训农民300人。", ["2024-12-31", "None"]),
        ("一是2024年底前新建冷库5座；二是培训农民300人。", ["2024-12-31", "None"]),
        ("2024年6月底前全部开工；2025年度新改造216户。", ["None"]),
    ],
)
def test_a_date_in_front_governs_until_another_one(sentence: str, by: list[str]) -> None:
    assert [str(each.by) for each in plan_of(sentence).measures[0].targets] == by


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("每招用1人给予企业1500元补贴，户均补助2.5万元。", [(1500.0, "元/人"), (2.5, "万元/户")]),
        ("每介绍1人稳定就业满3个月，给予120元补助。", [(120.0, "元/人")]),
        (
            "给予机构1200元/人·期补贴，按每立方米0.6元补水价。",
            [(1200.0, "元/人/期"), (0.6, "元/立方米")],
        ),
        ("按缴费部分的50%给予社会保险补贴，财政承担60%。", [(50.0, "%"), (60.0, "%")]),
        ("完成投资1.5亿元，每年安排管护经费80万元。", [(1.5, "亿元"), (80.0, "万元")]),
        ("产值达到3亿元，户均增收3000元以上。", []),
    ],
)
def test_a_sum_says_what_it_is_per(sentence: str, amounts: list[tuple[float, str]]) -> None:
    found = plan_of(sentence).measures[0].amounts
    assert [(each.value, each.unit) for each in found] == amounts


def test_what_is_left_out_is_said_once_for_each_part() -> None:
    plan = read(
        "溪口县方案\n县财政局2025年3月10日前核对过名单。\n一、工作目标\n2025年底前实现全覆盖。\n二、基本原则\n统筹推进。\n三、重点任务\n"
        f"（一）修路。新建10公里。（责任单位：县交通局）\n{OTHERS}\n县财政局每季度核对一次。\n"
    )
    told = [each.text for each in plan.warnings if each.code == "left_out"]
    assert [each.partition("”")[0] for each in told] == [
        "“县财政局2025年3月10日前核对过名单",
        "“工作目标",
        "“县财政局每季度核对一次",
    ]


def test_a_paragraph_around_the_items_that_asks_somebody_for_something_is_a_measure() -> None:
    plan = read(
        "溪口县方案\n各镇于3月10日前报送联络员名单。县政府已于2024年12月研究同意。\n一、工作目标\n统筹推进。\n二、重点任务\n"
        f"（一）修路。新建10公里。（责任单位：县交通局）\n{OTHERS}\n各镇每季度末月25日前将进展报县发改局。\n"
    )
    first, *_, last = plan.measures
    assert [(each.key, each.section, each.units[0].name) for each in (first, last)] == [
        ("1", "", "各镇"),
        ("2", "", "各镇"),
    ]
    assert str(last.deadlines[0].every) == "quarter"
    assert not [each for each in plan.warnings if each.code == "left_out"]


def test_items_that_ask_for_something_are_measures_without_any_office() -> None:
    plan = read(
        "溪口县2024年实事项目\n一、教育方面\n1、新建、改扩建40所学校。\n2、开设30个托管班。\n二、医疗方面\n3、建成20个卫生站。\n"
    )
    assert [each.key for each in plan.measures] == ["一/1", "一/2", "二/3"]
    assert [each.value for measure in plan.measures for each in measure.targets] == [40, 30, 20]


def test_numbers_run_on_below_bullets_that_head_them() -> None:
    plan = read(
        "溪口县方案\n一、重点工作\n● 抓好项目库\n1.申报项目。9月底前入库。\n2.清理项目。（责任单位：县财政局）\n● 抓好实施\n3.开工项目12个。（责任单位：县发改局）\n"
    )
    assert [each.key for each in plan.measures] == ["一/●1/1", "一/●1/2", "一/●2/3"]


def test_rows_go_on_below_the_names_of_their_groups() -> None:
    plan = read(
        "任务分解表\n序号\n重点任务\n牵头单位\n配合单位\n一、稳增长\n3\n新建冷库5座。\n县发改局\n县财政局\n二、惠民生\n三、保安全\n68\n新建学校2所。\n县教育局\n各乡镇\n"
    )
    assert [(each.key, [unit.name for unit in each.units]) for each in plan.measures] == [
        ("一/3", ["县发改局", "县财政局"]),
        ("三/68", ["县教育局", "各乡镇"]),
    ]


def test_paragraphs_are_parted_by_the_lines_that_say_who_does_it() -> None:
    plan = read(
        "溪口县方案\n一、重点工作\n（一）公开信息。\n围绕经济形势加强解读。\n县发改局牵头落实\n围绕就业政策加强解读。\n县人社局、县财政局分别牵头落实\n"
    )
    assert [[unit.name for unit in each.units] for each in plan.measures] == [
        ["县发改局"],
        ["县人社局", "县财政局"],
    ]
