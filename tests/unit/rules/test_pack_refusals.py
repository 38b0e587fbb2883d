"""Every way a pack can be wrong is refused with its file, line, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.rules import pack_texts

from anju.rules import packs
from anju.rules.errors import PackError

PACK, PARAMETERS = "child-2022/pack.toml", "child-2022/parameters.toml"
RULES, PROMISES = "child-2022/rules.toml", "child-2022/promises.toml"
LINES = "parent/parameters.toml"

# file, what stands there, what is put in its place, key in the message, words of the message
REFUSALS = [
    (RULES, 'level = "orange"', 'level = "blue"', "rule[nobody_works].level", "red, orange, yellow, hint"),
    (RULES, 'risk = "employment"', 'risk = "luck"', "rule[nobody_works].risk", "use one of income, employment"),
    (RULES, 'unit = "人"', 'unit = "只"', "rule[nobody_works].unit", "'只' is not allowed: use one of 元"),
    (RULES, 'subject = "household"', 'subject = "dog"', "rule[nobody_works].subject", "use one of household"),
    (RULES, 'id = "nobody_works"', 'id = "No-body"', "rule[0].id", "small letters, digits, underscores"),
    (RULES, 'name = "无人就业"', "name = 3", "rule[nobody_works].name", "must be a text that is not empty"),
    (RULES, 'name = "无人就业"', 'name = " "', "rule[nobody_works].name", "must be a text that is not empty"),
    (RULES, 'clears = "有人就业"', 'cleared = "有人就业"', "rule[nobody_works].cleared", "unknown key; allowed: id, name, name_en"),
    (RULES, 'threshold = "1"', 'threshold = ":no_such_line"', "rule[nobody_works].threshold", "no parameter 'no_such_line'; there are: county_figure, line, share"),
    (RULES, "labour >= 1 AND", "labour >= :least AND", "rule[nobody_works].when", "no parameter 'least'"),
    (RULES, 'doc = "BB"', 'doc = "CC"', "rule[nobody_works].basis[0].doc", "document 'CC' is not listed; the [[document]] entries are: AA, BB"),
    (RULES, 'basis = [{ doc = "BB", clause = "二" }]', "basis = []", "rule[nobody_works].basis", "must be a list that is not empty"),
    (RULES, 'clause = "二"', 'section = "二"', "rule[nobody_works].basis[0].section", "unknown key; allowed: doc, clause"),
    (RULES, "until = 2023-01-01", "until = 2022-03-01", "rule[nobody_works].until", "must be later than from (2022-03-01)"),
    (RULES, "until = 2023-01-01", 'until = "2023"', "rule[nobody_works].until", "a date like 2023-01-01, without quotes"),
    (RULES, 'month = "2022-06"', 'month = "2022-13"', "rule[nobody_works].examples.month", "write year and month like 2023-09"),
    (RULES, "near = [{ labour = 0, employed = 0 }]", "near = []", "rule[nobody_works].examples.near", "must be a list that is not empty"),
    (RULES, "near = [{ labour = 0, employed = 0 }]", "near = [{ labour = 0.5, employed = 0 }]", "rule[nobody_works].examples.near[0].labour", "'0.5' is no fact"),
    (RULES, "[rule.examples]", "[rule.samples]", "rule[nobody_works].samples", "unknown key"),
    (RULES, "[[rule]]", "[[rules]]", "rules", "use [[document]], [[parameter]], [[rule]]"),
    (RULES, "[[rule]]", "[rule]", "rule", "not allowed here"),
    (RULES, "[[rule]]", '[[drop]]\nrule = "nothing"\nbasis = { default = "x" }\n[[rule]]', "drop[nothing].rule", "have no rule 'nothing'; they have: below"),
    (RULES, '[[rule]]\nid = "nobody_works"', '[[drop]]\nrule = "below"\n[[rule]]\nid = "nobody_works"', "drop[below].basis", "missing; write a table"),
    (PARAMETERS, 'unit = "元/人·年"', 'unit = "块"', "parameter[county_figure].unit", "'块' is not allowed"),
    (PARAMETERS, 'unit = "元/人·年"', 'unit = "等级"', "parameter[county_figure].unit", "'等级' is not allowed"),
    (PARAMETERS, "value = 1234567", "value = 12345.67", "parameter[county_figure].values[0].value", "a whole number of fen (7300 yuan is 730000)"),
    (PARAMETERS, "value = 1234567", "value = -1", "parameter[county_figure].values[0].value", "0 or more"),
    (PARAMETERS, "value = 1234567", "value = true", "parameter[county_figure].values[0].value", "whole number of fen"),
    (PARAMETERS, ', basis = { default = "待确认" }', "", "parameter[county_figure].values[0].basis", "missing; write a table"),
    (PARAMETERS, 'basis = { default = "待确认" }', 'basis = { default = "" }', "parameter[county_figure].values[0].basis.default", "not empty"),
    (PARAMETERS, 'basis = { default = "待确认" }', 'basis = "BB 一"', "parameter[county_figure].values[0].basis", "must be a table of keys and values"),
    (PARAMETERS, "from = 2022-01-01, value", "value", "parameter[county_figure].values[0].from", "missing; write a date"),
    (PARAMETERS, "from = 2022-01-01", "from = 2022-01-01T08:00:00", "parameter[county_figure].values[0].from", "must be a date like 2023-01-01"),
    (PARAMETERS, ":county_figure", ":county_number", "parameter[line].values[0].formula", "no parameter 'county_number'; there are: county_figure"),
    (PARAMETERS, "0.6 * :county_figure", "0.6 * :line", "parameter[line].values[0].formula", "in a circle: line → line"),
    (PARAMETERS, "value = 1234567", 'formula = "2 * :line"', "parameter[county_figure].values[0].formula", "in a circle: county_figure → line → county_figure"),
    (PARAMETERS, "0.6 * :county_figure", "max(1, :county_figure)", "parameter[line].values[0].formula", "cannot read 'max(1, :county_figure)'"),
    (PARAMETERS, 'formula = "0.6', 'value = 1, formula = "0.6', "parameter[line].values[0].value", "remove one of the two"),
    (PARAMETERS, 'id = "line"', 'id = "county_figure"', "parameter[county_figure].id", "stands twice in this pack"),
    (PARAMETERS, "until = 2023-01-01", "until = 2022-02-01", "parameter[line].values[0].until", "must be later than from (2022-03-01)"),
    (LINES, "until = 2022-01-01", "until = 2022-01-02", "parameter[line].values[1].from", "overlaps the value before it, which holds until 2022-01-02"),
    (LINES, "from = 2022-01-01", "from = 2020-01-01", "parameter[line].values[1].from", "values stand in order of time"),
    (LINES, "value = 0.3", 'value = "0.3"', "parameter[share].values[0].value", "must be a number, without quotes"),
    (LINES, "value = 0.3", "value = -0.3", "parameter[share].values[0].value", "must be a number of 0 or more"),
    (LINES, "value = 0.3", "value = nan", "parameter[share].values[0].value", "must be a number of 0 or more"),
    (LINES, 'doc = "AA"', 'doc = "BB"', "parameter[line].values[1].basis.doc", "document 'BB' is not listed"),
    (PACK, 'extends = "parent"', 'extends = "mother"', "pack.extends", "no policy pack 'mother'; there are: child-2022, fengxian-2022, langao-2021, national, parent, "),
    (PACK, 'extends = "parent"', 'extends = "child-2022"', "pack.extends", "in a circle: child-2022 → child-2022"),
    (PACK, 'id = "child-2022"', 'id = "child-2023"', "pack.id", "must be the name of its folder (child-2022)"),
    (PACK, '["BB"]', '["BB", "DD"]', "pack.documents[1]", "document 'DD' is not listed"),
    (PACK, '["BB"]', '"BB"', "pack.documents", "must be a list of texts"),
    (PACK, "dated = 2022-03-01", "date = 2022-03-01", "document[BB].date", "unknown key; allowed: id, title, number, dated"),
    (PACK, "[pack]", "[packet]", "packet", "not allowed here"),
    (PROMISES, "rate = 0.1, cap = 500000, ", "", "benefit[award].values[0].amount", "at least one of amount, rate, cap, open"),
    (PROMISES, "cap = 500000", "cap = 5000.5", "benefit[award].values[0].cap", "a whole number of fen"),
    (PROMISES, 'unit = "元"', 'unit = "人"', "benefit[award].unit", "'人' is not allowed"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "village"', "benefit[award].recipient", "use one of household, person, organisation"),
    (PROMISES, 'conditions = ["有产业"]', 'eligibility = ["living"]', "benefit[award].eligibility", "needs a recipient"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "household"\neligibility = ["living", "living | rich"]', "benefit[award].eligibility[1]", "'rich' is no code"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "household"\neligibility = ["labour"]', "benefit[award].eligibility[0]", "'labour' is no code for this recipient: use one of lifted_out"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "household"\nsource = "guess"', "benefit[award].source", "use one of business_income, entitled"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "household"\nexcludes = ["prize"]', "benefit[award].excludes[0]", "no benefit 'prize'; there are: award"),
    (PROMISES, 'conditions = ["有产业"]', 'recipient = "household"\npay_by = "visit"', "benefit[award].pay_by", "there are: survey"),
    (PROMISES, 'per = "户·年"', 'recipient = "household"\nper = "头"', "benefit[award].per", "needs one of 户, 户·年"),
    (PROMISES, 'operator = ">="', 'operator = "=>"', "indicator[rounds].operator", "use one of >=, >, =, <, <="),
    (PROMISES, "computable = true", 'computable = "yes"', "indicator[rounds].computable", "must be true or false"),
    (PROMISES, "by = 2023-12-31", "by = 2021-12-31", "indicator[rounds].targets[1].by", "targets stand in order of time"),
    (PROMISES, "upper = 15", "upper = 9", "indicator[rounds].targets[1].upper", "must be more than value (10)"),
    (PROMISES, 'bound = "at_least"', 'bound = "about"', "limit[visit].bound", "use one of at_most, at_least"),
    (PROMISES, 'unit = "次/月"', 'unit = "次/周"', "limit[visit].unit", "'次/周' is not allowed"),
    (PROMISES, "by = 2022-04-30", "value = 30", "limit[survey].values[0].value", "unknown key"),
    (PROMISES, 'doc = "BB"\n[unit.roles]', 'doc = "EE"\n[unit.roles]', "unit[bureau].doc", "document 'EE' is not listed"),
    (PROMISES, 'lead = ["二1", "二2"]', 'boss = ["二1"]', "unit[bureau].roles.boss", "allowed: lead, cooperating, responsible, implementing"),
    (PROMISES, 'lead = ["二1", "二2"]', "lead = []", "unit[bureau].roles", "name at least one role: lead"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), REFUSALS)
def test_a_fault_is_refused_with_file_line_key_and_what_is_allowed(
    tmp_path: Path, file: str, old: str, new: str, key: str, words: str
) -> None:
    changed = pack_texts.spoilt(tmp_path, file, old, new)

    with pytest.raises(PackError) as refusal:
        packs.load("child-2022", tmp_path)

    found = [problem for problem in packs.check("child-2022", tmp_path) if problem.key == key]
    assert len(found) == 1, refusal.value.en
    assert words in found[0].en
    assert found[0].file == file
    assert f"{found[0]}" in str(refusal.value)
    assert found[0].chinese in refusal.value.zh
    # A key that is missing, or that is a table of its own, is shown where its table begins.
    assert changed - 1 <= found[0].line <= changed + 1 or "missing" in words


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, RULES, 'level = "orange"', 'level = "blue"')

    with pytest.raises(PackError) as refusal:
        packs.load("child-2022", tmp_path)

    assert "child-2022/rules.toml:10: rule[nobody_works].level: 'blue' is not allowed" in str(
        refusal.value
    )
    assert "文件 child-2022/rules.toml 第 10 行" in refusal.value.zh


def test_the_line_of_a_value_in_a_list_is_its_own(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, LINES, "value = 650000", "value = 6500.5")

    problems = packs.check("child-2022", tmp_path)

    assert [(found.line, found.key) for found in problems] == [
        (8, "parameter[line].values[1].value")
    ]


@pytest.mark.parametrize(
    "key",
    [
        "id", "name", "name_en", "subject", "when", "observe", "threshold", "unit", "level", "risk",
        "clears", "clears_en", "basis",
    ],
)  # fmt: skip
def test_a_rule_without_a_key_says_which_one_is_missing(tmp_path: Path, key: str) -> None:
    line = next(text for text in pack_texts.CHILD_RULES.splitlines() if text.startswith(f"{key} ="))
    pack_texts.spoilt(tmp_path, RULES, f"{line}\n", "")

    problems = packs.check("child-2022", tmp_path)

    assert [found.key.split(".")[-1] for found in problems] == [key]
    assert "missing; write" in problems[0].en


@pytest.mark.parametrize("kind", ["hit", "miss", "near"])
def test_a_rule_needs_an_example_of_each_kind(tmp_path: Path, kind: str) -> None:
    line = next(
        text for text in pack_texts.CHILD_RULES.splitlines() if text.startswith(f"{kind} =")
    )
    pack_texts.spoilt(tmp_path, RULES, line, "")

    problems = packs.check("child-2022", tmp_path)

    assert [found.key for found in problems] == [f"rule[nobody_works].examples.{kind}"]
    assert "missing; write a list of tables" in problems[0].en


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, RULES, 'level = "orange"', "level = orange")

    with pytest.raises(PackError, match=r"child-2022/rules\.toml:10: file: not valid TOML"):
        packs.load("child-2022", tmp_path)


def test_toml_that_ends_too_early_is_refused_at_its_end(tmp_path: Path) -> None:
    pack_texts.write(tmp_path, **{RULES: pack_texts.CHILD_RULES + "\nlast = ["})

    with pytest.raises(PackError, match=r"child-2022/rules\.toml:23: file: not valid TOML"):
        packs.load("child-2022", tmp_path)


def test_a_file_that_is_not_utf_8_is_refused_with_the_line_of_the_byte(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)
    (tmp_path / RULES).write_bytes(pack_texts.CHILD_RULES.encode("gb18030"))

    with pytest.raises(PackError, match=r"child-2022/rules\.toml:3: file: not UTF-8"):
        packs.load("child-2022", tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)
    (tmp_path / RULES).write_bytes(b"\xef\xbb\xbf" + pack_texts.CHILD_RULES.encode())

    assert packs.check("child-2022", tmp_path) == []


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    pack_texts.write(
        tmp_path,
        **{
            RULES: pack_texts.CHILD_RULES.replace('"orange"', '"blue"').replace('"人"', '"只"'),
            PARAMETERS: pack_texts.CHILD_PARAMETERS.replace("1234567", "-1"),
            LINES: pack_texts.PARENT_PARAMETERS.replace('unit = "比例"', 'unit = "成"'),
        },
    )

    with pytest.raises(PackError) as refusal:
        packs.load("child-2022", tmp_path)

    message = str(refusal.value)
    assert message.startswith("pack child-2022 has 4 problem(s):\n")
    for key in (
        "rule[nobody_works].level",
        "rule[nobody_works].unit",
        "county_figure].values[0].value",
        "parameter[share].unit",
    ):
        assert key in message


def test_packs_that_extend_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    pack_texts.spoilt(
        tmp_path, "parent/pack.toml", 'place = "某地"', 'place = "某地"\nextends = "child-2022"'
    )

    with pytest.raises(PackError, match=r"in a circle: child-2022 → parent → child-2022"):
        packs.load("child-2022", tmp_path)


def test_a_pack_header_outside_pack_toml_is_refused(tmp_path: Path) -> None:
    pack_texts.write(tmp_path, **{RULES: pack_texts.CHILD_RULES + '\n[pack]\nid = "other"\n'})

    with pytest.raises(PackError, match=r"rules\.toml:23: pack: not allowed here"):
        packs.load("child-2022", tmp_path)


def test_a_pack_toml_without_its_header_is_refused(tmp_path: Path) -> None:
    pack_texts.write(tmp_path, **{"parent/pack.toml": ""})

    with pytest.raises(PackError, match=r"parent/pack\.toml:1: pack: missing"):
        packs.load("parent", tmp_path)


@pytest.mark.parametrize("pack", ["nothing-2020", "../parent", "parent/", "", "PARENT"])
def test_a_pack_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path, pack: str) -> None:
    pack_texts.write(tmp_path)

    with pytest.raises(
        PackError, match="there are: child-2022, fengxian-2022, .*, parent, "
    ) as refusal:
        packs.load(pack, tmp_path)

    assert "现有:child-2022, fengxian-2022" in refusal.value.zh
