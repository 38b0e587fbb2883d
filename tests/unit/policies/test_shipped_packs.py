"""The packs that are shipped: sound, complete, dated, with a basis for every figure, in own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from anju.rules import pack_model, packs, showing
from anju.rules.errors import PackError
from anju.rules.months import Month
from anju.rules.pack_model import Basis
from anju.rules.packs import Pack

PLANS = ("fengxian-2022", "langao-2021", "qinzhougang-2023", "shiquan-2023", "yinchuan-2021")
FOLDER = Path(packs.__file__).parents[1] / "policies"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
NATIONAL_RULES = {
    "income_below_line", "income_after_rigid_below_line", "income_fell", "income_fell_sharply",
    "zero_employment", "all_work_lost", "medical_selfpaid_lifted_out", "medical_selfpaid_ordinary",
    "serious_illness", "disability_severe_new", "worker_death", "out_of_school", "uninsured",
    "housing_unsafe", "water_unsafe", "water_cut_long", "disaster_loss", "tuition_burden",
    "allowance_stopped_below_line", "no_labour_no_allowance", "loan_overdue",
    "monitored_without_measure", "hint_vehicle", "hint_company", "hint_commercial_housing",
}  # fmt: skip


def test_there_is_one_pack_a_plan_and_the_national_one() -> None:
    assert packs.names() == tuple(sorted((*PLANS, "national")))


@pytest.mark.parametrize("name", packs.names())
def test_every_shipped_pack_is_sound(name: str) -> None:
    assert packs.check(name) == []
    assert packs.load(name).hash == packs.load(name, FOLDER).hash


def test_the_national_pack_has_the_rules_every_county_needs() -> None:
    assert {rule.id for rule in packs.load("national").rules} == NATIONAL_RULES


@pytest.mark.parametrize("name", PLANS)
def test_a_plans_rules_cite_the_plan_wherever_it_asks_for_them(name: str) -> None:
    pack = packs.load(name)
    plan = {"f": "FX", "l": "LG", "q": "QZ", "s": "SQ", "y": "YC"}[name[0]]

    others = {rule.id for rule in pack.rules if plan not in {basis.doc for basis in rule.basis}}

    # Hints rest on no plan; water, tuition and loans are not in every plan.
    assert others <= {
        "hint_vehicle", "hint_company", "hint_commercial_housing", "water_unsafe",
        "water_cut_long", "tuition_burden", "loan_overdue",
    }  # fmt: skip
    for rule in pack.rules:
        if rule.id not in others:
            assert {basis.doc for basis in rule.basis} <= {plan, ""}


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_keeps_the_national_rules_and_adds_its_own(name: str) -> None:
    pack = packs.load(name)

    assert {rule.id for rule in pack.rules} > NATIONAL_RULES
    assert pack.extends == "national"


def _dated(pack: Pack) -> Iterator[tuple[str, list[Basis]]]:
    """Everything of a pack that must say why it is so."""
    for parameter in pack.parameters.values():
        yield parameter.id, [row.basis for row in parameter.values]
    for rule in pack.rules:
        yield rule.id, list(rule.basis)
    for benefit in pack.benefits:
        yield benefit.id, [row.basis for row in benefit.values]
    for limit in pack.limits:
        yield limit.id, [row.basis for row in limit.values]
    for indicator in pack.indicators:
        yield indicator.id, [row.basis for row in indicator.targets]


@pytest.mark.parametrize("name", packs.names())
def test_everything_has_a_basis_a_clause_or_a_default_that_says_who_confirms(name: str) -> None:
    pack = packs.load(name)

    for entry, bases in _dated(pack):
        assert bases, entry
        for basis in bases:
            if basis.is_default:
                assert re.search("由[^,;。]+(?:确认|换成公布数)", basis.default), (
                    entry,
                    basis.default,
                )
            else:
                assert basis.doc in pack.documents, entry
                assert re.fullmatch(
                    r"[一二三四五](?:\([一二三四五六七八九十]\))?\d{0,2}", basis.clause
                ), (entry, basis.clause)


@pytest.mark.parametrize("name", PLANS)
def test_a_plans_own_entries_cite_the_plan(name: str) -> None:
    pack, national = packs.load(name), packs.load("national")
    own = (set(dict(_dated(pack))) - set(dict(_dated(national)))) | {"monitoring_line"}
    plan = {"fengxian-2022": "FX", "langao-2021": "LG", "qinzhougang-2023": "QZ",
            "shiquan-2023": "SQ", "yinchuan-2021": "YC"}[name]  # fmt: skip

    cited = {basis.doc for entry, bases in _dated(pack) if entry in own for basis in bases}

    assert cited <= {plan, ""}
    assert plan in cited


def test_the_source_order_says_whose_word_counts_on_a_day() -> None:
    orders = {order.id: order for order in packs.load("shiquan-2023").source_orders}

    assert orders["name"].offices_on(date(2023, 7, 1))[0] == "公安"
    assert orders["schooling"].offices_on(date(2023, 7, 1)) == ("教育", "农业农村")
    assert orders["schooling"].offices_on(date(2020, 12, 31)) == ()


@pytest.mark.parametrize("name", packs.names())
def test_names_are_chinese_and_english(name: str) -> None:
    pack = packs.load(name)

    for part in (
        *pack.parameters.values(), *pack.rules, *pack.benefits, *pack.indicators, *pack.limits,
        *pack.units, *pack.source_orders,
    ):  # fmt: skip
        assert re.search(r"[一-鿿]", part.name), part.id
        assert not re.search(r"[一-鿿]", part.name_en), part.id
    for rule in pack.rules:
        assert re.search(r"[一-鿿]", rule.clears)
        assert not re.search(r"[一-鿿]", rule.clears_en)


@pytest.mark.parametrize("name", packs.names())
def test_every_parameter_a_rule_reads_has_a_value_while_the_rule_holds(name: str) -> None:
    pack = packs.load(name)
    for month in (Month(2022, 12), Month(2023, 9), Month(2024, 2), Month(2025, 12)):
        values = pack.values(month)
        for rule in pack.rules_in(month):
            for parameter in re.findall(r":(\w+)", f"{rule.when} {rule.threshold}"):
                assert parameter in values, (rule.id, parameter, month)


LEVELS = {
    "income_below_line": "red", "out_of_school": "red", "housing_unsafe": "red",
    "water_unsafe": "red", "worker_death": "red", "allowance_stopped_below_line": "red",
    "income_after_rigid_below_line": "orange", "income_fell_sharply": "orange",
    "zero_employment": "orange", "uninsured": "orange", "serious_illness": "orange",
    "income_fell": "yellow", "loan_overdue": "yellow", "hint_vehicle": "hint",
    "hint_company": "hint", "hint_commercial_housing": "hint",
}  # fmt: skip


def test_levels_rise_with_the_trouble() -> None:
    national = packs.load("national")

    assert {rule: national.rule(rule).level for rule in LEVELS} == LEVELS


@pytest.mark.parametrize("rule", ["income_fell", "income_fell_sharply"])
def test_a_fall_of_income_shows_members_then_and_now(rule: str) -> None:
    assert {"members", "members_last_year"} <= set(packs.load("national").rule(rule).show)


@pytest.mark.parametrize(
    ("pack", "month", "parameter", "value", "is_default"),
    [
        ("national", "2021-06", "monitoring_line", 600000, True),
        ("national", "2023-09", "monitoring_line", 730000, True),
        ("national", "2023-09", "labour_age_from", 16, True),
        ("national", "2023-09", "labour_age_to", 64, True),
        ("national", "2023-09", "compulsory_age_from", 6, True),
        ("national", "2023-09", "compulsory_age_to", 15, True),
        ("national", "2023-09", "income_fall_share", Fraction(3, 10), True),
        ("national", "2023-09", "medical_line_lifted_out", 500000, True),
        ("national", "2023-09", "medical_line_ordinary", 2000000, True),
        ("national", "2023-09", "tuition_line", 1000000, True),
        ("national", "2023-09", "water_cut_days_line", 7, True),
        ("national", "2023-09", "months_without_measure", 6, True),
        ("shiquan-2023", "2023-09", "attention_line", 850000, False),
        ("shiquan-2023", "2023-09", "monitoring_line", 730000, True),
        ("langao-2021", "2021-05", "monitoring_line", 672000, True),
        ("langao-2021", "2022-01", "monitoring_line", 744000, True),
    ],
)
def test_thresholds_hold_in_their_months(
    pack: str, month: str, parameter: str, value: int | Fraction, is_default: bool
) -> None:
    found = packs.load(pack).values(Month.parse(month))[parameter]

    assert (found.value, found.is_default) == (value, is_default)


@pytest.mark.parametrize("year", range(2021, 2026))
def test_langaos_line_is_six_tenths_of_the_countys_figure(year: int) -> None:
    values = packs.load("langao-2021").values(Month(year, 12))

    assert values["monitoring_line"].value == Fraction(6, 10) * Fraction(
        values["county_farmer_income_last_year"].value
    )
    assert values["monitoring_line"].basis == Basis(doc="LG", clause="三(一)1")


def test_langaos_line_is_refused_before_the_plan() -> None:
    with pytest.raises(PackError, match="its first value holds from 2021-05-24"):
        packs.load("langao-2021").values(Month(2021, 4))["monitoring_line"]


def test_shiquans_focus_list_has_three_kinds_beside_the_national_ones_in_2023_only() -> None:
    pack = packs.load("shiquan-2023")
    focus = {
        "focus_estimate_below_attention",
        "focus_relocated",
        "focus_monitored",
    }

    assert {rule.id for rule in pack.rules_in(Month(2023, 9))} == NATIONAL_RULES | focus
    assert {rule.id for rule in pack.rules_in(Month(2024, 1))} == NATIONAL_RULES


def _measures(name: str) -> set[str]:
    """The measures some office answers for."""
    pack = packs.load(name)
    return {clause for unit in pack.units for role in unit.roles.values() for clause in role}


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        # Fengxian: 30 measures, numbered to 31 without 29.
        ("fengxian-2022", {"二(一)": (1, 5), "二(二)": (6, 15), "二(三)": (16, 22), "二(四)": (23, 26), "二(五)": (27, 28)}),
        ("fengxian-2022", {"二(五)": (30, 31)}),
        ("qinzhougang-2023", {"二(一)": (1, 3), "二(二)": (4, 9), "二(三)": (10, 14), "二(四)": (15, 16), "二(五)": (17, 18), "二(六)": (19, 22), "二(七)": (23, 25), "二(八)": (26, 29)}),
        ("langao-2021", {"三(一)": (1, 5), "三(二)": (6, 13), "三(三)": (14, 18), "四": (19, 23)}),
        ("yinchuan-2021", {"三(一)": (1, 4), "三(二)": (5, 8), "三(三)": (9, 10), "三(四)": (11, 11), "三(五)": (12, 12), "三(六)": (13, 15), "三(七)": (16, 17), "三(八)": (18, 18), "三(九)": (19, 21), "三(十)": (22, 22)}),
        ("shiquan-2023", {"二(一)": (1, 8), "二(二)": (1, 8), "二(三)": (1, 4)}),
    ],
)  # fmt: skip
def test_every_measure_of_a_plan_has_an_office_that_answers_for_it(
    name: str, sections: dict[str, tuple[int, int]]
) -> None:
    wanted = {
        f"{section}{number}"
        for section, (first, last) in sections.items()
        for number in range(first, last + 1)
    }

    assert wanted <= _measures(name)
    assert "二(五)29" not in _measures("fengxian-2022")


def test_leading_offices_are_told_from_helping_ones() -> None:
    roles = {unit.name: unit.roles for unit in packs.load("yinchuan-2021").units}

    assert "三(二)6" in roles["市人社局"]["lead"]
    assert "三(二)6" in roles["市财政局"]["cooperating"]
    assert len(roles["各县(市)区"]["responsible"]) == 23  # 22 measures and the quarterly report


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the plans' texts are not beside this checkout")
@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/*.toml")), ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_sentence_of_a_plan_is_copied(path: Path) -> None:
    copied = _runs(path) & frozenset[str]().union(*map(_runs, sorted(SEEDS.glob("*.txt"))))

    assert not copied


@cache
def _runs(path: Path) -> frozenset[str]:
    """Every 24 characters of Han in a row, whatever stands between them."""
    text = "".join(re.findall(r"[一-鿿]", path.read_text(encoding="utf-8")))
    return frozenset(text[at : at + 24] for at in range(len(text) - 23))


@pytest.mark.parametrize("name", PLANS)
def test_figures_do_not_hold_before_the_plan_begins(name: str) -> None:
    pack = packs.load(name)
    plan = pack.documents[{"f": "FX", "l": "LG", "q": "QZ", "s": "SQ", "y": "YC"}[name[0]]]
    starts = [row.from_ for benefit in pack.benefits for row in benefit.values]

    assert min(starts) >= date(plan.dated.year, 1, 1)
    assert all(
        target.by >= date(plan.dated.year, 12, 31) or target.by >= plan.dated
        for indicator in pack.indicators
        for target in indicator.targets
    )


def test_decimals_of_targets_are_kept_as_written() -> None:
    grain = next(i for i in packs.load("langao-2021").indicators if i.id == "grain_area")

    assert grain.targets[0].value == Decimal("22.1")


DOCS = Path(__file__).parents[3] / "docs" / "policies.md"


@pytest.mark.parametrize(
    "words",
    [
        pack_model.LEVELS, pack_model.RISKS, pack_model.ROLES, pack_model.OPERATORS,
        pack_model.BOUNDS, pack_model.LIMIT_UNITS, tuple(pack_model.UNIT_KINDS), packs.names(),
    ],
)  # fmt: skip
def test_every_word_a_pack_may_use_is_documented(words: tuple[str, ...]) -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert [word for word in words if not re.search(rf"`{re.escape(word)}`|\b{word}\b", text)] == []


def test_the_documented_pack_of_a_county_can_be_loaded(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(# my-county-2024.*?)```", DOCS.read_text("utf-8"), re.S)
    header, parameters = example.split("# my-county-2024/parameters.toml")
    (tmp_path / "my-county-2024").mkdir()
    (tmp_path / "my-county-2024/pack.toml").write_text(header, encoding="utf-8")
    (tmp_path / "my-county-2024/parameters.toml").write_text(parameters, encoding="utf-8")

    assert packs.check("my-county-2024", tmp_path) == []
    line = packs.load("my-county-2024", tmp_path).values(Month(2024, 6))["monitoring_line"]
    assert (line.value, line.is_default) == (880000, False)


@pytest.mark.parametrize("name", packs.names())
@pytest.mark.parametrize("month", [None, Month(2022, 6), Month(2023, 9), Month(2026, 3)])
def test_showing_a_pack_names_everything_that_is_in_it(name: str, month: Month | None) -> None:
    pack = packs.load(name)

    text = showing.show(pack, month)

    for part in (*pack.parameters, *(rule.id for rule in pack.rules)):
        assert part in text
    for unit in pack.units:
        assert unit.name_en in text
    if month is None:
        for promise in (*pack.benefits, *pack.indicators, *pack.limits):
            assert f" {promise.id}  {promise.name_en} ({promise.name})" in text
