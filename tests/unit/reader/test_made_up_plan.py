"""One made-up plan with many ways of writing the same thing, read item by item."""

from datetime import date
from pathlib import Path

import pytest

from anju.reader import Plan, read
from anju.reader.model import DeadlineKind, Every, Flag, Measure, MeasureKind, Operator, Role

TEXT = (Path(__file__).parent / "made_up_plan.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(TEXT)


def measure(plan: Plan, key: str) -> Measure:
    return next(each for each in plan.measures if each.key == key)


def names(item: Measure, role: Role) -> list[str]:
    return [unit.name for unit in item.units if unit.role is role]


def test_the_head_names_title_number_issuer_and_date(plan: Plan) -> None:
    assert plan.title == "云岭县易地搬迁后续扶持工作要点（2024—2026年）"
    assert plan.number == "云政办发〔2024〕18号"
    assert plan.issuer == "云岭县人民政府办公室"
    assert plan.dated == date(2024, 3, 18)


def test_goals_and_clauses_without_offices_are_no_measures(plan: Plan) -> None:
    kinds = {each.key: each.kind for each in plan.measures}
    assert "一/(二)" not in kinds
    assert "三/(三)" not in kinds
    assert kinds["三/(一)"] is MeasureKind.GUARANTEE
    assert [key for key, kind in kinds.items() if kind is MeasureKind.MEASURE] == [
        "二/(一)/1",
        "二/(一)/2",
        "二/(一)/3",
        "二/(二)/4",
        "二/(二)/5",
        "二/(三)/6",
        "二/(三)/7",
    ]


def test_the_table_of_contents_is_not_taken_for_the_text(plan: Plan) -> None:
    assert [section.path for section in plan.sections].count("二") == 1


def test_labels_in_one_bracket_give_their_roles_and_the_date_beside_them(plan: Plan) -> None:
    item = measure(plan, "二/(一)/1")
    assert names(item, Role.LEAD) == ["县人力资源和社会保障局"]
    assert names(item, Role.COOPERATING) == ["县财政局", "县总工会", "团县委"]
    assert [each.date for each in item.deadlines] == [date(2024, 6, 30), None, date(2024, 12, 31)]
    assert item.deadlines[1].every is Every.QUARTER


def test_offices_inside_a_sentence_are_found(plan: Plan) -> None:
    item = measure(plan, "二/(一)/2")
    assert names(item, Role.LEAD) == ["县人社局"]
    assert names(item, Role.COOPERATING) == ["县乡村振兴局", "各乡（镇）人民政府"]


def test_a_list_of_offices_may_go_on_in_the_next_line(plan: Plan) -> None:
    item = measure(plan, "二/(一)/3")
    assert names(item, Role.RESPONSIBLE) == ["县人社局", "县财政局", "县乡村振兴局"]


def test_money_is_an_amount_with_what_it_is_per(plan: Plan) -> None:
    (each,) = measure(plan, "二/(一)/1").amounts
    assert (each.what, each.value, each.unit) == ("一次性补贴", 800, "元/人")
    (each,) = measure(plan, "二/(一)/3").amounts
    assert (each.value, each.unit) == (1200, "元/人/月")


def test_targets_have_comparison_value_unit_and_date(plan: Plan) -> None:
    jobs, training = measure(plan, "二/(一)/1").targets
    assert (jobs.indicator, jobs.operator, jobs.value) == ("就业岗位", Operator.AT_LEAST, 600)
    assert (training.operator, training.value, training.unit) == (Operator.AT_LEAST, 1200, "人次")
    (firms, share) = measure(plan, "二/(二)/4").targets
    assert (firms.indicator, firms.value, firms.unit) == ("龙头企业", 3, "家")
    assert (share.value, share.unit, share.by) == (65, "%", date(2025, 12, 31))


def test_values_listed_for_listed_years_go_to_their_years(plan: Plan) -> None:
    assert [(each.value, each.by) for each in measure(plan, "二/(二)/5").targets] == [
        (60, date(2024, 12, 31)),
        (75, date(2025, 12, 31)),
        (90, date(2026, 12, 31)),
    ]


def test_points_below_an_item_belong_to_it(plan: Plan) -> None:
    item = measure(plan, "二/(二)/5")
    assert names(item, Role.LEAD) == ["县国资中心"]
    no_year = [each for each in item.deadlines if each.flag is Flag.YEAR_MISSING]
    assert [each.text for each in no_year] == ["4月底前"]
    within = [each for each in item.deadlines if each.kind is DeadlineKind.WITHIN]
    assert [each.text for each in within] == ["自批准之日起15个工作日内"]


def test_a_span_of_numbers_is_a_pair(plan: Plan) -> None:
    workers, cover = measure(plan, "二/(三)/6").targets
    assert (workers.operator, workers.value) == (Operator.BETWEEN, (1, 2))
    assert (cover.operator, cover.value, cover.unit) == (Operator.EQUAL, 100, "%")


def test_every_span_is_the_text_it_came_from(plan: Plan) -> None:
    for item in plan.measures:
        assert (
            TEXT[item.start : item.end].startswith(item.number.strip("()")[:1])
            or TEXT[item.start] in "（("
        )
        for unit in item.units:
            assert "".join(TEXT[unit.start : unit.end].split()) == unit.name
        for each in item.deadlines:
            assert TEXT[each.start : each.end] == each.text
