"""A small pack in two folders, written into a temporary place and spoilt one way at a time."""

from __future__ import annotations

from pathlib import Path

PARENT_PACK = """\
[pack]
id = "parent"
name = "上级"
name_en = "Parent"
place = "某地"
documents = ["AA"]

[[document]]
id = "AA"
title = "一份方案"
number = "某发〔2021〕1号"
dated = 2021-01-01
"""

PARENT_PARAMETERS = """\
[[parameter]]
id = "line"
name = "线"
name_en = "Line"
unit = "元/人·年"
values = [
  { from = 2021-01-01, until = 2022-01-01, value = 600000, basis = { default = "待确认" } },
  { from = 2022-01-01, value = 650000, basis = { doc = "AA", clause = "一" } },
]

[[parameter]]
id = "share"
name = "比例"
name_en = "Share"
unit = "比例"
values = [{ from = 2021-01-01, value = 0.3, basis = { default = "待确认" } }]
"""

PARENT_RULES = """\
[[rule]]
id = "below"
name = "低于线"
name_en = "Below the line"
subject = "household"
when = "net_income_per_capita < :line"
observe = "net_income_per_capita"
threshold = ":line"
unit = "元/人·年"
level = "red"
risk = "income"
clears = "回到线上"
clears_en = "Back above"
basis = [{ doc = "AA", clause = "一1" }]
show = ["members"]
[rule.examples]
month = "2022-06"
hit = [{ net_income_per_capita = 649999 }]
miss = [{ net_income_per_capita = 900000 }]
near = [{ net_income_per_capita = 650000 }]
"""

CHILD_PACK = """\
[pack]
id = "child-2022"
name = "下级"
name_en = "Child"
extends = "parent"
place = "某县"
documents = ["BB"]

[[document]]
id = "BB"
title = "县方案"
dated = 2022-03-01
"""

CHILD_PARAMETERS = """\
[[parameter]]
id = "county_figure"
name = "县数"
name_en = "County figure"
unit = "元/人·年"
values = [{ from = 2022-01-01, value = 1234567, basis = { default = "待确认" } }]

[[parameter]]
id = "line"
name = "线"
name_en = "Line"
unit = "元/人·年"
values = [{ from = 2022-03-01, until = 2023-01-01, formula = "0.6 * :county_figure", basis = { doc = "BB", clause = "三(一)1" } }]
"""

CHILD_RULES = """\
[[rule]]
id = "nobody_works"
name = "无人就业"
name_en = "Nobody works"
subject = "household"
when = "labour >= 1 AND employed = 0"
observe = "employed"
threshold = "1"
unit = "人"
level = "orange"
risk = "employment"
clears = "有人就业"
clears_en = "Somebody works"
basis = [{ doc = "BB", clause = "二" }]
from = 2022-03-01
until = 2023-01-01
[rule.examples]
month = "2022-06"
hit = [{ labour = 1, employed = 0 }]
miss = [{ labour = 1, employed = 1 }]
near = [{ labour = 0, employed = 0 }]
"""

CHILD_PROMISES = """\
[[benefit]]
id = "award"
name = "奖补"
name_en = "Award"
who = "脱贫户"
measure = "收入"
unit = "元"
per = "户·年"
conditions = ["有产业"]
values = [{ from = 2022-03-01, rate = 0.1, cap = 500000, basis = { doc = "BB", clause = "二1" } }]

[[indicator]]
id = "rounds"
name = "期数"
name_en = "Rounds"
unit = "期"
operator = ">="
computable = true
targets = [
  { by = 2022-12-31, value = 12, basis = { doc = "BB", clause = "三" } },
  { by = 2023-12-31, value = 10, upper = 15, basis = { doc = "BB", clause = "三" } },
]

[[limit]]
id = "visit"
name = "走访"
name_en = "Visit"
unit = "次/月"
bound = "at_least"
values = [{ from = 2022-03-01, value = 1, basis = { doc = "BB", clause = "四" } }]

[[limit]]
id = "survey"
name = "摸底"
name_en = "Survey"
unit = "截止日"
bound = "at_most"
values = [{ from = 2022-03-01, by = 2022-04-30, basis = { doc = "BB", clause = "四" } }]

[[unit]]
id = "bureau"
name = "某局"
name_en = "A bureau"
doc = "BB"
[unit.roles]
lead = ["二1", "二2"]
"""

FILES = {
    "parent/pack.toml": PARENT_PACK,
    "parent/parameters.toml": PARENT_PARAMETERS,
    "parent/rules.toml": PARENT_RULES,
    "child-2022/pack.toml": CHILD_PACK,
    "child-2022/parameters.toml": CHILD_PARAMETERS,
    "child-2022/rules.toml": CHILD_RULES,
    "child-2022/promises.toml": CHILD_PROMISES,
}


def write(root: Path, **changed: str) -> Path:
    """Write both packs below `root`; `changed` gives other texts by file name."""
    for name, text in (FILES | changed).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def spoilt(root: Path, file: str, old: str, new: str) -> int:
    """Write both packs with one change, and give the line on which `new` begins."""
    text = FILES[file]
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    at = text.index(old)
    write(root, **{file: text[:at] + new + text[at + len(old) :]})
    return text.count("\n", 0, at) + 1
