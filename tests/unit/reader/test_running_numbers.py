"""Decimal numbers count where they run on, and nowhere else."""

from anju.reader import read

PLAN = """云岭县后续扶持方案

1 总体要求
到2025年，产值达到
2.5万亩
2 重点任务
2.1 产业发展
2.1.1 建设园区。2024年底前建成。（责任单位：县发改局）
2.1.2盘活资产。（责任单位：县财政局）
2.1.4 完善机制。新增耕地
1.2亿元
0.5个百分点。（责任单位：县农业农村局）
2.2 就业帮扶
2.2.1 开展培训。（责任单位：县人社局）
"""


def test_items_are_keyed_by_their_decimal_numbers() -> None:
    plan = read(PLAN)

    assert [each.key for each in plan.measures] == [
        "2/2.1/2.1.1",
        "2/2.1/2.1.2",
        "2/2.1/2.1.4",
        "2/2.2/2.2.1",
    ]
    assert [each.title for each in plan.measures][:2] == ["建设园区", "盘活资产"]
    assert [each.code for each in plan.warnings] == ["left_out", "number_missing"]


def test_decimals_alone_number_nothing() -> None:
    text = "云岭县方案\n一、重点任务\n1.发展产业，面积达到\n1.1万亩，其中\n1.5 平方公里。（责任单位：县林业局）\n"

    assert [each.key for each in read(text).measures] == ["一/1"]


def test_sections_of_chapters_hold_their_items() -> None:
    text = "方案\n第一章 重点任务\n第一节 产业\n1.建设园区。（责任单位：县发改局）\n第二节 就业\n1.开展培训。（责任单位：县人社局）\n"

    plan = read(text)

    assert [each.key for each in plan.measures] == ["一/一/1", "一/二/1"]
    assert [each.title for each in plan.sections] == ["重点任务", "产业", "就业"]
