"""Plans drawn at random, with what a reader must find in them."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

OFFICES = (
    "发改局",
    "人社局",
    "民政局",
    "财政局",
    "教育局",
    "农业农村局",
    "自然资源和规划局",
    "卫生健康局",
)
OTHERS = (
    "县残联",
    "团县委",
    "县总工会",
    "县委组织部",
    "各乡镇",
    "各镇人民政府",
    "各县（市、区）",
    "县供电公司",
)
TASKS = (
    "完善台账管理",
    "拓展就业渠道",
    "盘活闲置资产",
    "提升服务水平",
    "改善居住环境",
    "加强动态监测",
)
FILLERS = (
    "坚持因地制宜，稳妥推进。",
    "落实“四个一批”要求。",
    "参照《2023年工作方案》（云发〔2023〕5号）执行。",
    "",
)
DATES = (
    ("2025年6月底前", date(2025, 6, 30), None),
    ("2024年9月15日前", date(2024, 9, 15), None),
    ("到2026年", date(2026, 12, 31), None),
    ("2025年底前", date(2025, 12, 31), None),
    ("2024年7月中旬前", date(2024, 7, 15), "middle_of_month"),
    ("9月底前", None, "year_missing"),
    ("20244月底前", None, "year_mark_lost"),
)
TARGETS = (
    ("培训合格率达到{n}%以上", ">=", "%"),
    ("建成示范社区{n}个", "=", "个"),
    ("新增岗位不少于{n}个", ">=", "个"),
    ("投诉率控制在{n}%以内", "<=", "%"),
    ("产业产值突破{n}万元", ">", "万元"),
)
CHINESE = "一二三四五六七八九十"


@dataclass
class Wanted:
    """What was written into one measure."""

    number: str
    title: str
    units: list[tuple[str, str]] = field(default_factory=list)
    deadlines: list[tuple[date | None, str | None]] = field(default_factory=list)
    targets: list[tuple[str, float, str]] = field(default_factory=list)


def _names(draw: st.DrawFn, most: int = 3) -> list[str]:
    own = [f"县{name}" for name in OFFICES]
    return draw(st.lists(st.sampled_from([*own, *OTHERS]), min_size=1, max_size=most, unique=True))


def _responsible(draw: st.DrawFn, wanted: Wanted) -> str:
    """The words that name the offices, in one of the styles that offices write."""
    style = draw(st.sampled_from(("lead", "division", "label", "lines", "glued_label")))
    first, second, third = (_names(draw) for _ in range(3))
    rest = [name for name in second if name not in first]
    last = [name for name in third if name not in first and name not in rest]
    join = "、".join
    if style == "division":
        wanted.units += [(name, "responsible") for name in first]
        return f"（{join(first)}按职责分工负责）"
    if style == "label":
        wanted.units += [(name, "responsible") for name in first]
        return f"（责任单位：{join(first)}）"
    if style == "glued_label":
        wanted.units += [(n, "lead") for n in first] + [(n, "co-operating") for n in rest]
        beside = f"；配合单位：{join(rest)}" if rest else ""
        return f"【牵头单位：{join(first)}{beside}】"
    roles = list(zip(("lead", "co-operating", "implementing"), (first, rest, last), strict=True))
    wanted.units += [(name, role) for role, names in roles for name in names]
    if style == "lines":
        labels = ("牵头单位", "配合单位", "落实单位")
        lines = [f"{label}：{join(names)}" for label, (_, names) in zip(labels, roles, strict=True)]
        return "\n" + "\n".join(
            line for line, (_, names) in zip(lines, roles, strict=True) if names
        )
    verbs = ("牵头", "配合", "负责落实")
    said = [join(names) + verb for verb, (_, names) in zip(verbs, roles, strict=True) if names]
    return f"（{'，'.join(said)}）"


def _body(draw: st.DrawFn, wanted: Wanted) -> str:
    """Sentences with dates and numbers."""
    text = draw(st.sampled_from(FILLERS))
    for said, day, flag in draw(st.lists(st.sampled_from(DATES), max_size=2, unique=True)):
        wanted.deadlines.append((day, flag))
        text += f"{said}，全面完成排查。"
    for pattern, operator, unit in draw(
        st.lists(st.sampled_from(TARGETS), max_size=2, unique=True)
    ):
        value = draw(st.integers(2, 99))
        wanted.targets.append((operator, float(value), unit))
        text += f"{pattern.format(n=value)}。"
    return text + draw(st.sampled_from(FILLERS))


def _marks(style: str, section: int, number: int, dot: str) -> tuple[str, str, str]:
    """How a section and an item of it are numbered, and the number of the item as printed."""
    if style == "decimal":
        printed = f"2.{section + 1}.{number}"
        return f"2.{section + 1} ", printed, printed
    head = f"第{CHINESE[section]}节 " if style == "chapters" else f"（{CHINESE[section]}）"
    return head, f"{number}{dot}", str(number)


_PARTS = {
    "chinese": ("一、", "二、", "三、", "（一）"),
    "chapters": ("第一章 ", "第二章 ", "第三章 ", "第一节 "),
    "decimal": ("1 ", "2 ", "3 ", "3.1 "),
}


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, list[Wanted]]:
    """A plan's text, and its measures in order."""
    wanted: list[Wanted] = []
    style = draw(st.sampled_from(sorted(_PARTS)))
    first, second, third, last = _PARTS[style]
    text = (
        f"云岭县后续扶持方案\n\n{first}总体要求\n坚持统筹推进，到2025年取得明显成效。\n"
        f"{second}重点任务\n"
    )
    restart = style == "decimal" or draw(st.booleans())
    full = draw(st.booleans())
    dot = draw(st.sampled_from((".", "．", "、")))
    number = 0
    for section in range(draw(st.integers(1, 3))):
        text += f"{_marks(style, section, 0, dot)[0]}第{section + 1}类工作\n"
        number = 0 if restart else number
        for _ in range(draw(st.integers(1, 3))):
            # What begins with a decimal may be a number of something: it counts where it runs on from 1.
            number += (
                1 if style == "decimal" and not number else draw(st.sampled_from((1, 1, 1, 2)))
            )
            _head, mark, printed = _marks(style, section, number, dot)
            item = Wanted(printed, draw(st.sampled_from(TASKS)))
            body = _body(draw, item)
            text += f"{mark}{item.title}。{body}{_responsible(draw, item)}\n"
            wanted.append(item)
    text += f"{third}工作要求\n{last}提高认识。思想上要高度重视。\n"
    return (text if full else text.translate(str.maketrans("（），：；", "(),:;"))), wanted
