"""Plans of invented counties in styles that none of the five documents has."""

from datetime import date
from pathlib import Path

import pytest

from anju.reader import read
from anju.reader.model import Measure, Plan, Role

FOLDER = Path(__file__).parent / "styles"


def plan(name: str) -> Plan:
    return read((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


def offices(measure: Measure) -> dict[Role, list[str]]:
    found: dict[Role, list[str]] = {}
    for unit in measure.units:
        found.setdefault(unit.role, []).append(unit.name)
    return found


def by_key(name: str) -> dict[str, Measure]:
    return {measure.key: measure for measure in plan(name).measures}


def test_square_and_tortoise_brackets_hold_offices_too() -> None:
    found = by_key("square_brackets")

    assert len(found) == 9
    assert offices(found["三/(二)"]) == {Role.RESPONSIBLE: ["县委督查室", "县政府督查室"]}
    assert offices(found["二/(二)/3"]) == {
        Role.LEAD: ["县人力资源社会保障局"],
        Role.RESPONSIBLE: ["县交通运输局", "县总工会", "团县委", "县妇联"],
    }
    assert offices(found["二/(一)/1"])[Role.RESPONSIBLE][-1] == "各乡镇人民政府（街道办事处）"


def test_a_number_is_given_with_its_own_brackets() -> None:
    assert plan("work_points").number == "南农领发〔2025〕3号"


def test_a_plan_without_a_notice_is_signed_at_its_end() -> None:
    found = plan("signed_at_the_end")

    assert (found.issuer, found.dated) == ("平川市易地扶贫搬迁工作领导小组", date(2023, 3, 10))


def test_the_month_in_the_heading_of_a_step_is_its_time() -> None:
    steps = [m for m in plan("signed_at_the_end").measures if m.kind == "step"]

    assert [step.deadlines[0].date for step in steps] == [
        date(2023, 3, 31),
        date(2023, 11, 30),
        date(2023, 12, 31),
    ]


def test_the_year_of_a_row_of_dates_is_written_once() -> None:
    measure = by_key("work_points")["二/(二)/7"]

    assert [(target.value, target.by) for target in measure.targets] == [
        (50.0, date(2025, 6, 30)),
        (75.0, date(2025, 9, 30)),
        (92.0, date(2025, 12, 31)),
    ]
    assert offices(measure) == {Role.RESPONSIBLE: ["县财政局", "县农业农村局"]}


def test_a_date_behind_its_label_is_a_deadline() -> None:
    measure = by_key("work_points")["一/(一)/1"]

    assert measure.deadlines[-1].date == date(2025, 12, 31)
    assert offices(measure) == {Role.RESPONSIBLE: ["县农业农村局", "县民政局", "县医保局"]}


def test_a_school_term_is_dated_and_flagged() -> None:
    deadline = by_key("square_brackets")["二/(三)/6"].deadlines[0]

    assert (deadline.date, deadline.flag) == (date(2025, 8, 31), "school_term")


@pytest.mark.parametrize(
    ("name", "key", "indicators"),
    [
        ("square_brackets", "二/(一)/1", ["配套产业园", "产业项目"]),
        ("square_brackets", "二/(二)/3", ["组织点对点输送"]),
        ("square_brackets", "二/(三)/7", ["不动产权证办证率"]),
        ("signed_at_the_end", "二/5", ["物业费收缴率"]),
        ("work_points", "一/(一)/2", ["入户走访", "有劳动力的监测户产业就业帮扶覆盖率"]),
        ("work_points", "二/(一)/6", ["以工代赈项目劳务报酬占中央资金比例", "开工率", "开工率"]),
        ("work_points", "三/10", ["开展文化惠民演出", "组织群众性活动"]),
    ],
)
def test_indicators_are_named_without_dates_and_rhythms(
    name: str, key: str, indicators: list[str]
) -> None:
    assert [target.indicator for target in by_key(name)[key].targets] == indicators


def test_an_office_with_its_other_name_in_brackets_is_certain() -> None:
    measure = by_key("work_points")["四/(一)"]

    assert offices(measure) == {Role.RESPONSIBLE: ["县委农村工作领导小组办公室（县农业农村局）"]}


def test_brackets_that_close_are_not_said_to_be_open() -> None:
    assert [w.code for w in plan("work_points").warnings if w.code == "bracket_missing"] == []


def test_a_bare_list_at_the_end_of_a_paragraph_is_responsible() -> None:
    found = by_key("provincial")

    assert len(found) == 10
    assert offices(found["五/(十)"]) == {
        Role.RESPONSIBLE: [
            "省自然资源厅",
            "省住房城乡建设厅",
            "人民银行云岭中心支行",
            "云岭银保监局",
        ]
    }
    assert offices(found["六/(十二)"]) == {Role.RESPONSIBLE: ["省财政厅", "省发展改革委"]}


def test_an_aside_after_the_offices_is_no_office() -> None:
    measure = by_key("provincial")["二/(三)"]

    assert [unit.name for unit in measure.units][-2:] == [
        "各市〔州〕人民政府",
        "各县〔市、区〕人民政府",
    ]


def test_a_part_of_a_target_has_its_own_year() -> None:
    targets = by_key("provincial")["四/(七)"].targets

    assert [(target.value, target.by) for target in targets] == [
        (10.0, date(2025, 12, 31)),
        (2.0, date(2021, 12, 31)),
    ]


def test_a_sum_a_year_is_no_rhythm() -> None:
    assert by_key("labels_in_brackets")["二/(二)/4"].deadlines == ()


def test_offices_in_a_sentence_lead_and_join() -> None:
    text = (
        "一、任务\n1.整治环境。由市住建局牵头，会同市生态环境局、市城管局，于2024年6月底前完成。\n"
    )

    assert offices(read(text).measures[0]) == {
        Role.LEAD: ["市住建局"],
        Role.COOPERATING: ["市生态环境局", "市城管局"],
    }


def test_what_is_counted_may_end_the_clause_before() -> None:
    text = "一、任务\n1.招聘。举办专场招聘会，2024—2026年每年不少于6场。（市人社局负责）\n"

    assert [t.indicator for t in read(text).measures[0].targets] == ["举办专场招聘会"]


@pytest.mark.parametrize(
    "table",
    [
        "序号 | 安置点名称 | 户数 | 人数 | 建成时间\n1 | 大坪安置点 | 320户 | 1280人 | 2018年12月",
        "序号 | 职务 | 单位 | 联系电话\n1 | 组长 | 县政府 | 0000",
        "序号 | 项目名称 | 金额 | 支付时间\n1 | 道路硬化 | 120万元 | 2023年11月",
    ],
)
def test_a_table_of_figures_or_members_promises_nothing(table: str) -> None:
    assert read(f"附件\n某县一览表\n{table}\n").measures == ()


def test_a_column_nobody_listed_is_left_out_and_the_others_count() -> None:
    text = (
        "序号 | 工作事项 | 归口部门 | 总牵头单位及责任人 | 形成成果 | 办理时限要求\n"
        "1 | 新建便民超市2个 | 县商务局 | 县农业农村局 | 竣工报告 | 2025年6月底\n"
    )

    (measure,) = read(text).measures

    assert [(unit.name, unit.role) for unit in measure.units] == [("县农业农村局", Role.LEAD)]
    assert [each.date for each in measure.deadlines] == [date(2025, 6, 30)]
    assert [(each.value, each.unit) for each in measure.targets] == [(2, "个")]
