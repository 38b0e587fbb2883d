"""Structures that plans are written in besides numbered paragraphs: sheets, bare paragraphs, one line."""

from anju.reader import Plan, read
from anju.reader.files import text_of_bytes

SHEET = (
    "<table><tr><td>任务名称</td><td colspan=3>{}</td></tr><tr><td>牵头单位</td><td>{}</td>"
    "<td>完成时限</td><td>{}</td></tr></table>"
)
PARAGRAPHS = """溪口县2025年搬迁后续扶持工作要点
一、产业发展
新建大棚40座，带动搬迁户120户以上。（责任单位：县农业农村局）
盘活闲置厂房3处。
牵头单位：县国资中心
配合单位：县招商局
县财政局
二、就业帮扶
●开发公益岗位60个，每人每月补贴900元。（县人社局负责）
●举办招聘会不少于6场。（县总工会、县妇联）
"""
ONE_LINE = (
    "溪口县2025年后续扶持实施意见 溪政发〔2025〕9号 各乡镇人民政府： 为做好后续扶持工作，巩固搬迁成果，促进搬迁群众增收致富，"
    "现提出以下意见： 一、总体要求 坚持稳中求进、因地制宜、分类施策，用心用情做好各项工作，让搬迁群众稳得住、有就业、能致富。 "
    "二、重点任务 （一）促进就业。开发公益性岗位320个，就业率不低于75%。（县人社局牵头，县财政局配合） "
    "（二）壮大产业。新建冷库2座。（责任单位：县农业农村局） 溪口县人民政府 2025年3月5日"
)
VALUES = """溪口县任务分解表
任务 | 单位 | 目标值 | | 责任 | | 投资（万元）
 | | 2024年 | 2025年 | 牵头 | 配合 |
务工就业人数 | 万人 | 1.2 | ≥1.4 | 县人社局 | 各镇 | 36
"""


def offices(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    return {m.key: [(unit.name, str(unit.role)) for unit in m.units] for m in plan.measures}


def test_each_sheet_is_a_task() -> None:
    sheets = SHEET.format("一、建设食堂", "县民政局", "2025年6月底") + SHEET.format(
        "二、增设路灯", "县城管局", "2025年9月底"
    )
    plan = read(text_of_bytes(f"<p>溪口县任务书</p>{sheets}".encode(), "a.html"))
    assert offices(plan) == {"一": [("县民政局", "lead")], "二": [("县城管局", "lead")]}
    assert [str(m.deadlines[0].date) for m in plan.measures] == ["2025-06-30", "2025-09-30"]


def test_paragraphs_that_end_in_offices_and_bullets_are_tasks() -> None:
    plan = read(PARAGRAPHS)
    assert offices(plan) == {
        "一/1": [("县农业农村局", "responsible")],
        "一/2": [
            ("县国资中心", "lead"),
            ("县招商局", "co-operating"),
            ("县财政局", "co-operating"),
        ],
        "二/●1": [("县人社局", "responsible")],
        "二/●2": [("县总工会", "responsible"), ("县妇联", "responsible")],
    }


def test_a_document_in_one_line_is_parted() -> None:
    plan = read(text_of_bytes(ONE_LINE.encode(), "a.txt"))
    assert list(offices(plan)) == ["二/(一)", "二/(二)"]
    assert (plan.number, plan.issuer, str(plan.dated)) == (
        "溪政发〔2025〕9号",
        "溪口县人民政府",
        "2025-03-05",
    )


def test_values_and_sums_stand_under_heads_of_two_rows() -> None:
    (measure,) = read(VALUES).measures
    assert [(t.value, t.unit, str(t.operator), str(t.by)) for t in measure.targets] == [
        (1.2, "万人", "=", "2024-12-31"),
        (1.4, "万人", ">=", "2025-12-31"),
    ]
    assert [(a.what, a.value, a.unit) for a in measure.amounts] == [("投资", 36, "万元")]
    assert [unit.role for unit in measure.units] == ["lead", "co-operating"]


def test_the_first_office_leads_where_the_document_says_so() -> None:
    words = "溪口县方案\n（列第一位的责任单位为牵头单位，其他为配合单位）\n一、建设食堂。责任单位：县民政局（责任人：赵某）、县财政局\n"
    assert offices(read(words)) == {"一": [("县民政局", "lead"), ("县财政局", "co-operating")]}


def test_what_looks_back_promises_only_what_comes_next() -> None:
    done = "一、主要做法\n（一）县人社局负责举办招聘会32场，就业率达到95%。\n"
    coming = "二、下一步打算\n（一）举办招聘会40场。（县人社局负责）\n"
    assert list(offices(read(f"溪口县2024年工作总结\n{done}{coming}"))) == ["二/(一)"]
    assert not read(f"关于2024年任务推进情况的通报\n{done}").measures
