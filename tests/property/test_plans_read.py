"""Whatever mix of numbering and styles a plan is written in, everything in it is found."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.plans import Wanted, plans

from anju.reader import read
from anju.reader.model import Measure
from anju.reader.reflow import tidied

HALF = str.maketrans("（），：；", "(),:;")
SIGNS = "一二三四五六七八九十百第章条项、.．()（）【】,，:：；;。\n 0123456789年月日底前以上不少于%个元局委牵头负责责任单位《》“”|\t-—前后每至到率"


def found(measure: Measure) -> tuple[object, ...]:
    return (
        measure.number,
        measure.title,
        sorted((unit.name.translate(HALF), str(unit.role)) for unit in measure.units),
        [(each.date, each.flag and str(each.flag)) for each in measure.deadlines],
        [(str(each.operator), each.value, each.unit) for each in measure.targets],
    )


def expected(item: Wanted) -> tuple[object, ...]:
    return (
        item.number,
        item.title,
        sorted((name.translate(HALF), role) for name, role in item.units),
        item.deadlines,
        item.targets,
    )


@settings(max_examples=150, deadline=None)
@given(plans())
def test_measures_offices_dates_and_targets_are_read_back(drawn: tuple[str, list[Wanted]]) -> None:
    text, wanted = drawn
    assert [found(each) for each in read(text).measures] == [expected(each) for each in wanted]


@settings(max_examples=100, deadline=None)
@given(plans(), st.integers(0, 2))
def test_articles_promise_nothing(drawn: tuple[str, list[Wanted]], extra: int) -> None:
    text, _ = drawn
    lines = [line for line in text.splitlines() if line.strip()]
    articles = [f"第{'一二三四五六七八九十'[n % 10]}条 {line}" for n, line in enumerate(lines[:10])]
    assert read("云岭县管理办法\n" + "\n".join(articles) + "\n" * extra).measures == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=400))
def test_any_text_is_read_without_failing_and_spans_lie_inside_it(text: str) -> None:
    text = tidied(text)
    plan = read(text)
    for measure in plan.measures:
        assert 0 <= measure.start <= measure.end <= len(text)
        for part in (*measure.units, *measure.deadlines, *measure.targets, *measure.amounts):
            assert measure.start <= part.start < part.end <= measure.end
    for section in plan.sections:
        assert 0 <= section.start <= section.end <= len(text)
