"""What documents that the reader had never seen brought to light, each in words of its own."""

import pytest

from anju.reader import Plan, read
from anju.reader.files import text_of_bytes
from anju.reader.model import Amount, Measure, Target

ARTICLES = """溪口县{}

第一条 鼓励到厂就业。企业新招搬迁劳动力的，每人补贴1500元。（责任单位：县人社局）
第二条 鼓励开店。2025年10月底前新开小店35家。（牵头单位：县商务局；责任单位：县财政局）
第三条 本文件自印发之日起施行。
"""
BUREAUS = (
    "溪口县方案\n一、重点任务\n（一）修缮房屋。（{}）\n（二）疏通管道。（县住建局、县水务局负责）\n"
)


def offices(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    return {m.key: [(unit.name, str(unit.role)) for unit in m.units] for m in plan.measures}


def only(sentence: str) -> Measure:
    """The only measure of a plan that holds this sentence."""
    plan = read(f"溪口县方案\n一、重点任务\n（一）做好工作。{sentence}（县民政局负责）\n")
    (measure,) = plan.measures
    return measure


def told(sentence: str) -> list[tuple[str, object, str]]:
    """Comparison, value and unit of the targets in a sentence."""
    return [(str(t.operator), t.value, t.unit) for t in only(sentence).targets]


def paid(sentence: str) -> list[tuple[float, str]]:
    return [(a.value, a.unit) for a in only(sentence).amounts]


@pytest.mark.parametrize("title", ["促进就业若干措施", "关于促进就业的意见（试行）"])
def test_articles_promise_where_the_title_says_so(title: str) -> None:
    assert offices(read(ARTICLES.format(title))) == {
        "第一条": [("县人社局", "responsible")],
        "第二条": [("县商务局", "lead"), ("县财政局", "responsible")],
    }


def test_what_is_numbered_in_an_article_shares_its_offices() -> None:
    points = "第三条 鼓励种植。按以下标准补助：\n（一）新栽果树的，每亩220元；\n（二）改造果园的，每亩90元。\n责任单位：县林业局\n"
    text = ARTICLES.format("促进就业若干措施").replace("第三条", f"{points}第四条")
    found = read(text).measures[-1]
    assert found.key == "第三条"
    assert [(a.value, a.unit) for a in found.amounts] == [(220, "元/亩"), (90, "元/亩")]


@pytest.mark.parametrize("kind", ["办法", "条例", "规定", "实施细则", "规则", "制度"])
def test_articles_of_regulations_never_promise(kind: str) -> None:
    plan = read(ARTICLES.format(f"就业帮扶措施落实{kind}"))
    assert not plan.measures
    assert [each.code for each in plan.warnings] == ["regulation"]


def test_articles_without_offices_promise_nothing() -> None:
    bare = ARTICLES.replace("责任单位：", "").replace("牵头单位：", "")
    assert not read(bare.format("促进就业若干措施")).measures


@pytest.mark.parametrize(
    "tail",
    [
        "县住建局牵头，县财政局等配合。以下均需各镇（街道）落实，不再列出",
        "县住建局牵头，县财政局配合，下同",
    ],
)
def test_what_is_said_of_all_lists_is_no_office(tail: str) -> None:
    found = offices(read(BUREAUS.format(tail)))
    assert found["一/(一)"] == [("县住建局", "lead"), ("县财政局", "co-operating")]


def test_the_first_of_every_list_leads_by_a_remark_in_the_first() -> None:
    found = offices(read(BUREAUS.format("县发改局、县财政局等负责，排第一位者为牵头单位，下同")))
    assert found["一/(一)"] == [("县发改局", "lead"), ("县财政局", "responsible")]
    assert found["一/(二)"] == [("县住建局", "lead"), ("县水务局", "responsible")]


def test_other_offices_of_a_list_are_named_too() -> None:
    words = "责任单位：县住建局、县财政局等县级有关部门，各镇人民政府"
    names = [name for name, _ in offices(read(BUREAUS.format(words)))["一/(一)"]]
    assert names == ["县住建局", "县财政局", "县级有关部门", "各镇人民政府"]


def test_paragraphs_of_a_notice_tell_offices_what_to_do() -> None:
    plan = read(
        "关于做好秋季用工服务的通知\n各镇：\n一、摸清底数。各镇人民政府要于2025年9月5日前完成走访，走访率不低于95%。\n"
        "二、搭建平台。县就业服务中心应组织招聘会3场，县总工会负责发布消息。\n三、按时报送。县人社局每月报送进度。\n"
    )
    assert offices(plan) == {
        "一": [("各镇人民政府", "responsible")],
        "二": [("县就业服务中心", "responsible"), ("县总工会", "responsible")],
        "三": [("县人社局", "responsible")],
    }
    assert [len(m.deadlines) for m in plan.measures] == [1, 0, 1]


@pytest.mark.parametrize(
    ("above", "head"), [("", "投资（万元）"), ("单位：万元\n", "投资")], ids=["head", "line above"]
)
def test_sums_under_a_head_that_reaches_across(above: str, head: str) -> None:
    table = (
        f"溪口县项目表\n{above}序号 | 项目名称 | {head} | | 牵头单位\n"
        "序号 | 项目名称 | 总投资 | 其中：自筹资金 | 牵头单位\n1 | 建设水厂 | 640 | 90 | 县水利局\n"
    )
    (measure,) = read(table).measures
    assert [(a.what, a.value, a.unit) for a in measure.amounts] == [
        ("总投资", 640, "万元"),
        ("自筹资金", 90, "万元"),
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("开行返岗专列不少于8趟次。", [(">=", 8, "趟次")]),
        ("年发电不低于90万千瓦时。", [(">=", 90, "万千瓦时")]),
        ("铺设排水沟，新建600延长米。", [("=", 600, "延长米")]),
        ("测评达到92分以上。", [(">=", 92, "分")]),
        ("储备饲草不少于40草捆。", [(">=", 40, "草捆")]),
        ("山羊存栏1.5万头（只）以上。", [(">=", 1.5, "万头")]),
        ("办理周期控制在12天以内。", [("<=", 12, "天")]),
        ("按不低于8%的比例抽查。", [(">=", 8, "%")]),
        ("每个小区至少有活动室2个、宣传队3支。", [(">=", 2, "个"), (">=", 3, "支")]),
    ],
)
def test_measure_words_that_no_list_holds(
    sentence: str, found: list[tuple[str, object, str]]
) -> None:
    assert told(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "推进教育2.0行动，实施5G改造。",
        "开通12345热线，落实“十四五”规划。",
        "完成河道治理二期、管网一期。",
        "年销售额突破300万元、800万元的，分别给予奖励。",
        "对超过6万元的贷款不予贴息。",
        "完成2025年度考核，聚焦3大领域。",
    ],
)
def test_numbers_that_are_no_promise(sentence: str) -> None:
    measure = only(sentence)
    assert not measure.targets
    assert not measure.amounts


def test_a_service_time_is_no_deadline() -> None:
    assert not only("办理周期控制在12天以内。").deadlines
    assert [str(d.kind) for d in only("申请受理后12天内办结。").deadlines] == ["within"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("每生每年资助2600元。", [(2600, "元/生/年")]),
        ("授信单户额度不超过8万元。", [(8, "万元/户")]),
        ("亩均增收250元以上，每亩补贴肥料款30元。", [(30, "元/亩")]),
    ],
)
def test_what_a_rate_is_per(sentence: str, found: list[tuple[float, str]]) -> None:
    assert paid(sentence) == found


def test_a_page_in_one_line_with_one_heading_is_parted() -> None:
    words = "为把搬迁后续扶持工作做细做实，经县人民政府同意，现就有关事项提出如下意见，请各单位结合实际抓好落实，确保各项工作取得实效，"
    text = (
        f"溪口县人民政府关于后续扶持的意见 | 首页\n各镇人民政府: {words * 2}具体如下: 一、稳定就业 1.做好介绍。开发岗位50个。(县人社局负责) "
        "2.做好培训。培训劳动者80人。(县人社局、县总工会负责)"
    )
    assert list(offices(read(text_of_bytes(text.encode(), "a.txt")))) == ["一/1", "一/2"]


def test_chapters_of_an_annex_are_parts() -> None:
    plan = read(
        "关于印发方案的通知\n附件1\n溪口县促进就业行动方案\n一、活动时间\n2025年3月至5月。\n二、活动内容\n（一）办好集市。（县人社局负责）\n"
        "附件2\n溪口县促进增收行动方案\n一、活动内容\n（一）种好茶园。（县林业局负责）\n"
    )
    assert list(offices(plan)) == ["附件1/二/(一)", "附件2/一/(一)"]


def test_what_went_wrong_is_no_promise() -> None:
    plan = read(
        "溪口县整改方案\n一、整改任务\n1.问题描述：2023年底前仅召开会议2次。\n整改措施：每季度研究不少于3次。\n责任单位：县住建局\n"
    )
    (measure,) = plan.measures
    found: tuple[Target | Amount, ...] = (*measure.targets, *measure.amounts)
    assert [each.value for each in found] == [3]
    assert [str(each.kind) for each in measure.deadlines] == ["recurring"]


def below(heading: str) -> Plan:
    """A plan with one part under this heading, its items with offices behind labels."""
    return read(
        f"溪口县方案\n一、{heading}\n（一）修路。新修道路3公里。（责任单位：县交通局）\n（二）修渠。\n牵头单位：县水利局\n"
    )


@pytest.mark.parametrize(
    "heading",
    ["补齐公共设施短板", "解决群众突出问题", "提升工作成效", "规范补助申请程序", "优化兑付流程"],
)
def test_a_heading_drops_nothing_that_names_offices(heading: str) -> None:
    assert [(m.key, str(m.kind)) for m in below(heading).measures] == [
        ("一/(一)", "measure"),
        ("一/(二)", "measure"),
    ]


def test_a_heading_of_what_is_wanting_or_done_still_tells_of_background() -> None:
    text = "溪口县方案\n一、存在问题\n（一）路不通。\n（二）水不够。\n二、主要任务\n（一）修路。（县交通局负责）\n"
    assert list(offices(read(text))) == ["二/(一)"]
    assert {str(m.kind) for m in below("申请程序").measures} == {"step"}
    past = "溪口县2024年工作总结\n一、工作成效\n（一）修路。新修道路3公里。（责任单位：县交通局）\n"
    assert not read(past).measures


def test_a_notice_tells_offices_what_to_do_under_any_heading() -> None:
    plan = read(
        "关于做好秋季用工服务的通知\n各镇：\n一、明确目标任务。县人社局要在2025年9月底前介绍90人就业。\n"
        "二、搭建平台。各职业院校要举办招聘会3场。\n"
    )
    assert list(offices(plan).values()) == [
        [("县人社局", "responsible")],
        [("各职业院校", "responsible")],
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("县政府督查室每月对工程进度进行抽查。", ["县政府督查室"]),
        ("县邮政局、县委网信办承担日常协调推进工作。", ["县邮政局", "县委网信办"]),
        ("财政部门要负责资金，自然资源部门负责用地。", ["财政部门", "自然资源部门"]),
        ("有关部门负责资金，行业部门负责用地。", ["有关部门", "行业部门"]),
        ("县财政局从衔接资金中安排管护经费，各村要落实管护人员。", ["县财政局", "各村"]),
        ("市场监管、农业农村部门要加强抽检。", ["市场监管", "农业农村部门"]),
        ("由镇民政办及时纳入低保。", ["镇民政办"]),
        ("镇乡村振兴办3日内反馈，各村（社区）形成台账。", ["镇乡村振兴办", "各村（社区）"]),
        ("建立台账（县住建局牵头，各镇配合，4月底前完成）。", ["县住建局", "各镇"]),
        ("县商务局会同县工商联与客商对接。", ["县商务局", "县工商联"]),
        ("各乡镇上报的名单要真实，政府采购车辆全部换新。", []),
        ("农户和车间要用好政策，把各村需求报县人社局。", []),
        ("县政府督查室要会同县发改局每季度开展督查。", ["县政府督查室", "县发改局"]),
    ],
)
def test_offices_that_are_the_subject_of_a_sentence(sentence: str, names: list[str]) -> None:
    text = f"溪口县方案\n一、重点任务\n（一）修路。（县交通局负责）\n二、组织保障\n（一）抓好工作。{sentence}\n"
    assert [name for name, _ in offices(read(text)).get("二/(一)", [])] == names


def test_an_office_is_the_head_of_its_item_whatever_it_does() -> None:
    found = offices(
        read(
            "溪口县方案\n一、责任分工\n（一）县林业局。落实管护责任。\n（二）各有关乡镇人民政府。做好巡查。\n（三）建强党支部。落实三会一课。\n"
        )
    )
    assert found == {
        "一/(一)": [("县林业局", "responsible")],
        "一/(二)": [("各有关乡镇人民政府", "responsible")],
        "一/(三)": [],
    }


def test_in_a_step_an_office_answers_for_what_it_does_once() -> None:
    found = offices(
        read(
            "溪口县方案\n一、实施步骤\n（一）宣传阶段。各村张榜公布电话，县民政局将名单报省。\n（二）核查阶段。各驻村工作队全程参与。\n"
        )
    )
    assert [[name for name, _ in each] for each in found.values()] == [
        ["各村", "县民政局"],
        ["各驻村工作队"],
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("按培训费用的60%给予培训机构补贴。", [(60, "%")]),
        ("按上年工资总额的12%给予稳岗奖补。", [(12, "%")]),
        ("按每吸纳1名劳动者给予900元的标准发放补贴。", [(900, "元/名")]),
        ("按每立方米0.4元给予补贴。", [(0.4, "元/立方米")]),
        ("按户均1.8万元补助标准改造。", [(1.8, "万元/户")]),
        ("低保标准分别提高到每人每月710元、540元。", [(710, "元/人/月"), (540, "元/人/月")]),
    ],
)
def test_rates_of_subsidy(sentence: str, found: list[tuple[float, str]]) -> None:
    assert paid(sentence) == found
