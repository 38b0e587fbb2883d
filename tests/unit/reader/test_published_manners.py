"""Manners of published papers: tables without lines, cells apart by blanks, years said once, labels of schools."""

import pytest
import typst

from anju.reader import read
from anju.reader.files import text_of_bytes
from anju.reader.model import Plan
from anju.reader.unruled import Sign, printed_lines, table_on

HEAD = "序号   重点任务              主办单位     协办单位            时间节点\n"


def plan_of(item: str, dated: str = "") -> Plan:
    """A plan whose first item says this."""
    return read(
        f"溪口县方案\n{dated}\n一、重点任务\n（一）{item}\n（二）做好宣传。（责任单位：县司法局）\n"
    )


def offices(plan: Plan, at: int = 0) -> list[tuple[str, str]]:
    return [(unit.name, str(unit.role)) for unit in plan.measures[at].units]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2025年6月底前完成立项，10月底前完工。", ["2025-06-30", "2025-10-31"]),
        (
            "2025年上半年开工，下半年封顶，次年6月底前投产。",
            ["2025-06-30", "2025-12-31", "2026-06-30"],
        ),
        ("2026年3月底前换管网，同年5月底前改造到户。", ["2026-03-31", "2026-05-31"]),
        ("今年底前达到85%，明年底前达到90%。", ["2025-12-31", "2026-12-31"]),
        ("2025年7月底前完工，3月底前验收，9月底前投用。", ["2025-07-31", "None", "None"]),
        ("2025年6月底前完工。9月底前投用，年内见效。", ["2025-06-30", "None", "None"]),
    ],
)
def test_the_year_of_a_date_is_that_of_the_one_before_in_its_sentence(
    words: str, days: list[str]
) -> None:
    plan = plan_of(f"建厂房。{words}（责任单位：县发改局）", "2025年3月8日")
    assert [str(each.date) for each in plan.measures[0].deadlines] == days


def test_an_office_between_two_dates_does_not_part_them() -> None:
    plan = plan_of("建厂房。县发改局要在2025年6月底前立项，县住建局要在9月底前开工。")
    assert [str(each.date) for each in plan.measures[0].deadlines] == ["2025-06-30", "2025-09-30"]
    assert offices(plan) == [("县发改局", "responsible"), ("县住建局", "responsible")]


def test_labels_ask_schools_and_companies_too() -> None:
    plan = plan_of(
        "办课后服务。\n责任学校：各中小学校\n承办公司：县教育投资公司\n协办企业：县新华书店公司"
    )
    assert offices(plan) == [
        ("各中小学校", "responsible"),
        ("县教育投资公司", "implementing"),
        ("县新华书店公司", "co-operating"),
    ]
    plan = plan_of("建厂房。县城投有限责任公司：按图施工。（县住建局负责）")
    assert offices(plan) == [("县住建局", "responsible")]


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("序号", "    ")])
def test_cells_apart_by_blanks_are_a_table(head: str) -> None:
    text = text_of_bytes(
        f"任务表\n\n{head}一、就业\n1      办招聘会6场             县人社局     县总工会、县妇联      2025年3月底前\n"
        "二、住房\n2      查房300户               县住建局                         2025年8月底前\n".encode(),
        "a.txt",
    )
    plan = read(text)
    assert [each.key for each in plan.measures] == ["一/1", "二/2"]
    assert offices(plan) == [
        ("县人社局", "lead"),
        ("县总工会", "co-operating"),
        ("县妇联", "co-operating"),
    ]
    assert str(plan.measures[1].deadlines[0].date) == "2025-08-31"


def test_numbers_in_the_words_of_a_table_of_lines_begin_its_rows() -> None:
    plan = read(
        "任务分工\n重点工作\n牵头单位\n配合单位\n备注\n1.全面推进依法行政工作。\n县府办\n县司法局\n各单位\n2.加快园区厂房建设进度。\n县发改局\n各镇\n"
    )
    assert offices(plan) == [
        ("县府办", "lead"),
        ("县司法局", "lead"),
        ("各单位", "co-operating"),
    ]
    assert offices(plan, 1) == [("县发改局", "lead"), ("各镇", "co-operating")]


UNRULED = """#set page(width: 20cm, height: 7cm, margin: 1cm)
溪桥县任务分工表

#table(columns: (1.4cm, 1fr, 2.4cm, 3cm, 3.2cm), stroke: none, align: ALIGN,
  [序 号], [重点任务], [牵头单位], [责任单位], [完成时限],
  [1], [新增公益岗位不少于120个，优先安排搬迁群众就近就业], [县人社局], [县财政局、各乡镇], [2024年6月底前],
  [2], [举办招聘会6场], [县人社局], [县总工会], [2024年9月底前],
  [3], [房屋安全排查率达到100%，隐患整改到位，建立台账逐户销号管理], [县住建局], [各乡镇], [2024年11月底前])
"""


@pytest.mark.parametrize("align", ["left + top", "center + horizon"])
def test_a_table_without_lines_in_a_pdf_is_read_by_where_its_words_stand(align: str) -> None:
    text = text_of_bytes(
        typst.compile(UNRULED.replace("ALIGN", align).encode(), format="pdf"), "a.pdf"
    )
    plan = read(text)
    assert [(each.key, each.title) for each in plan.measures] == [
        ("1", "新增公益岗位不少于120个，优先安排搬迁群众就近就业"),
        ("2", "举办招聘会6场"),
        ("3", "房屋安全排查率达到100%，隐患整改到位，建立台账逐户销号管理"),
    ]
    assert offices(plan) == [
        ("县人社局", "lead"),
        ("县财政局", "responsible"),
        ("各乡镇", "responsible"),
    ]
    assert [str(each.deadlines[0].date) for each in plan.measures] == [
        "2024-06-30",
        "2024-09-30",
        "2024-11-30",
    ]


def test_a_page_of_words_is_no_table() -> None:
    signs = [Sign(n * 10.0, 100.0, n * 10.0 + 9, 110.0, "字") for n in range(40)]
    assert table_on(printed_lines(signs)) is None
    assert table_on(printed_lines([])) is None
