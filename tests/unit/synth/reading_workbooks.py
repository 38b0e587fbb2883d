"""Reads the county's workbooks back as an import would: only from docs/workbooks.md, not from the writer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import fastexcel

from anju.synth.workbooks import labels

Row = dict[str, str]

SCHOOLING = {
    "学龄前儿童": "none", "学前教育": "preschool", "小学": "compulsory", "不在校": "none",
    "技师": "tertiary", "本科": "tertiary", "硕士及以上": "tertiary",
}  # fmt: skip
RELATIONS = (
    "head spouse son daughter daughter_in_law son_in_law grandson granddaughter grandson_maternal "
    "granddaughter_maternal father mother father_in_law mother_in_law husbands_father "
    "husbands_mother grandfather grandmother sibling nephew niece other"
).split()
EDUCATIONS = "illiterate primary junior senior college bachelor".split()
LABOURS = "ordinary skilled weak lost none".split()
CHANNELS = "migrant local workshop welfare_post self_employed".split()
MEASURES = (
    "industry employment finance public_post health education compulsory_schooling housing "
    "relocation water safety_net social infrastructure"
).split()


def code(names: tuple[str, ...], codes: list[str], label: str | None) -> str | None:
    return codes[names.index(label)] if label else None


def schooling(label: str | None, born: str, on: str) -> str | None:
    """Labels of list 2; blank is none for people over 22."""
    if label is None:
        return "none" if int(on[:4]) - int(born[:4]) > 22 else None
    if label in SCHOOLING:
        return SCHOOLING[label]
    if label.endswith("年级") and label[0] in "七八九":
        return "compulsory"
    return "tertiary" if label.startswith("高职") else "upper_secondary"


def iso(text: str | None) -> str | None:
    """Any of the date styles as 2023-07-15."""
    if text is None:
        return None
    for mark in "年月/.":
        text = text.replace(mark, "-")
    parts = text.replace("日", "").split("-")
    if len(parts) == 1:
        parts = [text[:4], text[4:6], text[6:8] or "01"]
    return f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"


def fen(text: str | None) -> int | None:
    if text is None:
        return None
    yuan, _, cents = text.partition(".")
    return int(yuan) * 100 + int((cents + "00")[:2])


def rows(path: Path, sheet: str, header_rows: int = 1) -> list[Row]:
    """Data rows by the lowest non-empty heading; ends at the blank row before the notes."""
    table = (
        fastexcel.read_excel(path)
        .load_sheet(sheet, header_row=None, dtypes="string")
        .to_polars()
        .rows()
    )
    header = table[2 : 2 + header_rows]
    names = [next(h[i] for h in reversed(header) if h[i]) for i in range(len(header[0]))]
    made = []
    for values in table[2 + header_rows :]:
        if all(value is None for value in values):
            break
        made.append(dict(zip(names, values, strict=True)))
    return made


@dataclass
class Facts:
    """What the workbooks say; persons are known by identity number, rows by their keys."""

    places: dict[tuple[str, str], str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    households: dict[str, dict[str, object]] = field(default_factory=dict)
    members: dict[tuple[str, str, str], dict[str, object]] = field(default_factory=dict)
    incomes: dict[tuple[str, str], tuple[int | None, ...]] = field(default_factory=dict)
    work: dict[tuple[str, str, str], tuple[object, ...]] = field(default_factory=dict)
    statuses: dict[tuple[object, ...], tuple[object, ...]] = field(default_factory=dict)
    events: list[tuple[object, ...]] = field(default_factory=list)
    holdings: dict[tuple[str, str], tuple[object, ...]] = field(default_factory=dict)


def read_places(facts: Facts, path: Path) -> None:
    divisions = {row["行政区划代码"]: row for row in rows(path, "行政区划")}
    for row in divisions.values():
        if row["级别"] == "村":
            facts.places[divisions[row["上级代码"]]["名称"], row["名称"]] = row["行政区划代码"]
    facts.sites = {row["安置点编码"]: row["所在村代码"] for row in rows(path, "安置点")}


def read_folder(facts: Facts, folder: Path) -> None:
    for name, kind in (("脱贫人口名单.xlsx", "lifted_out"), ("一般农户人口名单.xlsx", "ordinary")):
        if (folder / name).exists():
            for row in rows(folder / name, "名单", 3):
                _member(facts, row, kind)
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith("收入监测表_"):
            _incomes(facts, path)
        elif path.name in READERS:
            READERS[path.name](facts, path)


def _member(facts: Facts, row: Row, kind: str) -> None:
    home = facts.households.setdefault(row["户编号"], {})
    village = facts.places[row["乡(镇)"], row["行政村"]]
    home |= {"village": village, "class": kind, "grid": row["所属网格"]}
    _monitoring(home, row["易返贫致贫户(监测对象)类型"], row["风险识别时间"], row["风险消除时间"])
    _person(facts, row, row["人员识别时间"], None, "20230630")


def _monitoring(
    home: dict[str, object], label: str | None, included: str | None, removed: str | None
) -> None:
    home["monitored"] = code(labels.MONITORED, ["unstable", "marginal", "sudden_hardship"], label)
    home["included"], home["removed"] = iso(included), iso(removed)


def _person(facts: Facts, row: Row, joined: str, left: str | None, on: str) -> None:
    number = row["证件号码"][:18]
    key = (row["户编号"], number, str(iso(joined)))
    member = facts.members.setdefault(key, {})
    member |= {
        "sex": code(labels.SEXES, ["M", "F"], row["性别"]),
        "born": iso(row["出生日期"]),
        "relation": code(labels.RELATIONS, RELATIONS, row["与户主关系"]),
        "education": code(labels.EDUCATIONS, EDUCATIONS, row["文化程度"]),
        "schooling": schooling(row["在校生状况"], row["出生日期"], on),
        "labour": code(labels.LABOURS, LABOURS, row["劳动技能"]),
        "left": iso(left),
    }


def _population(facts: Facts, path: Path) -> None:
    on = path.parent.name.replace("-", "") if path.parent.name != "base" else "202306"
    for row in rows(path, "自然增加"):
        _person(facts, row, row["增加日期"], None, on)
    for row in rows(path, "自然减少"):
        _person(facts, row, row["人员识别时间"], row["减少日期"], on)
        if row["减少原因"] == "死亡":
            facts.events.append((row["证件号码"][:18], "death", iso(row["减少日期"]), None, None))


def _relocation(facts: Facts, path: Path) -> None:
    for row in rows(path, "安置信息", 2):
        facts.households[row["户编号"]] |= {
            "relocated": True, "village": facts.sites[row["安置点编码"]], "site": row["安置点编码"],
            "grid": row["网格编码"],
        }  # fmt: skip


def _self_moved(facts: Facts, path: Path) -> None:
    for row in rows(path, "名册"):
        village = facts.places[row["现居乡镇"], row["现居村"]]
        facts.households[row["户编号"]] |= {
            "self_moved": True, "village": village, "grid": row["网格编码"],
        }  # fmt: skip


def _monitored(facts: Facts, path: Path) -> None:
    for row in rows(path, "监测对象"):
        home = facts.households[row["户编号"]]
        _monitoring(home, row["监测对象类别"], row["风险识别时间"], row["风险消除时间"])


def _incomes(facts: Facts, path: Path) -> None:
    names = ("工资性收入", "生产经营性收入", "生产经营性支出", "财产性收入", "转移性收入")
    for row in rows(path, "收入监测", 2):
        facts.incomes[row["户编号"], row["季度"].replace("Q", "")] = tuple(
            fen(row[n]) for n in names
        )


def _work(facts: Facts, path: Path) -> None:
    for row in rows(path, "务工"):
        channel = str(code(labels.CHANNELS, CHANNELS, row["就业渠道"]))
        key = (row["证件号码"], str(iso(row["务工开始时间"])), channel)
        facts.work[key] = (
            iso(row["务工结束时间"]), row["务工所在地代码"], fen(row["月收入（元）"]),
        )  # fmt: skip


def _allowance(facts: Facts, path: Path) -> None:
    for row in rows(path, "救助对象"):
        kind = str(code(labels.ALLOWANCES, ["dibao", "tekun", "dibao_marginal"], row["救助类型"]))
        who = row["户编号"] if row["保障范围"] == "整户" else row["证件号码"]
        facts.statuses[who, kind, None, iso(row["起始年月"])] = (iso(row["停发年月"]),)


def _status(kind: str, sheet: str, who: str, start: str, end: str, level: str = "") -> object:
    grades = dict(zip(("一级", "二级", "三级", "四级"), "1234", strict=True))

    def read(facts: Facts, path: Path) -> None:
        for row in rows(path, sheet):
            held = grades[row[level]] if level else None
            facts.statuses[row[who][:18], kind, held, iso(row[start])] = (iso(row[end]),)

    return read


def _measures(facts: Facts, path: Path) -> None:
    for row in rows(path, "措施"):
        category = code(labels.MEASURES, MEASURES, row["措施类别"])
        who = row["帮扶对象证件号码"] or row["户编号"]
        facts.statuses[who, "help_measure", category, iso(row["开始日期"])] = (
            iso(row["结束日期"]),
        )


def _event(kind: str, sheet: str, who: str, day: str, amount: str = "", level: str = "") -> object:
    def read(facts: Facts, path: Path) -> None:
        for row in rows(path, sheet):
            value = row[level].removesuffix("级") if level else None
            paid = fen(row[amount]) if amount else None
            facts.events.append((row[who], kind, iso(row[day]), paid, value))

    return read


def _enrolment(facts: Facts, path: Path) -> None:
    for row in rows(path, "学籍变动"):
        stage = schooling(row["在校生状况"], "20100101", "20230901")
        _schooling(facts, row["证件号码"], stage)


def _schooling(facts: Facts, number: str, stage: str | None) -> None:
    for (_, person, _), member in facts.members.items():
        if person == number:
            member["schooling"] = stage


def _dropout(facts: Facts, path: Path) -> None:
    _event("dropout", "失学辍学", "证件号码", "离校日期")(facts, path)
    for row in rows(path, "失学辍学"):
        _schooling(facts, row["证件号码"], "none")
    _status("health_exempt_from_school", "免学缓学", "证件号码", "批准日期", "截止日期")(
        facts, path
    )


def _water(facts: Facts, path: Path) -> None:
    _status("unsafe_water", "饮水不安全", "户编号", "发现日期", "解决日期")(facts, path)
    _event("water_cut", "停水", "户编号", "停水日期", level="停水天数")(facts, path)


def _holding(kind: str, sheet: str, start: str, value: str) -> object:
    def read(facts: Facts, path: Path) -> None:
        for row in rows(path, sheet):
            facts.holdings[kind, row["登记编号"]] = (
                row["证件号码"], kind, fen(row[value]), iso(row[start]), iso(row["注销日期"]),
            )  # fmt: skip

    return read


def _not_in_the_snapshot(facts: Facts, path: Path) -> None:
    """Trainings, wishes, projects, payments, assets, yields: rules read none of them."""


READERS = {
    "人口变动表.xlsx": _population,
    "易地搬迁安置信息表.xlsx": _relocation,
    "自主迁徙居民名册.xlsx": _self_moved,
    "监测对象变动表.xlsx": _monitored,
    "务工月监测.xlsx": _work,
    "扶贫项目资产台账.xlsx": _not_in_the_snapshot,
    "资产收益分配台账.xlsx": _not_in_the_snapshot,
    "项目库清单.xlsx": _not_in_the_snapshot,
    "项目资金支付台账.xlsx": _not_in_the_snapshot,
    "就业培训名册.xlsx": _not_in_the_snapshot,
    "劳动力意愿名册.xlsx": _not_in_the_snapshot,
    "就业帮扶车间台账.xlsx": _not_in_the_snapshot,
    "企业用工需求表.xlsx": _not_in_the_snapshot,
    "低保特困名单.xlsx": _allowance,
    "医保参保名单.xlsx": _status("medical_insured", "参保", "证件号码", "参保日期", "停保日期"),
    "养老参保名单.xlsx": _status("pension_insured", "参保", "证件号码", "参保年月", "停保年月"),
    "慢性病名单.xlsx": _status("chronic", "慢病", "证件号码", "建档日期", "销档日期"),
    "残疾人名单.xlsx": _status(
        "disabled", "持证残疾人", "残疾人证号", "发证日期", "注销日期", "残疾等级"
    ),
    "未办证住房名单.xlsx": _status("no_title", "未办证", "户编号", "入住日期", "办证日期"),
    "帮扶措施台账.xlsx": _measures,
    "医疗自付费用名单.xlsx": _event("medical_selfpaid", "自付", "证件号码", "结算日期", "个人自付"),
    "重大疾病名单.xlsx": _event("serious_illness", "大病", "证件号码", "确诊日期"),
    "学籍变动名单.xlsx": _enrolment,
    "控辍保学名单.xlsx": _dropout,
    "住房安全鉴定表.xlsx": _event("housing_graded", "鉴定", "户编号", "鉴定日期", level="鉴定等级"),
    "饮水安全监测表.xlsx": _water,
    "受灾损失名单.xlsx": _event("disaster", "受灾", "户编号", "受灾日期", "损失金额（元）"),
    "意外事故名单.xlsx": _event("accident", "事故", "证件号码", "事故日期", "自担费用（元）"),
    "贷款逾期名单.xlsx": _event("loan_overdue", "逾期", "证件号码", "逾期日期", "逾期金额（元）"),
    "非义务教育学费名单.xlsx": _event("tuition", "学费", "证件号码", "缴费日期", "自付学费（元）"),
    "车辆登记名单.xlsx": _holding("vehicle", "车辆", "登记日期", "估值（元）"),
    "市场主体名单.xlsx": _holding("company", "主体", "成立日期", "认缴出资额（元）"),
    "商品房登记名单.xlsx": _holding("commercial_housing", "商品房", "登记日期", "评估价（元）"),
}
"""How each file is read; the order within a folder does not matter but for members coming first."""


def in_order(folder: Path) -> Iterator[Path]:
    """Base and the months."""
    yield folder / "base"
    yield from sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "base")
