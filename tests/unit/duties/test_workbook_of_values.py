"""Lines of a workbook of values: one outcome each; what is wrong is told by row, column and remedy."""

from datetime import date
from decimal import Decimal

import pytest

from anju.duties.refusals import DutyRefused
from anju.web.indicators.workbook_lines import COLUMNS, Asked, Outcome, read

DAY = date(2023, 9, 30)
HEAD = [str(COLUMNS[each]) for each in ("code", "name", "unit", "as_of", "value", "words")]


def asked(code: str, name: str, unit: str = "个", said: object = None) -> Asked:
    stands = {} if said is None else {DAY: said}
    return Asked(int(code[1:]), code, name, unit, frozenset(() if said else (DAY,)), stands)  # type: ignore[arg-type]


ASKED = {
    each.code: each
    for each in (
        asked("I1", "车间"), asked("I2", "覆盖率", "%"), asked("I3", "参训比例", "比例"),
        asked("I4", "已报的", said=(Decimal(12), "台账")), asked("I5", "-减少户数"),
    )
}  # fmt: skip


def told(*lines: list[str]) -> list[tuple[str, str, str]]:
    cells = [["单位　2023-09-30"], ["只填黄色的两列"], HEAD, *lines]
    return [(each.outcome.value, each.column, each.problem) for each in read(cells, ASKED)]


def line(
    code: str, name: str, value: str, words: str = "台账", day: str = "2023-09-30"
) -> list[str]:
    return [code, name, "", day, value, words]


def test_every_line_has_one_outcome() -> None:
    found = told(
        line("I1", "车间", "1,200"), line("I3", "参训 比例", "85％"), line("I2", "覆盖率", ""),
        line("I4", "已报的", "12.0", ""), ["", "注：", "", "", "", ""], line("I5", "'-减少户数", "-3"),
    )  # fmt: skip
    assert [each[0] for each in found] == ["new", "new", "empty", "same", "new"]


@pytest.mark.parametrize(
    ("wrong", "column", "remedy"),
    [
        (line("I9", "别的", "1"), "指标编号", "不要改编号"),
        (line("I1", "覆盖率", "1"), "指标", "重新下载"),
        (line("I1", "车间", "十二"), "本期数值", "例如 120"),
        (line("I1", "车间", "85%"), "本期数值", "不能填百分数"),
        (line("I2", "覆盖率", "0.85"), "本期数值", "百分号"),
        (line("I3", "参训比例", "85"), "本期数值", "85% 或 0.85"),
        (line("I4", "已报的", "13"), "本期数值", "已经报过 12。"),
        (line("I4", "已报的", "12", "另写的"), "数据来源和说明", "先退回"),
        (line("I1", "车间", "1", "电话13812345678"), "数据来源和说明", "不能填写"),
        (line("I1", "车间", "1", "长" * 501), "数据来源和说明", "500 字"),
        (line("I1", "车间", "1", day="2023-08-31"), "截至日期", "重新下载"),
        (line("I1", "车间", "1", day="九月底"), "截至日期", "例如 2023-09-30"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_column_and_what_to_do(
    wrong: list[str], column: str, remedy: str
) -> None:
    (found,) = told(wrong)
    assert found[:2] == (Outcome.WRONG.value, column)
    assert remedy in found[2]


def test_an_indicator_stands_once_and_headings_must_be_there() -> None:
    assert "第 4 行" in told(line("I1", "车间", "1"), line("I1", "车间", "2"))[1][2]
    with pytest.raises(DutyRefused, match="没有找到表头"):
        read([["a", "b"]], ASKED)
