"""What several organs send together stands on its page as GB/T 9704-2012 says."""

from functools import cache

import pypdfium2
import pytest
from tests.unit.papers.reading import AT
from tests.unit.papers.test_official import MM, letters_of, needs_font, report

from anju.papers.official import Partner, write
from anju.papers.typesetting import pdf

JOINT = (
    Partner("云岭县水利局", "云岭县水利局", "王某"),
    Partner("云岭县财政局文件", "云岭县财政局", "赵某某"),
    Partner("云岭县卫生健康局", "云岭县卫生健康局", "钱某"),
)


@cache
def joint() -> list[list[tuple[str, float, float, float, float]]]:
    said = report(
        leader="林某某", partners=JOINT, copy=3, marking="内部", urgency="特急", attachments=(), note=""
    )  # fmt: skip
    document = pypdfium2.PdfDocument(pdf(write(said), at=AT).content)
    try:
        return [list(letters_of(page)) for page in document]
    finally:
        document.close()


def _box(letters: list[tuple[str, float, float, float, float]], words: str, nth: int = 0):
    text = "".join(each[0] for each in letters)
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    boxes = letters[start : start + len(words)]
    return boxes[0][1], boxes[0][2], boxes[-1][3], boxes[-1][4]


@needs_font
def test_marks_stand_at_the_upper_left_line_by_line_and_leave_the_head_in_its_place() -> None:
    page = joint()[0]
    tops = [_box(page, words)[1] for words in ("000003", "内部", "特急")]

    assert [_box(page, each)[0] for each in ("内部", "特急")] == pytest.approx([28, 28], abs=1)
    assert tops[0] == pytest.approx(37 + 2, abs=1.5)
    assert [tops[1] - tops[0], tops[2] - tops[1]] == pytest.approx([28.95 / MM] * 2, abs=1)
    assert _box(page, "云岭县农业农村局")[1] == pytest.approx(37 + 35, abs=2)


@needs_font
def test_several_organs_stand_under_each_other_at_one_width_with_one_file_beside_them() -> None:
    page = joint()[0]
    names = [_box(page, each) for each in ("云岭县农业农村局", "云岭县水利局", "云岭县卫生健康局")]
    (left, right) = names[0][0], names[0][2]
    file = _box(page, "文件")

    assert [each[0] for each in names] == pytest.approx([left] * 3, abs=1)
    assert [each[2] for each in names] == pytest.approx([right] * 3, abs=1.5)
    assert file[0] > right
    assert (file[1] + file[3]) / 2 == pytest.approx((names[0][1] + names[2][3]) / 2, abs=2)
    text = "".join(each[0] for each in page)
    assert text.count("文件") == 1
    assert "一、监测预警情况" in text  # the text begins on the first page


@needs_font
def test_several_leaders_stand_two_in_a_line_the_number_beside_the_last() -> None:
    page = joint()[0]
    first, second, third, fourth = (
        _box(page, each) for each in ("林某某", "王某", "赵某某", "钱某")
    )
    number = _box(page, "云农发〔2023〕12号")

    assert third[0] == pytest.approx(first[0], abs=0.7)
    assert fourth[0] == pytest.approx(second[0], abs=0.7)
    assert number[1] == pytest.approx(third[1], abs=1)
    assert number[1] > second[1] + 5
    assert number[0] == pytest.approx(28 + 16 / MM, abs=1)


@needs_font
def test_seals_of_several_organs_have_room_side_by_side_the_last_over_the_date() -> None:
    page = joint()[-1]
    text = "".join(each[0] for each in page)
    signers = [
        _box(page, each)
        for each in ("云岭县农业农村局", "云岭县水利局", "云岭县财政局", "云岭县卫生健康局")
    ]
    day = _box(page, "2023年10月9日")
    side = 28 if len(joint()) % 2 else 26
    middles = [(each[0] + each[2]) / 2 for each in signers]

    assert text.index("云岭县水利局") < text.index("云岭县财政局") < text.index("云岭县卫生健康局")
    assert middles[3] == pytest.approx((day[0] + day[2]) / 2, abs=1)
    assert day[2] == pytest.approx(side + 156 - 4 * 16 / MM, abs=2)
    assert middles[1] - middles[0] >= 42
    assert middles[0] - 21 >= side - 0.5
    assert signers[3][1] - signers[0][1] >= 42
    assert day[1] > signers[3][3]
